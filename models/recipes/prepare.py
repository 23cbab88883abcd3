"""Clean the parallel text: one TSV of what is fit to learn from.

Why a step of its own: what is left out (copies of the test sentences, wrong
languages, untranslated lines) decides whether the scores mean anything, and
must be readable in one place. Usage: ``prepare.py CONFIG DATA OUT``.

Writes ``OUT/train.tsv`` and ``OUT/dev.tsv`` (group, language, English, other)
and ``OUT/prepare.json`` (how many rows each file gave, and why rows fell).
"""

from __future__ import annotations

import argparse
import fnmatch
import gzip
import json
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

HAN = re.compile(r"[\u3400-\u9fff]")
WORDS = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")  # a Han sign counts as a word
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
LETTER = re.compile(r"[^\W\d_]")
SCRIPTS = {"ru": CYRILLIC, "uk": CYRILLIC, "zh": HAN}  # all others: Latin
DENSE = {"zh": 3}  # about how many English letters one of its signs stands for
# Letters that one language has and the other has not: a cheap, exact filter.
FOREIGN = {"ru": re.compile(r"[іїєґІЇЄҐ]"), "uk": re.compile(r"[ыэъёЫЭЪЁ]")}
# Grammar notes that dictionaries leave at the end of an entry.
NOTE = re.compile(r"\s+(?:[mfn]|pl|impf|pf)\.?$|\s*\([^)]*\)|\s*\[[^\]]*\]")
NGRAM = 6

Row = tuple[str, str, str, str]  # group, language, English, other


