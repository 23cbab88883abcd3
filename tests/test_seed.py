"""The article that the project was asked for, where the shared folder has it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import qa

SEED = Path(__file__).parent.parent.parent / "shared" / "seed"
pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason="the shared seed folder is not beside the project")
SAME_RULE = {"mistranslation": "calque"}


def answers(finding: qa.Finding, artifact: dict[str, Any]) -> bool:
    """Whether a finding, or one merged into it, is the artifact: place, kind and repair."""
    parts = [{"rule": finding.rule, "suggestions": finding.suggestions}, *finding.evidence.get("merged", [])]
    rule = SAME_RULE.get(artifact["kind"], artifact["kind"])
    overlaps = finding.start < artifact["end"] and artifact["start"] < finding.end
    return overlaps and any(p["rule"] == rule and _repairs(p["suggestions"], artifact["should_be"]) for p in parts)


def _repairs(suggestions: Any, should_be: str) -> bool:
    wanted = [option.strip() for option in should_be.split(" / ")]
    return any(w.casefold() in s.casefold() if w else s == "" for w in wanted for s in suggestions)


@pytest.mark.parametrize("source_lang", ["ru", None])
def test_seed(source_lang: str | None) -> None:
    truth = json.loads((SEED / "artifacts.json").read_text(encoding="utf-8"))
    text = (SEED / truth["article"]).read_text(encoding="utf-8")
    report = qa.score(text, source_lang=source_lang, neural="off")
    found = {
        required: [
            a for a in truth["artifacts"] if a["required"] is required and any(answers(f, a) for f in report.findings)
        ]
        for required in (True, False)
    }
    missed = [(a["kind"], a["text"]) for a in truth["artifacts"] if a["required"] and a not in found[True]]
    wrong = [
        (f.rule, f.text)
        for f in report.findings
        if not any(f.start < a["end"] and a["start"] < f.end for a in truth["artifacts"])
    ]
    assert missed == []
    assert wrong == []
    assert len(found[False]) >= 5
    assert not report.passed
    assert (report.source_lang, report.source_lang_basis) == ("ru", "given" if source_lang else "inferred")
