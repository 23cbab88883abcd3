"""Ukrainian out of Russian, word for word: what no sentence taught is known by its form.

Why: the sentences that exist in both languages come from a few domains, and a model that
learnt on them alone is lost in news. But the two languages order their words alike, and
most words have a sister with the same grammar. So a word is taken from a table learnt by
IBM model 1, or its lemma is, and takes the form that the Russian one had; or the lemma is
spelt by the rules that hold between the languages, if a dictionary knows what comes out.
A sentence with a word that stays unknown is left out, and names are transcribed.

Usage: ``sister.py CONFIG OUT PIVOT``; reads ``PIVOT/train.tsv`` (pivot.py pairs) and the rows
that CONFIG's [sister] asks for in OUT, writes ``OUT/sister.tsv``: groups ``sister`` (sentences)
and ``sister-words`` (dictionary and phrases).
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kin import (
    AFTER, CASES, FEW, GENDERS, GOVERNED, HIGHEST, MANY, NAMED, OTHERWISE, PERSONS, PRONOUNS, SMALL, cased, euphony,
    idiomatic, transcribed,
)  # fmt: skip
from lexicon import TOKEN, Form, Lexicon, Word, links, words
from pivot import wanted
from prepare import FOREIGN, made

LETTERS = re.compile(r"[а-яё]", re.I)
LONGEST = 30  # words of a pair to learn from


class Sister:
    """The word for a word, in its place."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def sentence(self, text: str) -> str | None:
        """Return a sentence in Ukrainian, or None where a word is unknown."""
        tokens = TOKEN.findall(text)
        places = [i for i, t in enumerate(tokens) if t[0].isalpha() and LETTERS.search(t)]
        before = ["".join(tokens[max(0, i - 2) : i]) for i in places]
        readings = self._readings([tokens[i] for i in places], before)
        for place, said in zip(places, readings, strict=True):
            if said is None:
                return None
            tokens[place] = cased(said, tokens[place])
        said = euphony(idiomatic("".join(tokens).strip()))
        return said[:1].upper() + said[1:] if text[:1].isupper() else said

    def _readings(self, given: list[str], before: list[str]) -> Iterator[str | None]:
        """Yield the Ukrainian of each word of a sentence; `before` are the two tokens before each."""
        lower = [word.lower() for word in given]
        count = [counted(lower[i - 1] if i else "", near) for i, near in enumerate(before)]
        chosen: list[Form | None] = []
        for i in range(len(given)):
            chosen.append(self._choose(lower, i, count[i], chosen))
        case: tuple[str, str] | None = None
        for i, word in enumerate(lower):
            if word in OTHERWISE:
                said, wanted_case = OTHERWISE[word]
                case = (GOVERNED[word][0], wanted_case)
                yield said
                continue
            if word in SMALL:
                case = None
                yield SMALL[word]
                continue
            if case and word in AFTER:
                case = None
                yield AFTER[word]
                continue
            if given[i] in NAMED or word in self.lexicon.words:
                yield NAMED.get(given[i]) or self.lexicon.words[word]
                continue
            form = chosen[i]
            if form and form.word.lemma == "самый" and i + 1 < len(chosen) and qualified(chosen[i + 1]):
                yield ""  # the next word is the superlative
                continue
            grammar = agreeing(form, self._noun(lower, chosen, i)) if form else frozenset()
            if i and (left := chosen[i - 1]) and left.word.lemma == "самый" and qualified(form):
                grammar |= {"Supr"}
            if form and "actv" in form.grammar:
                case = None
                said = self._word(word, "", form, grammar, fresh=True, first=True)
                yield f"що {said}" if said and before[i] == ", " else None
                continue
            if form and ("past" in grammar or form.short) and "GRND" not in grammar:
                grammar = self._subject(lower, chosen, i, grammar)
            few = "few" in (count[i], count[i - 1] if i and lower[i - 1] not in FEW else "")
            if few and form and form.word.kind == "noun" and grammar == {"gent"}:
                grammar = frozenset({"nomn", "plur"})
            changed = few
            if case and form and case[0] in grammar:
                grammar, changed = (grammar - {case[0]}) | {case[1]}, True
            if form is None or form.word.kind != "adjective":
                case = None
            yield self._word(word, given[i], form, grammar, fresh=changed, first=before[i][-1:] != " ")

    def _word(
        self, word: str, given: str, form: Form | None, grammar: frozenset[str], *, fresh: bool, first: bool
    ) -> str | None:
        """Return the Ukrainian of one word: as it was seen, as its lemma says, or as a name is written."""
        if not fresh and self._seen(word, form, grammar):
            return self.lexicon.surfaces[word]
        other = self.lexicon.lemma(form.word) if form else None
        if form and "Supr" in grammar and form.word.lemma in HIGHEST:
            other, grammar = Word(HIGHEST[form.word.lemma], "adjective"), grammar - {"Supr"}
        said = self.lexicon.inflected(other, grammar) if other else None
        if said:
            return said
        if (
            word in self.lexicon.surfaces
            and not fresh
            and (form is None or form.word.kind not in ("noun", "adjective"))
        ):
            return self.lexicon.surfaces[word]
        if given[:1].isupper() and not first and (form is None or form.word.kind in ("noun", "adjective")):
            return transcribed(word)
        return None

    def _seen(self, word: str, form: Form | None, grammar: frozenset[str]) -> bool:
        """Say whether a word may be taken as it was seen: an adjective would take the gender of another noun."""
        if word not in self.lexicon.surfaces:
            return False
        if form is None or form.word.kind == "adverb" or ("Apro" in form.grammar and form.word.lemma not in PRONOUNS):
            return True
        return form.word.kind != "adjective" and self.lexicon.fits(self.lexicon.surfaces[word], form, grammar)

    def _choose(self, lower: list[str], i: int, count: str, chosen: list[Form | None]) -> Form | None:
        """Return the reading that fits the words before."""
        options = self.lexicon.forms(lower[i])
        if len(options) < 2:
            return options[0] if options else None
        before = lower[i - 1] if i else ""
        if count:
            number = count == "many"
            options = [o for o in options if "gent" in o.grammar and ("plur" in o.grammar) == number] or options
        elif before in GOVERNED:
            options = [o for o in options if set(GOVERNED[before]) & o.grammar] or options
        elif i and (left := chosen[-1]) and left.word.kind == "adjective":
            cases = {c for form in self.lexicon.forms(before) for c in CASES if c in form.grammar}
            options = [o for o in options if cases & o.grammar] or options
            options = [o for o in options if set(CASES) & left.grammar & o.grammar] or options
        elif i and left and left.word.kind == "noun":
            options = [o for o in options if o.word.kind != "noun" or "gent" in o.grammar] or options
        return options[0]

    def _noun(self, lower: list[str], chosen: list[Form | None], i: int) -> tuple[Form, str | None] | None:
        """Return the noun that an adjective goes with, and its Ukrainian gender.

        It stands within two words after, in the same case and number; that of a relative pronoun before it.
        """
        here = chosen[i]
        if here is None or here.word.kind != "adjective":
            return None
        if here.word.lemma == "который":
            number = {"plur", *GENDERS} & here.grammar
            for form in reversed(chosen[max(0, i - 4) : i]):
                if form and form.word.kind == "noun" and number & form.grammar:
                    return here, None if "plur" in number else self.lexicon.gender(form.word)
            return None
        for form in chosen[i + 1 : i + 3]:
            if form is None:
                return None
            if form.word.kind == "noun":
                fits = any(agree(own, form) for own in self.lexicon.forms(lower[i]))
                return (form, self.lexicon.gender(form.word)) if fits else None
        return None

    def _subject(
        self, lower: list[str], chosen: list[Form | None], i: int, grammar: frozenset[str]
    ) -> frozenset[str]:
        """Return what a verb in the past or a short adjective says, with the Ukrainian gender of its likely subject."""
        here = chosen[i]
        gender = set(GENDERS) & (here.grammar if here else grammar)
        for k in [*reversed(range(max(0, i - 4), i)), *range(i + 1, min(i + 3, len(chosen)))]:
            form = chosen[k]
            if form and "nomn" in form.grammar and gender & form.grammar:
                if form.word.kind == "noun":
                    own = self.lexicon.gender(form.word)
                elif form.word.lemma == "который":
                    noun = self._noun(lower, chosen, k)
                    own = noun[1] if noun else None
                else:
                    continue
                return (grammar - gender - {"short"}) | {own, *({"nomn"} if here and here.short else ())} if own else grammar
        return grammar


