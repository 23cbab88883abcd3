"""Learn which words translate which: a table that proves a literal rendering without a neural model.

Why: a name that was rendered word by word ("Sailor silence" for Матросская тишина) can be
seen by any dictionary. No kept package carries bilingual word lists under a fit licence, so
the table is learned from the parallel text: IBM model 1 (Brown et al. 1993) over lemmas, in
both directions, by expectation maximisation over the pairs that occur. Dictionaries, where
there are any, are trained on as if they were short sentences; what no sentence attests is
not written. Russian and Ukrainian nouns lend their links to the adjectives made of them
(матрос, матросский), which names are full of.

Usage: ``words.py CONFIG DATA LANGUAGE FOLDER``; reads ``DATA/en-xx/*.tsv.gz`` and
``DATA/lexicon/en-xx/*.tsv.gz``, writes ``FOLDER/words.tsv.gz`` (English lemma, then each
other lemma with p(other | English) and p(English | other) in per mille) and its papers.
"""

from __future__ import annotations

import argparse
import fnmatch
import gzip
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pymorphy3
import simplemma
from card import words_papers
from ibm import Model
from prepare import read

from qa.glossary.normalise import fold

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
POSSESSIVE = re.compile(r"['’]s?$")
ADJECTIVES = {
    "ru": "ский цкий ской ческий ический ный овый евый енный анный янный яный аный иный ий ой очный ичный онный альный",
    "uk": "ський цький зький чний ний овий евий єний аний яний ій ячий ичний очний альний",
}
SOFTER = {"к": "ч", "г": "ж", "х": "ш", "ц": "ч"}
LENT = 0.5  # what an adjective gets of its noun's link


def lemmatiser(language: str) -> Callable[[str], str]:
    """Return a function from a word to its folded lemma, remembered."""
    morph = pymorphy3.MorphAnalyzer(lang=language) if language in ("ru", "uk") else None

    @cache
    def lemma(word: str) -> str:
        if language == "en":
            word = POSSESSIVE.sub("", word)
        if morph:
            return fold(morph.parse(word)[0].normal_form)
        return fold(simplemma.lemmatize(word, lang=language))

    return lemma


def function_words(language: str) -> set[str]:
    """Return the commonest words of a language, which align with anything."""
    for line in (files("qa") / "data" / "function-words.tsv").read_text("utf-8").splitlines():
        tag, _, words = line.partition("\t")
        if tag == language:
            return set(words.split()[:60])
    return set()


class Corpus:
    """The pairs of a language as numbered lemmas: sentences first, then the dictionary."""

    def __init__(self, config: dict[str, Any], data: Path, language: str) -> None:
        self.names = ("en", language)
        self.lemmas = [lemmatiser(name) for name in self.names]
        self.numbers: tuple[dict[str, int], dict[str, int]] = ({}, {})
        self.rows: list[tuple[list[int], list[int]]] = []
        self.files: dict[str, int] = {}
        self.longest = int(config["longest"])
        self.stop = [function_words(name) for name in self.names]
        for path in self.paths(config, data, language):
            dictionary = "lexicon" in path.parts
            if not dictionary:
                self.sentences = len(self.rows) + self.files.setdefault("", 0)
            before = len(self.rows)
            for pair in read(path):
                self.add(pair, 3 if dictionary else self.longest)
            self.files[str(path.relative_to(data)).removesuffix(".tsv.gz")] = len(self.rows) - before
            if not dictionary:
                self.sentences = len(self.rows)
        self.files.pop("", None)

    @staticmethod
    def paths(config: dict[str, Any], data: Path, language: str) -> Iterator[Path]:
        """Yield the files to learn from, dictionaries last."""
        for path in sorted((data / f"en-{language}").glob("*.tsv.gz")):
            if not any(fnmatch.fnmatch(path.name, pattern) for pattern in config["left_out"]):
                yield path
        for name in config["dictionaries"]:
            yield from sorted((data / "lexicon" / f"en-{language}").glob(f"{name}.tsv.gz"))

    def add(self, pair: tuple[str, str], longest: int) -> None:
        """Number a pair's lemmas, each once; a pair that is too long or has none is left out."""
        sides = []
        for side, text in enumerate(pair):
            words = WORD.findall(text.lower() if self.names[side] != "de" else text)
            numbers = self.numbers[side]
            stop, lemma = self.stop[side], self.lemmas[side]
            sides.append(
                [numbers.setdefault(lemma(w), len(numbers)) for w in dict.fromkeys(words) if fold(w) not in stop]
            )
        if all(0 < len(side) <= longest for side in sides):
            self.rows.append((sides[0], sides[1]))


