"""Names of the built-in glossary in German, French and Spanish: the tables, and what their languages need."""

from __future__ import annotations

from pathlib import Path

import pytest

import qa
from qa.glossary import Glossary, builtin
from qa.glossary.builtin import joined
from qa.glossary.model import Row

TABLES = sorted((Path(qa.__file__).parent / "data" / "glossary").glob("into-*.csv"))


@pytest.fixture(scope="module")
def checker() -> qa.Checker:
    return qa.Checker(qa.Config(select=("literal-name",), neural="off"))


def flagged(checker: qa.Checker, text: str, lang: str) -> list[str]:
    report = checker.check(qa.Article("x", text, source_lang="ru", target_lang=lang))
    assert report.error is None, report.error
    return [finding.text for finding in report.findings]


@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.stem)
def test_every_row_is_of_a_concept_with_a_source_term(path: Path) -> None:
    lang = path.stem.partition("-")[2]
    known = {concept.id: concept for concept in builtin().concepts}
    for row in Glossary.read(str(path)).concepts:
        for id in row.id.split():
            assert id in known, id
            concept = known[id]
            assert concept.accepted(lang) and concept.accepted("en") and concept.source_terms(lang), id
            assert concept.terms[0].lang in ("ru", "uk"), id


def test_joined_keeps_both() -> None:
    row: Row = ("a", "media", [("А", "ru", "preferred")], {"en": ("x",)}, {}, "a note", "", "", "")
    other = ("a", "other", [("Ah", "de", "preferred")], {"de": ("y",)}, {"de": ("z",)})
    id, kind, terms, near, against, note, *_ = joined(row, [other])
    assert (id, kind, note) == ("a", "media", "a note")
    assert [term[0] for term in terms] == ["А", "Ah"]
    assert near == {"en": ("x",), "de": ("y",)} and against == {"de": ("z",)}
    assert joined(row, []) is row
    bare: Row = ("a", "media", [], {})
    assert joined(bare, [("a", "other", [("Ah", "de", "preferred")], {})]) == (
        *bare[:2],
        [("Ah", "de", "preferred")],
        {},
    )


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("de", "Die Rakete Dolch traf das Werk.", ["Dolch"]),  # a head noun leads
        ("de", "Die Hyperschallrakete Dolch traf das Werk.", ["Dolch"]),  # as the end of a compound
        ("de", "Drohnen vom Typ Geranie trafen das Werk.", ["Geranie"]),
        ("de", "Die Rakete traf einen Dolch.", []),  # every noun has a capital
        ("de", "Muratow leitet die Redaktion der Neuen Zeitung.", ["Neuen Zeitung"]),  # an adjective has none
        ("de", "Muratow leitet die Redaktion der neuen Zeitung.", []),
        ("de", "Neue Zeitung in Moskau: Muratow gibt sie heraus.", []),  # the sentence begins with it
        ("de", "Im Gefängnis »Kreuze« warten Häftlinge.", ["Kreuze"]),
        ("fr", "Il est détenu dans la prison « Silence du marin ».", ["Silence du marin"]),  # blanks in the quotes
        ("fr", "Il est détenu dans la prison «\u00a0Silence du marin\u00a0».", ["Silence du marin"]),
        ("fr", "La chaîne « Pluie » a perdu sa licence.", ["Pluie"]),
        ("fr", "En prison, il aime le silence du marin.", []),
        ("fr", "La prison Matrosskaïa Tichina (« silence du marin ») est à Moscou.", []),  # a gloss
        ("es", "Está en la prisión «Silencio del marinero».", ["Silencio del marinero"]),
        ("es", "La prisión Kresty significa «Cruces».", []),
    ],
)
def test_form_and_context(checker: qa.Checker, lang: str, text: str, found: list[str]) -> None:
    assert flagged(checker, text, lang) == found


def test_the_users_glossary_wins(tmp_path: Path) -> None:
    """A concept that the user's file has is the user's, in every language."""
    house = tmp_path / "house.csv"
    house.write_text("id,kind,ru,de\nnovichok,weapon,Новичок,Neuling\n", "utf-8")
    own = qa.Checker(qa.Config(select=("literal-name",), neural="off", glossaries=(str(house),)))
    assert flagged(own, "Er wurde mit dem Nervengift „Neuling“ vergiftet.", "de") == []
