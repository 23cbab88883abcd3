"""What a run amounts to: counted while its reports pass by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from qa.schema import Report, Severity


@dataclass
class Summary:
    """Counts over a run."""

    articles: int = 0
    passed: int = 0
    failed: int = 0
    errors: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    notes: set[str] = field(default_factory=set)

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
            yield report

    def as_dict(self) -> dict[str, Any]:
        counts = {severity.value: self.findings[severity.value] for severity in Severity}
        return {
            "articles": self.articles,
            "passed": self.passed,
            "failed": self.failed,
            "errors": self.errors,
            "findings": counts,
        }
