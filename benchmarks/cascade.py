"""The cascade's side of neural.py: a feed of articles, and what it costs to check it.

Everything: each sentence of the feed is back-translated, by transformers and by this
package. Cascade: the feed is checked with all rules, and only candidates reach the model;
cached: again, with what the first run left in the cache. Rules: checked without a model.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import clean

import qa
from qa.document import Document
from qa.reports.summary import Summary
from qa.translator import open_translator

CASES = Path(__file__).resolve().parents[1] / "tests" / "cases" / "literal-name.jsonl"
CHECKED = ("cascade", "cascade-cached", "rules")
SYSTEMS = ("transformers-1", "transformers-pipeline", "everything", *CHECKED)
GOAL = 20


def add_options(parser: argparse.ArgumentParser) -> None:
    """What the feed is made of."""
    add = parser.add_argument
    add("--articles", type=Path, metavar="PATH", help="the cascade on news: a folder, or a .tsv or .tsv.gz")
    add("--column", type=int, default=0, help="of the segments in a .tsv")
    add("--segments", type=int, default=1000)
    add("--size", type=int, default=20, help="segments an article")
    add("--mix", type=int, default=50, help="a sentence of the literal-name cases after so many segments; 0: none")
    add("--every", type=int, default=4, help="everything is timed on each n-th sentence, transformers on fewer still")


def feed(args: argparse.Namespace) -> list[qa.Article]:
    """Articles of `size` segments, with a case of the source language after every `mix` of them, none twice."""
    lines = list(_mixed(_lines(args.articles, args.column)[: args.segments], _cases(args.tgt), args.mix))
    paragraphs = [lines[first : first + args.size] for first in range(0, len(lines), args.size)]
    return [
        qa.Article(str(n), "\n\n".join(part), source_lang=args.tgt, target_lang=args.src)
        for n, part in enumerate(paragraphs)
    ]


def _lines(path: Path, column: int) -> list[str]:
    if path.is_file():
        return clean.segments(path, column)
    return [block.of(a.text) for a in qa.read([str(path)]) for block in Document(a).blocks]


def _cases(lang: str) -> Iterator[str]:
    rows = map(json.loads, CASES.read_text(encoding="utf-8").splitlines())
    texts = [row["text"] for row in rows if row["source_lang"] == lang]
    random.Random(7).shuffle(texts)
    return iter(texts)


def _mixed(lines: list[str], cases: Iterator[str], mix: int) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        yield line
        if mix and number % mix == 0 and (case := next(cases, None)):
            yield case


def sentences(articles: list[qa.Article]) -> list[str]:
    """All sentences of the articles."""
    return [s.of(doc.text) for doc in map(Document, articles) for s in doc.sentences]


def make(name: str, folder: Path, args: argparse.Namespace) -> Callable[[list[Any]], Any]:
    """One of this package's systems, its model loaded, ready to be timed."""
    if name == "everything":
        translator = open_translator(args.src, args.tgt, model=str(folder), device=args.device, cache=False)
        return lambda texts: translator.translate(texts, args.src, args.tgt)
    cache = Path(tempfile.mkdtemp())
    os.environ["TISHINA_CACHE"] = str(cache)
    checker = qa.Checker(
        qa.Config(neural="off") if name == "rules" else qa.Config(neural="on", model=str(folder), device=args.device)
    )
    if late := checker.back_translation.translator(args.src, args.tgt):
        late.translate(["The model is loaded."], args.src, args.tgt)

    def run(articles: list[qa.Article]) -> Summary:
        for file in cache.glob("translations.*") if name == "cascade" else ():
            file.unlink()
        summary = Summary()
        deque(summary.watch(checker.check_many(articles)), maxlen=0)
        if summary.errors:
            raise SystemExit("an article could not be checked")
        return summary

    return run


def conclude(results: dict[str, dict[str, Any]]) -> None:
    """How many times as fast the cascade is as everything, and how few sentences reached the model."""
    for name in ("cascade", "cascade-cached"):
        ratios = [
            f"{results[other]['seconds'] / results[name]['seconds']:.1f} × {other}"
            for other in ("transformers-1", "transformers-pipeline", "everything")
            if name in results and other in results
        ]
        if ratios:
            print(f"{name}: {', '.join(ratios)} (goal: {GOAL} × everything)")
        if name in results:
            print(f"  {results[name]['share']}")
