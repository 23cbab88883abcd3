"""Every rule's docstring is its test: what it says is flagged is flagged, and repaired so."""

from __future__ import annotations

from pathlib import Path

import pytest

import qa
from qa.catalogue import Example, rules
from qa.checks import CHECKS

PAGES = rules()
FLAGGED = [(p.name, e) for p in PAGES for e in p.flagged]
CLEAN = [(p.name, e) for p in PAGES for e in p.clean]


@pytest.fixture(scope="module")
def checkers() -> dict[str, qa.Checker]:
    return {p.name: qa.Checker(qa.Config(select=(p.name,), neural="off")) for p in PAGES}


def check(checker: qa.Checker, example: Example) -> qa.Report:
    report = checker.check(
        qa.Article(
            "x",
            example.text,
            source=example.source,
            source_lang=example.source_lang,
            target_lang=example.target_lang,
        )
    )
    assert report.error is None, report.error
    return report


@pytest.mark.parametrize(("name", "example"), FLAGGED, ids=lambda v: str(v)[:60])
def test_flagged(checkers: dict[str, qa.Checker], name: str, example: Example) -> None:
    found = check(checkers[name], example).findings
    assert found, f"{name} is silent on {example.text!r}"
    if example.repair == "?":
        assert not found[0].suggestions
    else:
        assert example.repair in [f.suggestions[0] for f in found if f.suggestions]


@pytest.mark.parametrize(("name", "example"), CLEAN, ids=lambda v: str(v)[:60])
def test_clean(checkers: dict[str, qa.Checker], name: str, example: Example) -> None:
    assert [(f.text, f.message) for f in check(checkers[name], example).findings] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_page_is_whole(page: qa.catalogue.Rule) -> None:
    assert page.title and page.description and page.clean
    assert page.flagged or page.name == "low-adequacy"  # what it flags needs a model: tests/translator
    assert all(e.repair is not None for e in page.flagged)


def test_table_lists_every_file() -> None:
    folder = Path(qa.__file__).parent / "checks"
    files = {f.stem.replace("_", "-") for f in folder.glob("*.py") if f.stem != "__init__"}
    assert files == set(CHECKS)