def read(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (English, other) pairs of a gzipped TSV."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            english, tab, other = line.rstrip("\n").partition("\t")
            if tab and "\t" not in other:
                yield english.strip(), other.strip()


def made(out: Path, *names: str) -> Iterator[Row]:
    """Yield the rows of OUT's own files, of those of `names` that there are."""
    for path in (out / f"{name}.tsv" for name in names):
        for line in path.open(encoding="utf-8") if path.exists() else ():
            group, language, english, other = line.rstrip("\n").split("\t")
            yield group, language, english, other


def key(text: str) -> str:
    """Return what is left of a sentence without case, punctuation, spacing."""
    return " ".join(WORDS.findall(text.lower()))


def ngrams(text: str) -> list[int]:
    """Return hashes of the word n-grams; empty for a short sentence."""
    words = WORDS.findall(text.lower())
    return [hash(tuple(words[i : i + NGRAM])) for i in range(len(words) - NGRAM + 1)]


class Held:
    """The evaluation sentences, and whether a sentence is (nearly) one of them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.keys: set[str] = set()
        self.grams: set[int] = set()
        for text in texts:
            self.keys.add(key(text))
            self.grams.update(ngrams(text))

    def near(self, text: str) -> bool:
        """Say whether half of the n-grams, or all the words, are a test's."""
        grams = ngrams(text)
        if not grams:
            return key(text) in self.keys
        return sum(g in self.grams for g in grams) * 2 >= len(grams)


def fault(english: str, other: str, language: str, longest: int) -> str | None:
    """Return why a pair is unfit, or None."""
    if not english or not other or english == other:
        return "empty or identical"
    dense = DENSE.get(language, 1)
    if max(english.count(" "), other.count(" "), (dense > 1) * len(other) * dense // 5) >= longest:
        return "too long"
    small, large = sorted((len(english), len(other) * dense))
    if large > 2.2 * small + 12:
        return "length ratio"
    letters = len(LETTER.findall(english)), len(LETTER.findall(other))
    if len(LATIN.findall(english)) < 0.8 * letters[0] or letters[0] == 0:
        return "script"
    if len(SCRIPTS.get(language, LATIN).findall(other)) < 0.6 * letters[1] or letters[1] == 0:
        return "script"
    if (language in FOREIGN and FOREIGN[language].search(other)) or (language == "zh" and traditional(other)):
        return "language"
    return None


def traditional(text: str) -> bool:
    """Say whether Chinese has a sign that the simplified character set of 1980 has not."""
    try:
        "".join(HAN.findall(text)).encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def group_of(name: str, groups: list[dict[str, Any]]) -> str | None:
    """Return the first group one of whose patterns fits; None leaves it out."""
    for group in groups:
        if any(fnmatch.fnmatch(name, pattern) for pattern in group["files"]):
            return str(group["name"])
    return None


def held_out(data: Path, languages: list[str], tests: list[str]) -> Held:
    """Read both sides of every test file."""
    files = [data / f"en-{lang}" / f"{test}.tsv.gz" for lang in languages for test in tests]
    return Held(text for path in files for pair in read(path) for text in pair)


def clean(name: str, english: str, other: str) -> tuple[str, str]:
    """Take the grammar notes off a dictionary's entry; leave sentences alone."""
    if "lexicon/" not in name:
        return english, other
    return NOTE.sub("", english).strip(), NOTE.sub("", other).strip()


class Sieve:
    """Keeps the fit rows of one language, and counts why the others fell."""

    def __init__(self, language: str, longest: int, held: Held) -> None:
        self.language, self.longest, self.held = language, longest, held
        self.seen: set[tuple[str, str]] = set()
        self.rows: list[Row] = []

    def why(self, name: str, english: str, other: str) -> str | None:
        """Return why a pair is left out, or None."""
        wrong = fault(english, other, self.language, self.longest)
        if wrong is None and (english.lower(), other.lower()) in self.seen:
            wrong = "duplicate"
        # A dictionary word is no copy of a sentence, even of a one-word one.
        if wrong is None and "lexicon/" not in name and (self.held.near(english) or self.held.near(other)):
            wrong = "near a test sentence"
        return wrong

    def take(self, name: str, group: str, pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
        """Keep what is fit of one file; return the counts."""
        counts: Counter[str] = Counter()
        for pair in pairs:
            english, other = clean(name, *pair)
            wrong = self.why(name, english, other)
            counts[wrong or "kept"] += 1
            if wrong is None:
                self.seen.add((english.lower(), other.lower()))
                self.rows.append((group, self.language, english, other))
        return dict(counts)


def prepare(config: dict[str, Any], data: Path, out: Path) -> None:
    """Write the cleaned rows and the report."""
    settings = config["data"]
    held = held_out(data, settings["languages"], settings["tests"])
    rows: list[Row] = []
    report: dict[str, dict[str, int]] = {}
    for language in settings["languages"]:
        sieve = Sieve(language, settings["longest"], held)
        for folder in (f"en-{language}", f"lexicon/en-{language}"):
            for path in sorted((data / folder).glob("*.gz")):
                name = f"{folder}/{path.name.removesuffix('.tsv.gz')}"
                group = group_of(name, config["group"])
                if group is not None:
                    report[name] = sieve.take(name, group, read(path))
        rows += sieve.rows
    write(rows, settings, out)
    (out / "prepare.json").write_text(json.dumps(report, indent=1), encoding="utf-8")


def write(rows: list[Row], settings: dict[str, Any], out: Path) -> None:
    """Shuffle, take the development slice from the news, write both files."""
    random.Random(settings["seed"]).shuffle(rows)
    dev: list[Row] = []
    for language in settings["languages"]:
        news = [r for r in rows if r[0] in settings["dev_groups"] and r[1] == language]
        dev += news[: settings["dev_rows"]]
    used = {text for row in dev for text in row[2:]}
    train = [row for row in rows if row[2] not in used and row[3] not in used]
    out.mkdir(parents=True, exist_ok=True)
    for name, part in (("train", train), ("dev", dev)):
        with (out / f"{name}.tsv").open("w", encoding="utf-8", newline="") as file:
            file.writelines("\t".join(row) + "\n" for row in part)


def main() -> None:
    """Run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("config", "data", "out"):
        parser.add_argument(name, type=Path)
    args = parser.parse_args()
    prepare(tomllib.loads(args.config.read_text("utf-8")), args.data, args.out)


if __name__ == "__main__":
    main()
