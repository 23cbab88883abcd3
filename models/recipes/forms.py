"""The readings of a Russian word, as pymorphy3's dictionary has them: lemma, class of words, inflection."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any, NamedTuple

import pymorphy3
from kin import CLASSES, SAME

RARE = 0.02  # chance of a lemma that is left out: были is no form of быль


class Word(NamedTuple):
    """A lemma and its class of words."""

    lemma: str
    kind: str


class Form(NamedTuple):
    """A reading of a Russian word: the lemma, and what inflection says (case, number, gender, person, tense)."""

    word: Word
    grammar: frozenset[str]

    @property
    def kind(self) -> str:
        """The class of the word."""
        return self.word.kind

    @property
    def short(self) -> bool:
        """Whether it is the short form of an adjective or participle, which predicates."""
        return bool({"ADJS", "PRTS"} & self.grammar)


class Russian:
    """The dictionary; active participles are forms of their verbs but for `adjectives`."""

    def __init__(self, adjectives: set[str]) -> None:
        self.dictionary = pymorphy3.MorphAnalyzer(lang="ru")
        self.adjectives = adjectives
        self.forms = cache(self._forms)

    def _forms(self, word: str) -> list[Form]:
        """Return the readings of a word, likeliest first, of the classes that inflect alike."""
        parses = self.dictionary.parse(word) if self.dictionary.word_is_known(word) else []
        if not parses or str(parses[0].tag.POS) not in CLASSES:
            return []
        chances: dict[str, float] = defaultdict(float)
        for parse in parses:
            chances[parse.normal_form] += parse.score
        known = [p for p in parses if chances[p.normal_form] >= RARE and ("Name" in p.tag) <= ("Name" in parses[0].tag)]
        return _sifted([form for parse in known if (form := self._form(parse))])

    def _form(self, parse: Any) -> Form | None:
        """Return one reading, or None of a class that does not inflect alike; a short adjective is of its full one."""
        kind = CLASSES.get(str(parse.tag.POS))
        if kind is None:
            return None
        lemma = parse.normal_form
        grammar = {SAME.get(g, g) for g in parse.tag.grammemes}
        if "actv" in grammar:
            adjective = parse.inflect({"PRTF", "nomn", "masc", "sing"})
            if adjective and adjective.word in self.adjectives:
                lemma, grammar = adjective.word, grammar - {"actv", "past", "pres"}
            else:
                kind = "verb"
        elif kind == "adjective" and parse.tag.POS != "ADJF":
            full = "ADJF" if parse.tag.POS == "ADJS" else "PRTF"
            if (adjective := parse.inflect({full, "nomn", "masc", "sing"})) is None:
                return None
            lemma, grammar = adjective.word, grammar | ({"nomn"} if parse.tag.POS in ("ADJS", "PRTS") else set())
        return Form(Word(lemma.replace("ё", "е"), kind), frozenset(grammar))


def _sifted(found: list[Form]) -> list[Form]:
    """Return the readings without those that the first one makes unlikely."""
    if not found:
        return found
    first = found[0]
    if "anim" in first.grammar:
        found = [form for form in found if form.word != first.word or "inan" not in form.grammar]
    if "Name" in first.grammar:
        found = [form for form in found if form.word == first.word]  # Дмитрий is of no Дмитрия
    if "futr" in first.grammar:
        found.sort(key=lambda form: form.word != first.word or "pres" not in form.grammar)  # бежит
    return sorted(found, key=lambda form: form.word.lemma == "больший")  # большая is of большой
