"""What is written is read again: everything in the rich formats, all that fits in the others."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from qa.glossary import Concept, Glossary
from qa.glossary.model import same_language
from tests.glossary.strategies import GLOSSARIES, canonical

WHOLE = ["g.csv", "g.tsv", "g.tbx", "g.dct.tbx", "g.martif"]
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def there_and_back(concepts: tuple[Concept, ...], path: Path, source: str = "", target: str = "") -> Glossary:
    lost = Glossary(concepts).write(str(path), source, target)
    if not source:
        assert not lost
    return Glossary.read(str(path), source, target)


@pytest.mark.parametrize("name", WHOLE)
@QUICK
@given(GLOSSARIES)
def test_nothing_is_lost(tmp_path: Path, name: str, concepts: tuple[Concept, ...]) -> None:
    if not concepts and name.endswith("sv"):
        return  # a table without a term has no language to name
    again = there_and_back(concepts, tmp_path / name).concepts
    assert [canonical(c) for c in again] == [canonical(c) for c in concepts]


@pytest.mark.parametrize("first", WHOLE)
@pytest.mark.parametrize("second", WHOLE)
def test_through_two_formats(tmp_path: Path, first: str, second: str) -> None:
    concepts = tuple(Glossary.read(str(Path(__file__).parent / "all.csv")).concepts)
    middle = there_and_back(concepts, tmp_path / f"a-{first}").concepts
    again = there_and_back(middle, tmp_path / f"b-{second}").concepts
    assert [canonical(c) for c in again] == [canonical(c) for c in concepts]


@QUICK
@given(GLOSSARIES)
def test_xliff_keeps_its_pair(tmp_path: Path, concepts: tuple[Concept, ...]) -> None:
    again = there_and_back(concepts, tmp_path / "g.xlf", "ru", "en").concepts
    kept = {c.id: c for c in concepts if any(t.lang == "ru" for t in c.terms)}
    assert [c.id for c in again] == list(kept)
    for concept in again:
        old = kept[concept.id]
        assert (concept.kind, concept.near, concept.not_near, concept.note) == (
            old.kind, old.near, old.not_near, old.note
        )  # fmt: skip
        assert {(t.text, t.status, t.pos, t.case, t.match) for t in concept.terms} == {
            (t.text, t.status, t.pos, t.case, t.match)
            for t in old.terms
            if same_language(t.lang, "ru") or same_language(t.lang, "en")
        }


@pytest.mark.parametrize("name", ["g.deepl.csv", "g.deepl.tsv"])
@QUICK
@given(GLOSSARIES)
def test_deepl_keeps_pairs(tmp_path: Path, name: str, concepts: tuple[Concept, ...]) -> None:
    wanted: dict[str, str] = {}
    for concept in concepts:
        for term in concept.terms:
            if term.status.accepted and term.lang == "ru" and concept.accepted("en"):
                wanted.setdefault(term.text, concept.accepted("en")[0].text)
    if not wanted:
        return
    again = there_and_back(concepts, tmp_path / name, "ru", "en").concepts
    assert {c.terms[0].text: c.terms[1].text for c in again} == wanted


@QUICK
@given(GLOSSARIES)
def test_google_keeps_first_terms(tmp_path: Path, concepts: tuple[Concept, ...]) -> None:
    kept = [c for c in concepts if any(t.status.accepted for t in c.terms)]
    if not kept:
        return
    Glossary(concepts).write(str(tmp_path / "g.google.csv"))
    again = Glossary.read(str(tmp_path / "g.google.csv")).concepts
    assert [c.note for c in again] == [c.note for c in kept]
    for new, old in zip(again, kept, strict=True):
        firsts = {lang: next(t for t in old.accepted(lang) if t.lang == lang) for lang in
                  {t.lang for t in old.terms if t.status.accepted}}  # fmt: skip
        assert {t.lang: t.text for t in new.terms} == {lang: t.text for lang, t in firsts.items()}


def test_what_is_lost_is_counted(tmp_path: Path) -> None:
    glossary = Glossary.read(str(Path(__file__).parent / "all.csv"))
    lost = glossary.write(str(tmp_path / "g.deepl.csv"), "ru", "en")
    assert lost["deprecated and forbidden terms"] == 4
    assert lost["context words"] == 5
    assert lost["notes"] == 2
