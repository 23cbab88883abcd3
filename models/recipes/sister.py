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

from forms import Form, Word
from kin import (
    AFTER,
    GOVERNED,
    HIGHEST,
    NAMED,
    ORDINALS,
    OTHERWISE,
    PRONOUNS,
    SMALL,
    cased,
    euphony,
    idiomatic,
    transcribed,
)
from lexicon import TOKEN, Lexicon, links, words
from pivot import wanted
from prepare import FOREIGN, made
from reading import Reading

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
        for place, word in zip(places, self.words([tokens[i] for i in places], before), strict=True):
            if word is None:
                return None
            tokens[place] = cased(word, tokens[place])
        said = euphony(idiomatic("".join(tokens).strip()))
        return said[:1].upper() + said[1:] if text[:1].isupper() else said

    def words(self, given: list[str], before: list[str]) -> Iterator[str | None]:
        """Yield the Ukrainian of each word of a sentence; `before` are the two tokens before each."""
        reading = Reading(self.lexicon, given, before)
        case: tuple[str, str] | None = None  # what the preposition asks for in Russian, and in Ukrainian
        for i, word in enumerate(reading.lower):
            form = reading.forms[i]
            if len(word) == 1 and (reading.before[i].endswith("/") or reading.initial(i)):  # м/с
                yield {"и": "і"}.get(word, word)
            elif word in ORDINALS and re.fullmatch(r"\d+-", reading.before[i]):
                yield ORDINALS[word]
            elif word in OTHERWISE:
                case = (GOVERNED[word][0], OTHERWISE[word][1])
                yield OTHERWISE[word][0]
            elif word in SMALL:
                case = None
                yield SMALL[word]
            elif case and case[1] != "loct" and word in AFTER:
                case = None
                yield AFTER[word]
            elif given[i] in NAMED or word in self.lexicon.words:
                yield NAMED.get(given[i]) or self.lexicon.words[word]
            elif reading.highest(i):
                yield ""  # the next word says it
            else:
                yield self._participle(reading, i) if form and "actv" in form.grammar else self._word(reading, i, case)
                if form is None or form.kind != "adjective":
                    case = None

    def _participle(self, reading: Reading, i: int) -> str | None:
        """Return an active participle after a comma as a clause: находящийся, що знаходиться."""
        form = reading.forms[i]
        other = self.lexicon.lemma(form.word) if form and reading.before[i] == ", " else None
        said = self.lexicon.inflected(other, reading.grammar(i)) if other else None
        return f"що {said}" if said else None

    def _word(self, reading: Reading, i: int, case: tuple[str, str] | None) -> str | None:
        """Return the Ukrainian of one word: as it was seen, as its lemma says, or as a name is written."""
        word, form, grammar = reading.lower[i], reading.forms[i], reading.grammar(i)
        fresh = reading.few(i)
        if case and case[0] in grammar:
            grammar, fresh = (grammar - {case[0]}) | {case[1]}, True
        surface = None if fresh else self.lexicon.surfaces.get(word)
        if surface and self._fits(surface, form, grammar):
            return surface
        other = self.lexicon.lemma(form.word) if form else None
        if form and "Supr" in grammar and form.word.lemma in HIGHEST:
            other, grammar = Word(HIGHEST[form.word.lemma], "adjective"), grammar - {"Supr"}
        if other and (said := self.lexicon.inflected(other, grammar)):
            return said
        named = form is None or form.kind in ("noun", "adjective")
        if surface and (form is None or not named):
            return surface
        located = bool(i) and reading.lower[i - 1] in ("в", "на", "при")
        capital = reading.given[i][:1].isupper() and reading.before[i][-1:] == " "
        return transcribed(word, located) if capital and named else None

    def _fits(self, surface: str, form: Form | None, grammar: frozenset[str]) -> bool:
        """Say whether a word may be taken as it was seen: an adjective would take the gender of another noun."""
        if form is None or form.kind == "adverb" or ("Apro" in form.grammar and form.word.lemma not in PRONOUNS):
            return True
        return form.kind != "adjective" and self.lexicon.fits(surface, form, grammar)


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
