"""What tables of words and back-translation add where a glossary has only source terms and accepted renderings.

Usage: python benchmarks/backtranslation.py [--model NAME_OR_FOLDER] [--lang ru] [--kinds] [--cases FILE] [--list]

The literal-name cases of a source language are run with a glossary that is the built-in
one without its wrong renderings, kinds and context words (`--kinds` keeps the kinds): with
neither, with the table of words, with the model, with both. Printed are recall on bad
contexts (of all, and of compositional ones: each word of the rendering translates a word
of the source term, as labelled in `benchmarks/compositional.tsv`), false alarms on the
others, and how often the source term is among the ten hypotheses for the words alone.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

import quality

import qa
from qa.glossary import builtin
from qa.glossary.matcher import Matcher, tokens
from qa.translator import open_translator

CASES = Path(__file__).parent.parent / "tests" / "cases" / "literal-name.jsonl"
COMPOSITIONAL = Path(__file__).parent / "compositional.tsv"
Item = dict[str, Any]


def write_glossary(path: Path, lang: str, kinds: bool) -> None:
    """`source term, accepted rendering` of every built-in name of a language, with or without its kind."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["id", "kind", lang, "en"])
        for concept in builtin().concepts:
            source = [t.text for t in concept.terms if t.lang == lang and t.status.accepted]
            target = [t.text for t in concept.accepted("en")]
            if source and target and concept.is_name:
                sides = ("|".join(t.replace("|", r"\|") for t in side) for side in (source, target))
                rows.writerow([concept.id, concept.kind if kinds else "", *sides])


def compositional() -> set[str]:
    """The cases whose rendering is the source term word by word."""
    return {line.split("\t")[0] for line in COMPOSITIONAL.read_text("utf-8").splitlines()[1:]}


def figures(checker: qa.Checker, items: list[Item], show: bool) -> str:
    """Recall and false alarms of a checker."""
    outcomes = [(item, *quality.outcome(checker, item, True)) for item in items]
    for item, right, said in outcomes if show else ():
        if not right:
            print(f"  {item['id']} ({item['context']}) {item['text']}\n      {said}")
    chosen = compositional()
    bad = [(item["id"] in chosen, right) for item, right, _ in outcomes if item["context"] == "bad"]
    told = [right for of_words, right in bad if of_words]
    other = [right for item, right, _ in outcomes if item["context"] != "bad"]
    return (
        f"found {sum(right for _, right in bad)} of {len(bad)}, compositional {sum(told)} of {len(told)}; "
        f"false alarms {sum(not right for right in other)} of {len(other)}"
    )


def among_hypotheses(matcher: Matcher, items: list[Item], lang: str, model: str | None) -> None:
    """How often the source term of a bad case is one of the ten hypotheses: of compositional ones, where labelled."""
    translator = open_translator("en", lang, model=model)
    bad = [item for item in items if item["context"] == "bad" and "concept" in item]
    found = translator.translate([item["span"].lower() for item in bad], "en", lang, 10)
    hit = [
        any(m.concept.id == item["concept"] for h in hyps for m in _terms(matcher, h.text, lang))
        for item, hyps in zip(bad, found, strict=True)
    ]
    chosen = compositional() & {item["id"] for item in bad} or {item["id"] for item in bad}
    for name, several in (("several words", True), ("one word", False)):
        hits = [
            right
            for item, right in zip(bad, hit, strict=True)
            if item["id"] in chosen and (" " in item["span"]) is several
        ]
        print(f"names of {name}: the source term is among ten hypotheses for {sum(hits)} of {len(hits)}")


def _terms(matcher: Matcher, text: str, lang: str) -> list[Any]:
    return list(matcher.search(text.title(), tokens(text.title()), lang))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model")
    parser.add_argument("--lang", default="ru")
    parser.add_argument("--kinds", action="store_true", help="leave the kinds in the glossary")
    parser.add_argument("--cases", type=Path, default=CASES)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    lines = [json.loads(line) for line in options.cases.read_text("utf-8").splitlines()]
    items = [item for item in lines if item["source_lang"] == options.lang]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "own.csv"
        write_glossary(path, options.lang, options.kinds)
        shared = {"glossaries": (str(path),), "builtin_glossary": False, "select": ("literal-name",)}
        without = qa.Config(neural="off", **shared)  # type: ignore[arg-type]
        model = qa.Config(neural="on", model=options.model, **shared)  # type: ignore[arg-type]
        with patch("qa.glossary.literal.find_dictionary", return_value=None):
            print(f"neither:  {figures(qa.Checker(without), items, False)}")
            print(f"model:    {figures(qa.Checker(model), items, False)}", flush=True)
        print(f"words:    {figures(qa.Checker(without), items, False)}", flush=True)
        checker = qa.Checker(model)
        print(f"both:     {figures(checker, items, options.list)}", flush=True)
        among_hypotheses(checker.matcher, items, options.lang, options.model)


if __name__ == "__main__":
    main()
