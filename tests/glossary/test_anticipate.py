"""Literal renderings that a model writes for the source terms of a glossary."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from qa.glossary import Concept, Glossary, Status, Term
from qa.glossary.anticipate import MOST, anticipate
from qa.translator.types import Hypothesis, TokenScores


class Phrasebook:
    """A translator that says what a table says, the first hypothesis likeliest."""

    signature = "phrasebook"

    def __init__(self, pages: dict[str, list[str]], step: float = 0.1) -> None:
        self.pages, self.step = pages, step

    def translate(self, texts: Sequence[str], src_lang: str, tgt_lang: str, n_best: int = 1) -> list[list[Hypothesis]]:
        pages = {name.lower(): said for name, said in self.pages.items()}  # names are asked for in small letters
        return [[Hypothesis(t, (t,), (-self.step * n,)) for n, t in enumerate(pages[text])] for text in texts]

    def score(self, src: Sequence[str], tgt: Sequence[str], src_lang: str, tgt_lang: str) -> list[TokenScores]:
        raise AssertionError("nothing is scored")


def concept(source: str, target: str, *wrong: str, kind: str = "prison") -> Concept:
    terms = (Term(source, "ru"), Term(target, "en"), *(Term(text, "en", Status.DEPRECATED) for text in wrong))
    return Concept(source, kind, terms)


def made(concept: Concept, *said: str, step: float = 0.1) -> list[str]:
    source = concept.terms[0].text
    found = anticipate(Glossary((concept,)), Phrasebook({source: list(said)}, step), "ru", "en")
    return [t.text for c in found.concepts for t in c.terms[len(concept.terms) :]]


def test_literal_ones_become_deprecated_terms_in_title_case() -> None:
    owl = concept("Полярная сова", "Polyarnaya Sova")
    found = anticipate(Glossary((owl,), "own.csv"), Phrasebook({"Полярная сова": ["the polar owl."]}), "ru", "en")
    (extended,) = found.concepts
    assert found.name == "own.csv"
    assert extended.terms == (*owl.terms, Term("Polar Owl", "en", Status.DEPRECATED))
    assert made(concept("Новая газета", "Novaya Gazeta"), "new newspaper") == ["New Newspaper"]
    assert made(concept("Голос народа", "Golos Naroda"), "voice of the people") == ["Voice of the People"]


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (concept("Совет Федерации", "Federation Council"), ["council of the federation", "federation council"]),
        (concept("Кресты", "Kresty"), ["Kresti"]),  # another spelling
        (concept("Полярная сова", "Polyarnaya Sova"), ["polar sowl"]),  # no word of English
        (concept("Полярная сова", "Polyarnaya Sova"), ["", "of the", "..."]),
        (
            concept("Полярная сова", "Polyarnaya Sova"),
            ["owl owls", "owl of howl howling", "polar. owl", "the white bird of the polar night"],
        ),
        (concept("Полярная сова", "Polyarnaya Sova", "Polar Owl"), ["polar owl"]),  # listed already
        (concept("сова", "an owl", kind="calque"), ["night bird"]),  # no name
        (concept("СИЗО", "SIZO"), ["isolator"]),
    ],
)
def test_left_out(known: Concept, said: list[str]) -> None:
    assert made(known, *said) == []


def test_the_likeliest_few_of_what_is_likely_at_all() -> None:
    birds = [f"polar {bird}" for bird in ("owl", "hawk", "crow", "duck", "goose", "swan")]
    assert made(concept("Полярная сова", "Polyarnaya Sova"), *birds) == [b.title() for b in birds[:MOST]]
    assert made(concept("Полярная сова", "Polyarnaya Sova"), *birds, step=1.0) == ["Polar Owl", "Polar Hawk"]
