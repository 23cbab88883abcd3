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

from kin import CASES, GENDERS, GOVERNED, OTHERWISE, PERSONS, PRONOUNS, SMALL, cased, euphony, transcribed
from lexicon import TOKEN, Form, Lexicon, links, words
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
        readings = self._readings([tokens[i] for i in places], [i == 0 or tokens[i - 1] != " " for i in places])
        for place, said in zip(places, readings, strict=True):
            if said is None:
                return None
            tokens[place] = cased(said, tokens[place])
        return euphony("".join(tokens))

    def _readings(self, given: list[str], first: list[bool]) -> Iterator[str | None]:
        """Yield the Ukrainian of each word of a sentence."""
        lower = [word.lower() for word in given]
        chosen = [self._choose(lower, i) for i in range(len(given))]
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
            form = chosen[i]
            grammar = agreeing(form, self._noun(chosen, i)) if form else frozenset()
            if form and "past" in grammar:
                grammar = self._subject(chosen, i, grammar)
            changed = bool(case and form and case[0] in grammar)
            if changed and case:
                grammar = (grammar - {case[0]}) | {case[1]}
            if form is None or form.word.kind != "adjective":
                case = None
            yield self._word(word, given[i], form, grammar, fresh=changed, first=first[i])

    def _word(
        self, word: str, given: str, form: Form | None, grammar: frozenset[str], *, fresh: bool, first: bool
    ) -> str | None:
        """Return the Ukrainian of one word: as it was seen, as its lemma says, or as a name is written."""
        if not fresh and self._seen(word, form):
            return self.lexicon.surfaces[word]
        other = self.lexicon.lemma(form.word) if form else None
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

    def _seen(self, word: str, form: Form | None) -> bool:
        """Say whether a word may be taken as it was seen: an adjective would take the gender of another noun."""
        if word not in self.lexicon.surfaces:
            return False
        if form is None or form.word.kind == "adverb" or ("Apro" in form.grammar and form.word.lemma not in PRONOUNS):
            return True
        return (
            form.word.kind != "adjective" and self.lexicon.kind(self.lexicon.surfaces[word], form.word.kind) is not None
        )

    def _choose(self, lower: list[str], i: int) -> Form | None:
        """Return the reading that fits the words around."""
        options = self.lexicon.forms(lower[i])
        if len(options) < 2:
            return options[0] if options else None
        before = lower[i - 1] if i else ""
        if before in GOVERNED:
            options = [o for o in options if set(GOVERNED[before]) & o.grammar] or options
        elif i and (left := self.lexicon.forms(before)) and left[0].word.kind == "adjective":
            cases = {c for form in left for c in CASES if c in form.grammar}
            options = [o for o in options if cases & o.grammar] or options
        elif i and left and left[0].word.kind == "noun":
            options = [o for o in options if o.word.kind != "noun" or "gent" in o.grammar] or options
        return options[0]

    def _noun(self, chosen: list[Form | None], i: int) -> tuple[Form, str | None] | None:
        """Return the noun within two words after an adjective, and its Ukrainian gender."""
        here = chosen[i]
        if here is None or here.word.kind != "adjective":
            return None
        for form in chosen[i + 1 : i + 3]:
            if form is None:
                return None
            if form.word.kind == "noun":
                return form, self.lexicon.gender(form.word)
        return None

    def _subject(self, chosen: list[Form | None], i: int, grammar: frozenset[str]) -> frozenset[str]:
        """Return what a verb in the past says, with the Ukrainian gender of the noun that it seems to speak of."""
        gender = set(GENDERS) & grammar
        for form in [*reversed(chosen[max(0, i - 4) : i]), *chosen[i + 1 : i + 3]]:
            if form and form.word.kind == "noun" and "nomn" in form.grammar and gender & form.grammar:
                own = self.lexicon.gender(form.word)
                return (grammar - gender) | {own} if own else grammar
        return grammar


def agreeing(form: Form, noun: tuple[Form, str | None] | None) -> frozenset[str]:
    """Return what inflects: an adjective takes case and number of its noun, and the gender that it has in Ukrainian."""
    grammar, kind = form.grammar, form.word.kind
    source = noun[0].grammar if noun else grammar
    case = next((c for c in CASES if c in source), None)
    plural = "plur" in source
    if kind == "noun":
        return frozenset(g for g in (case, "plur" if plural else None) if g)
    if kind == "adjective":
        gender = next((g for g in GENDERS if g in source), None)
        return frozenset(g for g in (case, "plur" if plural else (noun and noun[1]) or gender) if g)
    kept = {"past", "pres", "futr", "impr", *PERSONS} & grammar
    if "INFN" in grammar:
        return frozenset({"INFN"})
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
