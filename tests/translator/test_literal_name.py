"""The rule literal-name with back-translation by a model that really translates.

The glossary holds nothing but source terms and accepted renderings: nobody has written
the literal renderings down.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import qa
from qa.translator.types import Translator

LANG = "be"  # the made-up language stands in for one that has no table of words

GLOSSARY = f"""id,kind,{LANG},en
prison-silence,prison,Matrosska tishina,Matroska Tishina
white-swan,prison,Lebeda beliy,Byely Lebed
"""


@pytest.fixture(scope="module")
def checker(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[qa.Checker]:
    home = tmp_path_factory.mktemp("glossary")
    (home / "own.csv").write_text(GLOSSARY, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TISHINA_CACHE", str(home / "cache"))
        yield qa.Checker(
            qa.Config(
                select=("literal-name",), glossaries=(str(home / "own.csv"),), builtin_glossary=False,
                neural="on", model=str(folder), device="cpu",
            )
        )  # fmt: skip


def found(checker: qa.Checker, text: str) -> list[tuple[str, str]]:
    report = checker.check(qa.Article("x", text, source_lang=LANG, target_lang="en"))
    assert report.error is None, report.error
    return [(f.text, f.suggestions[0]) for f in report.findings]


@pytest.mark.parametrize(
    ("text", "span", "name"),
    [
        ("The judge leaves the prison “Sailor Silence” in the town.", "Sailor Silence", "Matroska Tishina"),
        ("Anna knows the prison “White Swan”.", "White Swan", "Byely Lebed"),
        ("The doctor sees the White Swan prison.", "White Swan", "Byely Lebed"),
    ],
)
def test_literal_rendering_that_nobody_wrote_down(checker: qa.Checker, text: str, span: str, name: str) -> None:
    assert found(checker, text) == [(span, name)]


@pytest.mark.parametrize(
    "text",
    [
        "The sailor knows the silence.",
        "The doctor sees the white swan in the river.",
        "Anna knows the prison “Byely Lebed”, or “White Swan”.",
        "The prison Byely Lebed is old. Boris guards the “White Swan” prison.",
        "The judge reads the letter “Old Bridge”.",
    ],
)
def test_ordinary_words_glosses_and_known_names_stay(checker: qa.Checker, text: str) -> None:
    assert found(checker, text) == []


def test_evidence(checker: qa.Checker) -> None:
    article = qa.Article("x", "Anna knows the prison “White Swan”.", source_lang=LANG, target_lang="en")
    (finding,) = checker.check(article).findings
    evidence = finding.evidence
    assert evidence["concept"] == "white-swan"
    assert "lebed" in evidence["back_translation"].lower()
    assert evidence["rank"] >= 1
    assert "made-up" in evidence["model"]
    assert 0.6 <= finding.confidence <= 0.95


def test_a_feed_asks_in_batches_and_the_second_run_asks_nothing(checker: qa.Checker) -> None:
    articles = [
        qa.Article(str(n), f"{name} knows the prison “White Swan”.", source_lang=LANG, target_lang="en")
        for n, name in enumerate(("Anna", "Boris", "Ivan", "Maria", "Oleg", "Vera") * 3)
    ]
    singly = [checker.check(a).findings for a in articles]
    assert [r.findings for r in checker.check_many(articles)] == singly
    assert all(singly)
    translator: Translator | None = checker.back_translation.translator("en", LANG)
    assert translator is not None
    before = translator.opened.computed  # type: ignore[attr-defined]
    list(checker.check_many(articles))
    assert translator.opened.computed == before  # type: ignore[attr-defined]
