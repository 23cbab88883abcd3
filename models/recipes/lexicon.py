"""What Ukrainian word stands for a Russian one: learnt from pairs of sentences, or spelt by rule (see sister.py)."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import Any

import numpy as np
import pymorphy3
from forms import Form, Russian, Word
from ibm import Model
from kin import CASES, CLASSES, GENDERS, PERSONS, PRONOUNS, given, spellings

TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+|[^\w\s]|\s+")
PASSES = 5
LAST = (frozenset({"pres", "3per", "plur"}), frozenset({"past", "masc"}))  # what gerunds are made of
DOUBTFUL = 4.0  # links of a pair of lemmas
PULL = 6.0  # how strongly words stay near the diagonal


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
        self.ukrainian = pymorphy3.MorphAnalyzer(lang="uk")
        self.forms = Russian({russian for kind, russian, _ in given() if kind == "adjective"}).forms
        self.kind, self.lemma, self.inflected = cache(self._kind), cache(self._lemma), cache(self._inflected)
        self.surfaces: dict[str, str] = {
            w: best for w, options in found.items() if (best := _best(options, least, share))
        }
        self.words: dict[str, str] = {}  # said just so, whatever stands around
        lemmas: dict[Word, dict[Word, float]] = defaultdict(lambda: defaultdict(float))
        for word, options in found.items():
            forms = self.forms(word)
            forms = [form for form in forms if form.word == forms[0].word]
            for other, number in options.items() if forms else ():
                if lemma := self._like(other, forms):
                    lemmas[forms[0].word][lemma] += number
        self.lemmas: dict[Word, Word] = {
            w: best for w, options in lemmas.items() if (best := _best(options, least, share))
        }
        # Seen a few times only: what is spelt alike is likelier than that, where a dictionary has it.
        self.doubtful = {w for w, other in self.lemmas.items() if lemmas[w][other] < DOUBTFUL}
        self.lemmas |= {Word(ru, "adjective"): Word(uk, "adjective") for ru, uk in PRONOUNS.items()}
        for kind, russian, ukrainian in given():
            self.surfaces[russian] = ukrainian
            if kind == "word":
                self.words[russian] = ukrainian
            elif self.ukrainian.word_is_known(ukrainian.split()[0]):
                self.lemmas[Word(russian.replace("ё", "е"), kind)] = Word(ukrainian, kind)
                self.doubtful.discard(Word(russian.replace("ё", "е"), kind))

    def gender(self, word: Word) -> str | None:
        """Return the gender of the Ukrainian noun for a Russian one; "plur" if it has no singular."""
        other = self.lemma(word)
        tags = [p.tag for p in self._parses(other)] if other else []
        return next(("plur" if "Pltm" in t else str(t.gender) for t in tags if t.gender or "Pltm" in t), None)

    def fits(self, said: str, form: Form, grammar: frozenset[str]) -> bool:
        """Say whether a Ukrainian word can be the sister of a form: of its lemma; a noun in this case and number."""
        other = self.lemma(form.word)
        return any(
            _class(parse.tag) == form.kind
            and other in (None, Word(parse.normal_form, form.kind))
            and _says(parse.tag, set(grammar), form.kind)
            for parse in self.ukrainian.parse(said)
        )

    def _parses(self, word: Word) -> list[Any]:
        """Return the readings of a Ukrainian lemma as just that."""
        lemma = word.lemma.split()[0]
        parses = [p for p in self.ukrainian.parse(lemma) if _class(p.tag) == word.kind and p.normal_form == lemma]
        return [p for p in parses if "Fixd" not in p.tag] or parses  # not (пані) Співак

    def _kind(self, word: str, kind: str) -> Word | None:
        """Return the lemma of a Ukrainian word if it may be of this class."""
        for parse in self.ukrainian.parse(word) if self.ukrainian.word_is_known(word) else ():
            if _class(parse.tag) == kind:
                return Word(parse.normal_form, kind)
        return None

    def _like(self, word: str, forms: list[Form]) -> Word | None:
        """Return the lemma of a Ukrainian word in the reading most like a Russian one: критика is not of критик."""
        parses = self.ukrainian.parse(word) if self.ukrainian.word_is_known(word) else []
        options = [p for p in parses if _class(p.tag) == forms[0].kind and p.tag.POS != "GRND"]
        if "Apro" not in forms[0].grammar:
            options = [p for p in options if p.tag.POS != "NPRO"]
        if not options:
            return None
        best = max(options, key=lambda p: max(_alike(p.tag.grammemes, form.grammar) for form in forms))
        return Word(best.normal_form, forms[0].kind)

    def _lemma(self, word: Word) -> Word | None:
        """Return the sister of a Russian lemma: learnt, or spelt by rule and known to the dictionary."""
        if word in self.lemmas and word not in self.doubtful:
            return self.lemmas[word]
        for spelling in spellings(word.lemma):
            other = self.kind(spelling, word.kind)
            if other and other.lemma == spelling:
                return other
        return self.lemmas.get(word)

    def _inflected(self, word: Word, grammar: frozenset[str]) -> str | None:
        """Return the form of a Ukrainian lemma that has this case, number, gender, person and tense."""
        if word.kind == "adverb" or "INFN" in grammar:
            return word.lemma
        if " " in word.lemma:  # брати участь
            first, rest = word.lemma.split(maxsplit=1)
            said = self.inflected(Word(first, word.kind), grammar)
            return said and f"{said} {rest}"
        if "GRND" in grammar:
            return self._known(gerund(self.inflected(word, LAST["past" in grammar])))
        if "short" in grammar:
            return self._known(word.lemma.removesuffix("ий") + "о")
        if "Supr" in grammar:
            highest = self.kind("най" + word.lemma.removesuffix("ий") + "іший", "adjective")
            return self.inflected(highest, grammar - {"Supr"}) if highest else None
        asked = set(grammar - {"anim", "inan"})
        if word.kind == "adjective":
            if "loct" in grammar and grammar & {"masc", "neut"}:
                asked = (asked - {"loct"}) | {"datv"}  # -ому, not -ім
            if "accs" in grammar and grammar & {"masc", "plur"}:
                asked = (asked - {"accs"}) | {"gent" if "anim" in grammar else "nomn"}
        forms = [form for parse in self._parses(word) for form in parse.lexeme if _says(form.tag, asked, word.kind)]
        if not forms and word.kind == "noun":  # дорослий
            who = {"anim"} if "plur" in asked else {"anim", "masc"}
            return self.inflected(Word(word.lemma, "adjective"), grammar | who)
        if not forms and "pres" in asked:  # організує is either
            return self.inflected(word, (grammar - {"pres"}) | {"futr"})
        return str(_usual(forms, word.kind).word) if forms else None

    def _known(self, word: str) -> str | None:
        return word if self.ukrainian.word_is_known(word) else None


def _class(tag: Any) -> str | None:
    """Return the class of a Ukrainian word; pronouns and numbers that agree are adjectives here."""
    return "adjective" if tag.POS in ("NPRO", "NUMR") else CLASSES.get(str(tag.POS))


def _alike(one: frozenset[str], other: frozenset[str]) -> int:
    """Return how much of their inflection two words share; the gender counts least, since it may be another."""
    shared = one & other
    number = ("plur" in one) == ("plur" in other)
    return 2 * len(shared & {*CASES, *PERSONS, "past", "pres", "futr", "impr"}) + 2 * number + len(shared & {*GENDERS})


def _says(tag: Any, asked: set[str], kind: str) -> bool:
    """Say whether a tag says what is asked: no case is the nominative, no plural the singular."""
    grammar = set(tag.grammemes) if tag.case else {"nomn", *tag.grammemes}
    return asked <= grammar and (kind == "verb" or ("plur" in tag) == ("plur" in asked) or "Pltm" in tag)


def _usual(forms: list[Any], kind: str) -> Any:
    """Return the form that is written most: році, порядку, not рокові, порядкові; -ся, not -сь; впав, not впас."""
    if kind == "verb":
        return min(forms, key=lambda f: (f.word.endswith("сь"), "masc" in f.tag and f.word[-1:] not in "вя"))
    if kind == "noun" and "inan" in forms[0].tag and forms[0].word.endswith(("ові", "еві", "єві")):
        velar = forms[0].word.endswith(("кові", "хові", "гові"))
        return min(forms, key=lambda f: (f.word.endswith(("ові", "еві", "єві")), velar or not f.word.endswith("і")))
    return forms[0]


def gerund(form: str | None) -> str:
    """Return the gerund beside a finite form: читають читаючи, прочитав прочитавши."""
    stem, self_ = (form[:-2], "сь") if form and form.endswith("ся") else (form or "", "")
    if stem.endswith("ть"):
        return stem.removesuffix("ть") + "чи" + self_
    return stem + ("ши" if stem else "") + self_


def _best(options: dict[Any, float], least: float, share: float) -> Any:
    """Return what has at least `least` counts and `share` of them."""
    best = max(options, key=lambda o: options[o])
    return best if options[best] >= least and options[best] >= share * sum(options.values()) else None
