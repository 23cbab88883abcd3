"""What Ukrainian word stands for a Russian one: learnt from pairs of sentences, or spelt by rule (see sister.py)."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pymorphy3
from kin import CLASSES, PRONOUNS, SAME, given, spellings
from words import Model

TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+|[^\w\s]|\s+")
PASSES = 5
PULL = 6.0  # how strongly words stay near the diagonal


class Word(NamedTuple):
    """A lemma and its class of words."""

    lemma: str
    kind: str


class Form(NamedTuple):
    """A reading of a Russian word: the lemma, and what inflection says (case, number, gender, person, tense)."""

    word: Word
    grammar: frozenset[str]


def words(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return [t.lower().replace("’", "'") for t in TOKEN.findall(text) if t[0].isalpha()]


def links(pairs: list[tuple[list[str], list[str]]]) -> dict[str, dict[str, float]]:
    """Return how often each Russian word was linked with each Ukrainian one, by IBM model 1 near the diagonal."""
    sides = [{w: i for i, w in enumerate(sorted({w for pair in pairs for w in pair[side]}))} for side in (0, 1)]
    rows = [([sides[0][w] for w in russian], [sides[1][w] for w in ukrainian]) for russian, ukrainian in pairs]
    model = Model(rows, (len(sides[0]), len(sides[1])), np.ones(len(rows)), pull=PULL)
    model.learn(PASSES)
    names = [list(side) for side in sides]
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for k in np.flatnonzero(model.counts > 0.3).tolist():
        found[names[0][model.source[k]]][names[1][model.target[k]]] = float(model.counts[k])
    return found


class Lexicon:
    """Words and lemmas of both languages; `least` links, and `share` of a word's, make a pair."""

    def __init__(self, found: dict[str, dict[str, float]], least: float, share: float) -> None:
        self.russian, self.ukrainian = pymorphy3.MorphAnalyzer(lang="ru"), pymorphy3.MorphAnalyzer(lang="uk")
        self.forms, self.kind = cache(self._forms), cache(self._kind)
        self.lemma, self.inflected = cache(self._lemma), cache(self._inflected)
        self.surfaces: dict[str, str] = {
            w: best for w, options in found.items() if (best := _best(options, least, share))
        }
        lemmas: dict[Word, dict[Word, float]] = defaultdict(lambda: defaultdict(float))
        for word, options in found.items():
            forms = self.forms(word)[:1]
            for other, number in options.items():
                for form in forms:
                    if lemma := self.kind(other, form.word.kind):
                        lemmas[form.word][lemma] += number
        self.lemmas: dict[Word, Word] = {
            w: best for w, options in lemmas.items() if (best := _best(options, least, share))
        }
        self.lemmas |= {Word(ru, "adjective"): Word(uk, "adjective") for ru, uk in PRONOUNS.items()}
        for kind, russian, ukrainian in given():
            self.surfaces.setdefault(russian, ukrainian)
            if self.ukrainian.word_is_known(ukrainian):
                self.lemmas[Word(russian.replace("ё", "е"), kind)] = Word(ukrainian, kind)

    def gender(self, word: Word) -> str | None:
        """Return the gender of the Ukrainian noun for a Russian one."""
        other = self.lemma(word)
        parses = self.ukrainian.parse(other.lemma) if other else []
        return next((str(p.tag.gender) for p in parses if p.tag.POS == "NOUN" and p.tag.gender), None)

    def _forms(self, word: str) -> list[Form]:
        """Return the readings of a Russian word, likeliest first, of the classes that inflect alike."""
        found = []
        parses = self.russian.parse(word) if self.russian.word_is_known(word) else []
        if parses and str(parses[0].tag.POS) not in CLASSES:
            return []
        for parse in parses:
            kind = CLASSES.get(str(parse.tag.POS))
            if kind is None:
                continue
            lemma = parse.normal_form
            grammar = {SAME.get(g, g) for g in parse.tag.grammemes}
            if kind == "adjective" and parse.tag.POS != "ADJF":
                full = "ADJF" if parse.tag.POS == "ADJS" else "PRTF"
                if "actv" in parse.tag or (adjective := parse.inflect({full, "nomn", "masc", "sing"})) is None:
                    continue
                lemma, grammar = adjective.word, grammar | ({"nomn"} if parse.tag.POS in ("ADJS", "PRTS") else set())
            found.append(Form(Word(lemma.replace("ё", "е"), kind), frozenset(grammar)))
        return found

    def _kind(self, word: str, kind: str) -> Word | None:
        """Return the lemma of a Ukrainian word if it may be of this class."""
        for parse in self.ukrainian.parse(word) if self.ukrainian.word_is_known(word) else ():
            if CLASSES.get(str(parse.tag.POS)) == kind:
                return Word(parse.normal_form, kind)
        return None

    def _lemma(self, word: Word) -> Word | None:
        """Return the sister of a Russian lemma: learnt, or spelt by rule and known to the dictionary."""
        if word in self.lemmas:
            return self.lemmas[word]
        for spelling in spellings(word.lemma):
            other = self.kind(spelling, word.kind)
            if other and other.lemma == spelling:
                return other
        return None

    def _inflected(self, word: Word, grammar: frozenset[str]) -> str | None:
        """Return the form of a Ukrainian lemma that has this case, number, gender, person and tense."""
        if word.kind == "adverb":
            return word.lemma
        for parse in self.ukrainian.parse(word.lemma):
            if CLASSES.get(str(parse.tag.POS)) == word.kind and parse.normal_form == word.lemma:
                if "INFN" in grammar:
                    return word.lemma
                if word.kind == "adjective" and "loct" in grammar and grammar & {"masc", "neut"}:
                    grammar = (grammar - {"loct"}) | {"datv"}  # -ому, not -ім
                form = parse.inflect(set(grammar) - {"INFN"})
                return str(form.word) if form else None
        return None


def _best(options: dict[Any, float], least: float, share: float) -> Any:
    """Return what has at least `least` counts and `share` of them."""
    best = max(options, key=lambda o: options[o])
    return best if options[best] >= least and options[best] >= share * sum(options.values()) else None
