"""Renderings that nobody wrote down, shown by the tables of words that come with the package."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import qa
from qa import models
from qa.errors import TishinaError
from qa.glossary import dictionary
from qa.glossary.dictionary import Dictionary, find_dictionary
from qa.glossary.literal import Anticipation, _assign
from qa.glossary.matcher import Matcher
from qa.glossary.model import Concept, Status, Term
from qa.translator import registry

TABLES = {"words-en-cs", "words-en-de", "words-en-es", "words-en-fr", "words-en-pl", "words-en-ru", "words-en-uk"}
HOUSE = """id,kind,ru,en
polar-owl,prison,Полярная сова,Polyarnaya Sova
white-whale,media,Белый кит,Bely Kit
cold-water,,Холодная вода,Kholodnaya Voda
mincult,agency,Министерство культуры,Ministry of Culture
crosses,prison,Кресты,Kresty
victory,place,Победа,Pobeda
loveless,,Нелюбовь,Loveless
"""


def concept(id: str, source: str, target: str, kind: str = "prison") -> Concept:
    return Concept(id, kind, (Term(source, "ru"), Term(target, "en")))


@pytest.fixture(scope="module")
def words() -> Anticipation:
    table = find_dictionary("en", "ru")
    assert table is not None
    concepts = [
        concept("tishina", "Матросская тишина", "Matrosskaya Tishina"),
        concept("owl", "Полярная сова", "Polyarnaya Sova"),
        concept("bridge", "Мост Свободы", "Most Svobody"),
        concept("culture", "Министерство культуры", "Ministry of Culture", "agency"),
        concept("waters", "Минеральные Воды", "Mineralnye Vody", "place"),
        concept("acronym", "СИЗО Кресты", "Kresty"),
        concept("night", "Цвет ночи", "Tsvet Nochi", "work"),
    ]
    return Anticipation(Matcher(concepts), table, "en", "ru")


def test_an_accepted_rendering_may_translate_a_part_of_the_term() -> None:
    table = find_dictionary("en", "ru")
    assert table is not None
    terms = (Term("Звезда", "ru"), Term("Телеканал Звезда", "ru"), Term("Zvezda", "en"), Term("Zvezda TV", "en"))
    words = Anticipation(Matcher([Concept("star", "media", terms)]), table, "en", "ru")
    assert [r.term.text for r in words.renderings("Star")] == ["Звезда"], "TV says nothing of Star"
    assert words.renderings("Zvezda channel") == [], "nor does a channel"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sailor silence", "tishina"),
        ("Sailor’s Silence", "tishina"),
        ("the Silence of the Sailor", "tishina"),
        ("polar owls", "owl"),
        ("Freedom Bridge", "bridge"),
        ("the Bridge of Freedom", "bridge"),
        ("Mineral Waters", "waters"),
        ("the Colour of Night", "night"),  # the table has American spellings
    ],
)
def test_word_by_word(words: Anticipation, text: str, found: str) -> None:
    assert [r.concept.id for r in words.renderings(text)] == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Silence",  # a word of the term is missing
        "Sailor silence street",  # a word too many
        "Matrosskaya Tishina",  # not translated
        "Mineralnye Vody",
        "Ministry of Culture",
        "Culture Ministry",  # the accepted rendering is a translation, too: another may be as good
        "SIZO Crosses",  # an acronym
        "",
        "of the",
        "«»",
    ],
)
def test_not_a_literal_rendering(words: Anticipation, text: str) -> None:
    assert words.renderings(text) == []


def test_pairs_and_strength(words: Anticipation) -> None:
    (rendering,) = words.renderings("Sailor silence")
    assert rendering.pairs == (("sailor", "матросская"), ("silence", "тишина"))
    assert 0 < rendering.strength <= 1


def test_thinkable(words: Anticipation) -> None:
    assert words.is_thinkable("Sailor rest")  # one of its words is a term's
    assert words.is_thinkable("Zzyzx")  # the table does not know it
    assert not words.is_thinkable("an expensive breakfast")


@given(st.lists(st.lists(st.sampled_from([0.0, 0.2, 0.5, 1.0]), min_size=3, max_size=3), max_size=3))
def test_assignment_takes_each_column_once_and_no_better_one_is_left(rows: list[list[float]]) -> None:
    from itertools import permutations

    scores = [min(rows[i][c] for i, c in enumerate(p)) for p in permutations(range(3), len(rows))] if rows else []
    chosen = _assign(rows)
    if not rows or max(scores) == 0:
        assert not chosen
    else:
        assert chosen is not None and len(chosen) == len(rows)
        assert min(chosen.values()) == max(scores)
        assert all(rows[i][column] == number for i, (column, number) in enumerate(chosen.items()))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> qa.Checker:
    monkeypatch.setenv("TISHINA_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "house.csv"
    path.write_text(HOUSE, encoding="utf-8")
    return qa.Checker(
        qa.Config(select=("literal-name",), glossaries=(str(path),), builtin_glossary=False, neural="off")
    )


def found(checker: qa.Checker, text: str, source: str | None = "ru") -> list[tuple[str, str]]:
    report = checker.check(qa.Article("x", text, source_lang=source, target_lang="en"))
    assert report.error is None, report.error
    return [(f.text, f.suggestions[0]) for f in report.findings]


@pytest.mark.parametrize(
    ("text", "span", "name"),
    [
        ("He was moved to the “Polar Owl” prison in Kharp.", "Polar Owl", "Polyarnaya Sova"),
        ("He was moved to the Polar Owl prison in Kharp.", "Polar Owl", "Polyarnaya Sova"),
        ("A reporter of the newspaper “White Whale” was fined.", "White Whale", "Bely Kit"),
        ("The website White Whale wrote about it on Monday.", "White Whale", "Bely Kit"),
        ("The group “Cold Water” was founded in 2011.", "Cold Water", "Kholodnaya Voda"),
        ("He was taken to the Crosses detention centre in St Petersburg.", "Crosses", "Kresty"),
        ("The Russian town of Victory was flooded.", "Victory", "Pobeda"),
        ("The film “Dislike” was shown in Cannes.", "Dislike", "Loveless"),  # its name is a title itself
    ],
)
def test_found_without_a_model(house: qa.Checker, text: str, span: str, name: str) -> None:
    assert found(house, text) == [(span, name)]


@pytest.mark.parametrize(
    "text",
    [
        "The polar owl is a bird of the tundra.",
        "Polar owls nest on the ground.",
        "The restaurant White Whale opened on Friday.",  # its kind is another
        "The film “Cold Water” was shown in Cannes.",  # titles are translated
        "The hikers reached Cold Water at noon.",  # a place of that name
        "He was moved to Polyarnaya Sova, or “Polar Owl”, in Kharp.",
        "The “Ministry for Culture” was closed.",
        "He was taken to the Crosses restaurant in St Petersburg.",  # its kind is another
        "He was taken to the Crosses detention centre in Leeds.",  # nothing tells of Russia
        "A Russian button says “Victory”.",  # no place is quoted
    ],
)
def test_ordinary_words_other_things_and_glosses_stay(house: qa.Checker, text: str) -> None:
    assert found(house, text) == []


def test_nothing_without_a_source_language(house: qa.Checker) -> None:
    assert found(house, "He was moved to the “Polar Owl” prison.", source=None) == []


def test_evidence_names_the_words_and_the_table(house: qa.Checker) -> None:
    article = qa.Article("x", "He was moved to the “Polar Owl” prison.", source_lang="ru", target_lang="en")
    (finding,) = house.check(article).findings
    assert finding.evidence["words"] == {"polar": "полярная", "owl": "сова"}
    assert finding.evidence["table"].startswith("words-en-ru@")
    assert "polar → полярная" in finding.message
    assert 0.7 <= finding.confidence <= 0.95


def test_tables_come_with_the_package_and_are_whole() -> None:
    tables = {m.name: m for m in models.list_models() if m.kind == "words" and m.origin == "embedded"}
    assert set(tables) == TABLES
    assert [problem for name in tables for problem in models.verify(name)] == []
    assert all(m.translates("en", m.pairs[0][3:]) for m in tables.values())


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_line_of_a_table_is_found(name: str) -> None:
    info = next(m for m in models.list_models() if m.name == name)
    data = gzip.decompress((info.folder / dictionary.FILE).read_bytes())
    table, lines = Dictionary(name, data), data.decode().splitlines()
    for line in [*lines[:: max(1, len(lines) // 500)], lines[0], lines[-1]]:
        word, *cells = line.split("\t")
        links = table.links(word)
        assert len(links) == len(cells)
        assert all(0 <= link.forth <= 1 and 0 <= link.back <= 1 for link in links.values())


@given(st.text(max_size=8))
def test_any_word_may_be_asked_for(word: str) -> None:
    table = find_dictionary("en", "uk")
    assert table is not None
    assert isinstance(table.links(word), dict)


def test_a_broken_table_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(registry.embedded_folder() / "words-en-pl", tmp_path / "words-en-pl")
    monkeypatch.setattr(registry, "embedded_folder", lambda: tmp_path)
    path = tmp_path / "words-en-pl" / dictionary.FILE
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(TishinaError, match="not a whole table of words"):
        find_dictionary("en", "pl")


def test_statuses_that_are_not_accepted_are_no_source_terms() -> None:
    table = find_dictionary("en", "ru")
    assert table is not None
    wrong = Concept("x", "prison", (Term("Полярная сова", "ru", Status.DEPRECATED), Term("Polyarnaya Sova", "en")))
    assert Anticipation(Matcher([wrong]), table, "en", "ru").renderings("Polar Owl") == []
