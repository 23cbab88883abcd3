"""Whole articles: what machine translation left in them is found, clean ones stay clean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import qa

FOLDER = Path(__file__).parent / "articles"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
CHECKER = qa.Checker(qa.Config(neural="off"))


@pytest.mark.parametrize("name", EXPECTED)
def test_artifacts(name: str) -> None:
    (article,) = qa.read([str(FOLDER / name)])
    report = CHECKER.check(article)
    found = [[f.rule, f.text, f.suggestions[0] if f.suggestions else None] for f in report.findings]
    assert found == EXPECTED[name]
    assert not report.passed


@pytest.mark.parametrize("path", sorted((FOLDER / "clean").iterdir()), ids=lambda p: p.name)
def test_clean(path: Path) -> None:
    (article,) = qa.read([str(path)])
    report = CHECKER.check(article)
    assert [(f.rule, f.text) for f in report.findings] == []
    assert report.passed
    assert report.target_lang == path.stem
