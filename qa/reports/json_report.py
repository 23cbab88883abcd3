"""JSON after `tishina-report/1`: one object, or one line an article."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from qa.reports.summary import Summary, cascade_dict
from qa.schema import Finding, Report


def whole(reports: Iterable[Report], signature: str) -> Iterator[str]:
    """One object for the run, written article by article."""
    summary = Summary()
    yield f'{{\n"schema": "tishina-report/1",\n"signature": {dump(signature)},\n"articles": ['
    for number, report in enumerate(summary.watch(reports)):
        yield ("," if number else "") + "\n" + dump(as_dict(report))
    yield f'\n],\n"summary": {dump(summary.as_dict())}\n}}\n'


def lines(reports: Iterable[Report], signature: str) -> Iterator[str]:
    """One article a line, each with the run's signature."""
    for report in reports:
        yield dump({**as_dict(report), "signature": signature}) + "\n"


def dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=False)


def as_dict(report: Report) -> dict[str, Any]:
    """An article of the schema."""
    head: dict[str, Any] = {"id": report.id, "path": report.path}
    if report.error is not None or report.score is None:
        return {**head, "error": report.error or "not scored", **_notes(report)}
    score = report.score
    return {
        **head,
        "source_lang": report.source_lang,
        "source_lang_basis": report.source_lang_basis,
        "target_lang": report.target_lang,
        "words": score.words,
        "segments": report.segments,
        "score": score.calibrated,
        "raw_score": score.raw,
        "penalty": score.penalty,
        "npt": score.npt,
        "sample": score.sample,
        "verdict": "pass" if report.passed else "fail",
        "reasons": list(report.reasons),
        "adequacy": report.adequacy,
        **cascade_dict(report.cascade),
        "findings": [_finding(f) for f in report.findings],
        **_notes(report),
    }


def _notes(report: Report) -> dict[str, list[str]]:
    return {"notes": list(report.notes)} if report.notes else {}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "category": finding.category,
        "severity": finding.severity.value,
        "side": finding.side,
        "field": finding.field,
        "start": finding.start,
        "end": finding.end,
        "line": finding.line,
        "column": finding.column,
        "text": finding.text,
        "message": finding.message,
        "suggestions": list(finding.suggestions),
        "evidence": dict(finding.evidence),
        "confidence": finding.confidence,
        "fingerprint": finding.fingerprint,
    }