def qualified(form: Form | None) -> bool:
    """Say whether a reading is an adjective that has degrees."""
    return form is not None and {"ADJF", "Qual"} <= form.grammar


def counted(word: str, near: str) -> str:
    """Say which number stands before a word: "few" (two to four), "many", or none; `near` are the two tokens before."""
    digits = re.fullmatch(r"(\d+)\s", near)
    if digits:
        end, tens = int(digits[1]) % 10, int(digits[1]) % 100
        return "many" if end in (0, *range(5, 10)) or 10 < tens < 15 else "few" if end > 1 else ""
    return "few" if word in FEW else "many" if word in MANY else ""


def agree(adjective: Form, noun: Form) -> bool:
    """Say whether the reading of an adjective can go with that of a noun."""
    one, other = adjective.grammar, noun.grammar
    if not one & other & set(CASES) or ("plur" in one) != ("plur" in other):
        return False
    return "plur" in one or bool(one & other & set(GENDERS))


def agreeing(form: Form, noun: tuple[Form, str | None] | None) -> frozenset[str]:
    """Return what inflects: an adjective takes case and number of its noun, and the gender that it has in Ukrainian."""
    grammar, kind = form.grammar, form.word.kind
    source = noun[0].grammar if noun else grammar
    case = next((c for c in CASES if c in source), None)
    plural = "plur" in source
    if kind == "noun":
        return frozenset(g for g in (case, "plur" if plural else None) if g)
    if kind == "adjective":
        if form.short and "neut" in grammar:
            return frozenset({"short"})
        gender = (noun and noun[1]) or next((g for g in GENDERS if g in source), None)
        return frozenset(g for g in (case, "plur" if plural else gender) if g) | ({"anim", "Supr"} & (source | grammar))
    kept: set[str] = {"past", "pres", "futr", "impr", *PERSONS} & grammar
    if "INFN" in grammar:
        return frozenset({"INFN"})
    if "GRND" in grammar:
        return frozenset({"GRND", *({"past"} & grammar)})
    if "actv" in grammar and "pres" in grammar:
        return frozenset({"pres", "3per", "plur" if "plur" in grammar else "sing"})
    if "impr" in grammar:
        kept.add("1per" if "incl" in grammar else "2per")
    if "past" in grammar:
        kept |= {"plur"} if "plur" in grammar else set(GENDERS) & grammar
    else:
        kept |= {"plur", "sing"} & grammar
    return frozenset(kept)


