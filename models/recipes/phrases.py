"""Make short phrases out of the dictionary: what sentences teach too slowly.

Why: names of prisons, ships and operations are adjective + noun or noun + noun
("Sailor silence", "White Swan"), often in title case and in quotes. Sentences
hold few of them; a dictionary and the rules of agreement hold them all. Russian
agreement, genitives and relational adjectives (матрос, матросский) come from
pymorphy3; an adjective is believed only if the parallel text uses it. The
phrases that `holdout` names are never made, so that a test of them is a test.

Usage: ``phrases.py CONFIG OUT``; reads ``OUT/train.tsv``, adds the rows of the
group ``phrases`` in ``OUT/phrases.tsv``.
"""

from __future__ import annotations

import argparse
import random
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pymorphy3
from russian import Russian

ENGLISH = re.compile(r"[a-z]{3,14}")
RUSSIAN = re.compile(r"[а-яё-]{3,16}")


class Word(NamedTuple):
    """An English word, its Russian translations (best first), how common it is."""

    english: str
    russian: list[Any]
    common: int


def plural(word: str) -> str | None:
    """Return the regular English plural, or None where it is not sure."""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return None if word.endswith("s") else word + "es"
    if word.endswith(("man", "foot", "tooth", "mouse", "fish", "f", "fe", "o", "child")):
        return None
    return word[:-1] + "ies" if word[-1] == "y" and word[-2] not in "aeiou" else word + "s"


def dictionary(rows: list[list[str]], russian: Russian, english: Counter[str], kind: str) -> list[Word]:
    """Return the words whose translation is of this kind, common ones first."""
    found: dict[str, list[Any]] = defaultdict(list)
    best: Counter[str] = Counter()
    for row in rows:
        if row[0] != "lexicon" or not ENGLISH.fullmatch(row[2]) or not RUSSIAN.fullmatch(row[3]):
            continue
        best[row[2]] = max(best[row[2]], russian.counts[row[3]])
        parse = russian.parse(row[3], kind)
        if parse is not None:
            found[row[2]].append(parse)
    words = []
    for word, parses in found.items():
        ranked = sorted(parses, key=lambda p: -russian.counts[p.normal_form])
        count = russian.counts[ranked[0].normal_form]
        # "would" and "kill" are nouns too, in a dictionary; not here.
        if english[word] and count and count * 2 >= best[word]:
            words.append(Word(word, ranked[:3], english[word]))
    return sorted(words, key=lambda w: -w.common)


class Maker:
    """Draws phrases; all the chance is in `draw`."""

    def __init__(self, russian: Russian, nouns: list[Word], adjectives: list[Word], seed: int) -> None:
        self.russian, self.nouns, self.adjectives = russian, nouns, adjectives
        self.draw = random.Random(seed)
        self.weights = {id(words): [(w.common + 3) ** 0.5 for w in words] for words in (nouns, adjectives)}

    def pick(self, words: list[Word]) -> tuple[str, Any]:
        """Return an English word and one of its translations, the first likeliest."""
        word = self.draw.choices(words, self.weights[id(words)])[0]
        place = min(int(self.draw.expovariate(1.2)), len(word.russian) - 1)
        return word.english, word.russian[place]

    def adjective_noun(self) -> tuple[str, str] | None:
        """Make "white swan" or "white swans"."""
        left, adjective = self.pick(self.adjectives)
        right, noun = self.pick(self.nouns)
        many = self.draw.random() < 0.2
        if "Pltm" in noun.tag or (many and "Sgtm" in noun.tag):
            return None
        english = plural(right) if many else right
        other = self.russian.agree(adjective, noun, "nomn", "plur" if many else "sing")
        return (f"{left} {english}", other) if english and other else None

    def noun_noun(self) -> tuple[str, str] | None:
        """Make "sailor song" with an adjective, or "sailor's song" with a genitive."""
        left, owner = self.pick(self.nouns)
        right, noun = self.pick(self.nouns)
        if left == right or "Pltm" in noun.tag:
            return None
        adjective = self.russian.adjective(owner)
        owned = adjective is None or self.draw.random() < 0.2
        if owned:
            genitive = owner.inflect({"gent"})
            if genitive is None:
                return None
            english = self.draw.choice(
                [f"{left}'s {right}", f"{left} {right}", f"{right} of the {left}", f"{right} of {left}"]
            )
            return english, f"{noun.word} {genitive.word}"
        other = self.russian.agree(adjective, noun, "nomn", "sing")
        return (f"{left} {right}", other) if other else None

    def single(self) -> tuple[str, str] | None:
        """Give one word, for its title-case and quoted forms."""
        english, word = self.pick(self.nouns if self.draw.random() < 0.75 else self.adjectives)
        return english, word.word

    def dress(self, english: str, other: str, frames: list[tuple[str, str]]) -> tuple[str, str]:
        """Put a phrase into the forms that news text has: case, quotes, a sentence."""
        chance = self.draw.random()
        if chance < 0.37:
            return english, other
        first = english[0].upper() + english[1:]
        name = other[0].upper() + other[1:]
        if self.draw.random() < 0.6:
            first = first.title().replace("'S", "'s").replace(" Of ", " of ").replace(" The ", " the ")
        if chance < 0.68:
            return first, name
        mark = self.draw.choice(['"{}"', "“{}”", "«{}»", "'{}'"])
        if chance < 0.87:
            return mark.format(first), f"«{name}»"
        left, right = self.draw.choice(frames)
        quoted = mark.format(first if self.draw.random() < 0.8 else english)
        return left.replace("X", quoted, 1), right.replace("X", f"«{name}»", 1)


def make(config: dict[str, Any], out: Path) -> Iterator[str]:
    """Yield the lines of the phrases file."""
    settings = config["phrases"]
    rows = [line.rstrip("\n").split("\t") for line in (out / "train.tsv").open(encoding="utf-8")]
    text = [row for row in rows if row[1] == "ru"]
    english = Counter(w for row in text for w in re.findall(r"[a-z]+", row[2].lower()))
    russian = Russian(lemmas(text))
    nouns = dictionary(text, russian, english, "NOUN")
    adjectives = dictionary(text, russian, english, "ADJF")
    frames = [
        (a, b)
        for a, b in (
            line.rstrip("\n").split("\t") for line in (Path(__file__).parent / "frames.tsv").open(encoding="utf-8")
        )
    ]
    held = {name.lower() for name in settings["holdout"]}
    maker = Maker(russian, nouns, adjectives, settings["seed"])
    kinds = [maker.adjective_noun, maker.noun_noun, maker.single]
    seen: set[tuple[str, str]] = set()
    while len(seen) < settings["rows"]:
        made = maker.draw.choices(kinds, settings["shares"])[0]()
        if made is None or (" " in made[0] and made[0].lower() in held):
            continue
        pair = maker.dress(*made, frames)
        if pair not in seen:
            seen.add(pair)
            yield f"phrases\tru\t{pair[0]}\t{pair[1]}\n"


def lemmas(rows: list[list[str]]) -> Counter[str]:
    """Count the lemmas of the Russian side (each form is analysed once)."""
    forms = Counter(w for row in rows for w in re.findall(r"[а-яё-]+", row[3].lower()))
    morph = pymorphy3.MorphAnalyzer(lang="ru")
    counts: Counter[str] = Counter()
    for form, count in forms.items():
        if count > 1:
            counts[morph.parse(form)[0].normal_form] += count
    return counts


def main() -> None:
    """Run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    lines = list(make(tomllib.loads(args.config.read_text("utf-8")), args.out))
    (args.out / "phrases.tsv").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
