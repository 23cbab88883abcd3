"""What low-adequacy finds in parallel text: segments that were exchanged, and how often it is wrong.

Usage: python benchmarks/adequacy.py FILE.tsv.gz --lang ru [--from-english] [--segments 600] [--size 20]
       [--model NAME_OR_FOLDER]

FILE holds English, tab, the other language, line by line; it is cut into English articles of
`--size` segments (into articles of the other language with `--from-english`). In each article
one segment is replaced by one from elsewhere that is about as long, as where a translator
skipped or doubled a line. A second run halves one segment instead (an omission). Printed are
the shares found, and flags on the segments that nobody touched.
"""

from __future__ import annotations

import argparse
import gzip
import random
from collections.abc import Sequence
from pathlib import Path

import qa

Pair = tuple[str, str]


def exchanged(articles: Sequence[list[Pair]], draw: random.Random) -> list[tuple[list[Pair], int]]:
    """Each article with one English segment of another article in it, and which."""
    out = []
    for number, article in enumerate(articles):
        place = draw.randrange(len(article))
        others = [pair[0] for i, other in enumerate(articles) if i != number for pair in other]
        length = len(article[place][0])
        text = min(others, key=lambda other: (abs(len(other) - length), other))
        out.append(([*article[:place], (text, article[place][1]), *article[place + 1 :]], place))
    return out


def halved(articles: Sequence[list[Pair]], draw: random.Random) -> list[tuple[list[Pair], int]]:
    """Each article with one segment whose second half is missing, and which: the longest of three."""
    out = []
    for article in articles:
        place = max(draw.sample(range(len(article)), 3), key=lambda i: len(article[i][0]))
        words = article[place][0].split()
        text = " ".join(words[: (len(words) + 1) // 2])
        out.append(([*article[:place], (text, article[place][1]), *article[place + 1 :]], place))
    return out


def flagged(checker: qa.Checker, pairs: Sequence[Pair], source: str, target: str) -> set[int]:
    """The segments of an article that low-adequacy flags, by number."""
    text, spans = "", []
    for segment, _ in pairs:
        start = len(text) + (2 if text else 0)
        text = f"{text}\n\n{segment}" if text else segment
        spans.append(qa.Span(start, len(text)))
    aligned = tuple((other, span) for (_, other), span in zip(pairs, spans, strict=True))
    article = qa.Article("x", text, title="", pairs=aligned, source_lang=source, target_lang=target)
    starts = {span.start: number for number, span in enumerate(spans)}
    return {starts[finding.start] for finding in checker.check(article).findings}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--lang", required=True)
    parser.add_argument("--from-english", action="store_true")
    parser.add_argument("--segments", type=int, default=600)
    parser.add_argument("--size", type=int, default=20)
    parser.add_argument("--model")
    options = parser.parse_args()
    with gzip.open(options.file, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines][: options.segments]
    pairs = [(row[1], row[0]) if options.from_english else (row[0], row[1]) for row in rows]
    languages = ("en", options.lang) if options.from_english else (options.lang, "en")
    articles = [pairs[i : i + options.size] for i in range(0, len(pairs), options.size)]
    checker = qa.Checker(qa.Config(select=("low-adequacy",), neural="on", model=options.model))
    for name, change in (("exchanged", exchanged), ("halved", halved)):
        found = alarms = untouched = 0
        for article, place in change(articles, random.Random(20)):
            hits = flagged(checker, article, *languages)
            found += place in hits
            alarms += len(hits - {place})
            untouched += len(article) - 1
        print(
            f"{name}: found {found} of {len(articles)}; "
            f"of {untouched} segments that nobody touched {alarms} flagged ({1000 * alarms / untouched:.1f} per 1,000)"
        )


if __name__ == "__main__":
    main()