def rows(settings: dict[str, Any], out: Path, sister: Sister) -> Iterable[tuple[str, str, str]]:
    """Yield (group, English, Ukrainian) for what is wanted and can be said."""
    for group, _, english, russian in wanted(settings, out):
        said = sister.sentence(russian)
        if said and not FOREIGN["uk"].search(said):
            yield ("sister-words" if group in settings["words"] else "sister"), english, said


def learnt(pivot: Path, settings: dict[str, Any]) -> Sister:
    """Learn the tables from the pairs of pivot.py."""
    pairs = [(words(ru), words(uk)) for _, _, ru, uk in made(pivot, "train")]
    fit = [(a, b) for a, b in pairs if 0 < len(a) <= LONGEST and 0 < len(b) <= LONGEST]
    return Sister(Lexicon(links(fit), settings["least"], settings["share"]))


def main() -> None:
    """Run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("config", "out", "pivot"):
        parser.add_argument(name, type=Path)
    args = parser.parse_args()
    settings = tomllib.loads(args.config.read_text("utf-8"))["sister"]
    kept: Counter[str] = Counter()
    sister = learnt(args.pivot, settings)
    with (args.out / "sister.tsv").open("w", encoding="utf-8", newline="") as file:
        for group, english, said in rows(settings, args.out, sister):
            kept[group] += 1
            file.write(f"{group}\tuk\t{english}\t{said}\n")
    print(dict(kept))


if __name__ == "__main__":
    main()