def table(corpus: Corpus, config: dict[str, Any]) -> dict[str, dict[str, tuple[float, float]]]:
    """Return {English lemma: {other lemma: (p(other | English), p(English | other))}}."""
    weights = np.ones(len(corpus.rows))
    weights[corpus.sentences :] = config["dictionary_weight"]
    sizes = (len(corpus.numbers[0]), len(corpus.numbers[1]))
    links: list[dict[tuple[int, int], tuple[float, float]]] = []
    for rows, size in ((corpus.rows, sizes), ([(f, e) for e, f in corpus.rows], sizes[::-1])):
        model = Model(rows, size, weights)
        model.learn(config["passes"])
        kept = np.flatnonzero((model.chance >= config["floor"]) & (model.source < size[0]))
        links.append(
            {
                (int(model.source[k]), int(model.target[k])): (float(model.chance[k]), float(model.counts[k]))
                for k in kept
            }
        )
        print("direction done", len(kept), flush=True)
    attested = attests(corpus)
    words = [list(numbers) for numbers in corpus.numbers]
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for (e, f), (there, count) in links[0].items():
        back = links[1].get((f, e), (0.0, 0.0))[0]
        if (there * back) ** 0.5 >= config["least"] and count >= config["count"] and attested(e, f):
            found.setdefault(words[0][e], {})[words[1][f]] = (there, back)
    return found


def attests(corpus: Corpus) -> Callable[[int, int], bool]:
    """Return whether both words of a link occur in sentences, not only in a dictionary."""
    seen: tuple[set[int], set[int]] = (set(), set())
    for source, target in corpus.rows[: corpus.sentences]:
        seen[0].update(source)
        seen[1].update(target)
    return lambda e, f: e in seen[0] and f in seen[1]


def adjectives(found: dict[str, dict[str, tuple[float, float]]], language: str, known: set[str]) -> int:
    """Give the adjectives that are made of nouns a share of the nouns' links; return how many."""
    suffixes = ADJECTIVES.get(language, "").split()
    lent = 0
    for links in found.values() if suffixes else ():
        for noun, (there, back) in list(links.items()):
            for adjective in relatives(noun, suffixes, known):
                if adjective not in links:
                    links[adjective] = (there * LENT, back * LENT)
                    lent += 1
    return lent


def relatives(noun: str, suffixes: Sequence[str], known: set[str]) -> set[str]:
    """Return the adjectives of a noun that the text uses."""
    stem = noun.rstrip("аяоеьйіиы") if len(noun) > 3 else noun
    if len(stem) < 3:
        return set()
    stems = {stem, stem[:-1] + SOFTER.get(stem[-1:], stem[-1:]), stem + "ь"}
    if stem.endswith(("ец", "ок", "ек")):
        stems |= {stem[:-2] + "ч", stem[:-2] + stem[-1], stem[:-2]}
    if len(stem) > 3 and stem[-2] not in "аеиоуыэюяіїє" and noun[-1] in "аояе":
        stems |= {stem[:-1] + vowel + stem[-1] for vowel in "оеі"}
    return {form for s in stems for suffix in suffixes if (form := s + suffix) in known and form != noun}


def write(found: dict[str, dict[str, tuple[float, float]]], folder: Path, most: int) -> int:
    """Write the table, likeliest first, the same bytes for the same links; return their number."""
    lines, links = [], 0
    for english in sorted(found):
        best = sorted(found[english].items(), key=lambda item: (-(item[1][0] * item[1][1]), item[0]))[:most]
        links += len(best)
        cells = [f"{other} {round(1000 * there)} {round(1000 * back)}" for other, (there, back) in best]
        lines.append("\t".join([english, *cells]) + "\n")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "words.tsv.gz").write_bytes(gzip.compress("".join(lines).encode(), 9, mtime=0))
    return links


def main() -> None:
    """Run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("language")
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    config = tomllib.loads(args.config.read_text("utf-8"))
    corpus = Corpus(config, args.data, args.language)
    print(len(corpus.rows), "pairs", [len(n) for n in corpus.numbers], "lemmas", flush=True)
    found = table(corpus, config)
    often = Counter(f for _, target in corpus.rows[: corpus.sentences] for f in target)
    words = list(corpus.numbers[1])
    lent = adjectives(found, args.language, {words[f] for f, count in often.items() if count >= 2})
    links = write(found, args.folder, config["most"])
    sizes = {"language": args.language, "links": links, "lent": lent}
    words_papers(config, corpus.files, args.data / "SOURCES.md", args.folder, sizes)
    print(len(found), "English lemmas,", links, "links,", lent, "lent to adjectives", flush=True)


if __name__ == "__main__":
    main()
