"""What a run amounts to: counted while its reports pass by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from qa.schema import Cascade, Report, Severity


@dataclass
class Summary:
    """Counts over a run; `cascade` is None where no model was at hand."""

    articles: int = 0
    passed: int = 0
    failed: int = 0
    errors: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    notes: set[str] = field(default_factory=set)
    cascade: Cascade | None = None

    def watch(self, reports: Iterable[Report]) -> Iterator[Report]:
        """The same reports, counted as they pass."""
        for report in reports:
            self.articles += 1
            if report.error is not None:
                self.errors += 1
            else:
                self.passed += report.passed
                self.failed += not report.passed
            self.notes.update(report.notes)
            self.findings.update(f.severity.value for f in report.findings)
            if report.cascade:
                self.cascade = (self.cascade or Cascade()) + report.cascade
            yield report

    def as_dict(self) -> dict[str, Any]:
        counts = {severity.value: self.findings[severity.value] for severity in Severity}
        return {
            "articles": self.articles,
            "passed": self.passed,
            "failed": self.failed,
            "errors": self.errors,
            "findings": counts,
            **cascade_dict(self.cascade),
        }

    @property
    def share(self) -> str:
        """How much of the run a model had to read, for a person; empty where there was none."""
        if self.cascade is None:
            return ""
        sentences, asked = self.cascade.sentences, self.cascade.asked
        share = f"{asked} of {sentences} sentences ({asked / max(sentences, 1):.1%}) sent to the model"
        cached = f", {asked - self.cascade.translated} of them answered from the cache" if asked else ""
        return f"back-translation: {share}{cached}"


def cascade_dict(cascade: Cascade | None) -> dict[str, dict[str, int]]:
    """For JSON: what is the same in every run; what the cache had is not."""
    return {"back_translation": {"sentences": cascade.sentences, "asked": cascade.asked}} if cascade else {}
