"""term-not-used and inconsistent-term beyond their docstrings; suggestions that fit their place."""

from __future__ import annotations

from pathlib import Path

import pytest

import qa
from qa.glossary.grammar import takes_an


@pytest.fixture
def house(tmp_path: Path) -> Path:
    path = tmp_path / "house.csv"
    path.write_text(
        "id,kind,ru,en,en:deprecated,en:near\n"
        "lastochka,media,Ласточкино гнездо,Lastochkino Gnezdo|The Nest,Swallow's nest,magazine\n"
        "veter,media,Ветер,Veter,Wind,magazine\n",
        encoding="utf-8",
    )
    return path


def found(house: Path, text: str, source: str | None = None, **options: object) -> list[tuple[str, str, str]]:
    chosen = ("term-not-used", "inconsistent-term", "literal-name")
    config = qa.Config(select=chosen, glossaries=(str(house),), builtin_glossary=False, neural="off")
    article = qa.Article("x", text, source=source, source_lang="ru", target_lang="en", **options)  # type: ignore[arg-type]
    report = qa.Checker(config).check(article)
    assert report.error is None, report.error
    return [(f.rule, str(f.severity), f.text) for f in report.findings]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("Пишет «Ласточкино гнездо».", "Swallow's Nest writes.", ("term-not-used", "major", "Swallow's Nest")),
        ("Пишут в «Ласточкином гнезде».", "Lastochkinom Gnezde writes.", ("term-not-used", "minor", "Lastochkinom Gnezde")),
        ("Пишет «Ласточкино гнездо».", "Ласточкино гнездо writes.", ("term-not-used", "minor", "Ласточкино гнездо")),
        ("Пишет «Ласточкино гнездо».", "It was reported.", ("term-not-used", "neutral", "It was reported.")),
        ("Пишет «Ласточкино гнездо».", "The Nest writes.", None),
        ("Мы видели гнездо ласточки.", "We saw a swallow's nest.", None),
        ("Дул ветер.", "The wind blew.", None),
        ("Ветер дул.", "The wind blew.", None),
        ("Журнал «Ветер» закрыт.", "The magazine “Wind” is closed.", ("literal-name", "major", "Wind")),
    ],
)  # fmt: skip
def test_with_source(house: Path, source: str, text: str, expected: tuple[str, str, str] | None) -> None:
    assert found(house, text, source) == ([expected] if expected else [])


def test_title_counts(house: Path) -> None:
    source = "«Ласточкино гнездо» закрыто\n\nОб этом сообщили власти."
    assert found(house, "The authorities said so.", source, title="Lastochkino Gnezdo is closed") == []


def test_absence_is_said_about_the_sentence_of_the_pair(house: Path) -> None:
    text = "It rained. Nobody wrote. The sun came."
    pairs = (
        ("Шёл дождь.", qa.Span(0, 10)),
        ("Молчит «Ласточкино гнездо».", qa.Span(11, 24)),
        ("Солнце.", qa.Span(25, 38)),
    )
    source = "\n".join(original for original, _ in pairs)
    assert found(house, text, source, pairs=pairs) == [("term-not-used", "neutral", "Nobody wrote.")]


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("Lastochkino Gnezdo wrote. Later The Nest denied it. Lastochkino Gnezdo insisted.", ["Nest"]),
        ("Lastochkino Gnezdo wrote. Later Lastochkino Gnezdo's editor denied it.", []),
        ("Lastochkino Gnezdo, or The Nest, wrote. The Nest denied it.", []),
        ("Lastochkino Gnezdo wrote. They found the nest.", []),
    ],
)
def test_inconsistent(house: Path, text: str, flagged: list[str]) -> None:
    hits = [(rule, words.removeprefix("The ")) for rule, _, words in found(house, text)]
    assert hits == [("inconsistent-term", words) for words in flagged]


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("An oppositionist spoke.", "opposition politician"),
        ("A oppositionist spoke.", "An opposition politician"),
        ("Two oppositionists spoke.", "opposition politicians"),
        ("Oppositionists spoke.", "Opposition politicians"),
        ("The oppositionist’s wife spoke.", "opposition politician’s"),
    ],
)
def test_suggestions_fit(text: str, suggested: str) -> None:
    report = qa.score(text, source_lang="ru", target_lang="en", neural="off", select=["calque"])
    assert [f.suggestions[0] for f in report.findings] == [suggested]


def test_a_or_an() -> None:
    an = "FBI NGO hour opposition Anti-Corruption uninvited SBU umbrella MP honest"
    a = "unit union European one-off UN UK house Ukrainian UAV NATO user SIZO"
    assert [w for w in an.split() if not takes_an(w)] == []
    assert [w for w in a.split() if takes_an(w)] == []


def test_other_languages_need_strong_evidence() -> None:
    """A French or German concept does not fire on English text of unknown origin for a name's form alone."""
    for text in ("She subscribes to “World” and likes it.", "The Mirror said so.", "He bought Time yesterday."):
        assert qa.score(text, target_lang="en", neural="off", select=["literal-name"]).findings == ()


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("A court in Moscow extended the arrest of the suspect by two months.", "extended the detention"),
        ("The court extends the arrest of the suspect by two months.", "extends the detention"),
        ("The court may extend the arrest of the suspect by two months.", "extend the detention"),
    ],
)
def test_a_suggestion_has_the_form_of_the_verb(text: str, suggestion: str) -> None:
    report = qa.score(text, source_lang="ru", target_lang="en", neural="off", select=("calque",))
    assert [f.suggestions[0] for f in report.findings] == [suggestion]
