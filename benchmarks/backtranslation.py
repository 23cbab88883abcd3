"""What back-translation adds where a glossary has only source terms and accepted renderings.

Usage: python benchmarks/backtranslation.py [--model NAME_OR_FOLDER] [--lang ru] [--list]

The literal-name cases of a source language are run with a glossary that is the built-in
one without its wrong renderings, kinds and context words, with the model and without:
recall on bad contexts, false alarms on the others, and how often the source term is among
the ten hypotheses for the words alone, for names of several words and of one.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from pathlib import Path
from typing import Any

import quality

import qa
from qa.glossary import builtin
from qa.glossary.matcher import Matcher, tokens
from qa.translator import open_translator

CASES = Path(__file__).parent.parent / "tests" / "cases" / "literal-name.jsonl"


def write_glossary(path: Path, lang: str) -> None:
    """`source term, accepted rendering` of every built-in name of a language."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["id", lang, "en"])
        for concept in builtin().concepts:
            source = [t.text for t in concept.terms if t.lang == lang and t.status.accepted]
            target = [t.text for t in concept.accepted("en")]
            if source and target and concept.is_name:
                rows.writerow(
                    [concept.id, *("|".join(t.replace("|", r"\|") for t in side) for side in (source, target))]
                )


def figures(checker: qa.Checker, items: list[dict[str, Any]], show: bool) -> str:
    """Recall and false alarms of a checker."""
    outcomes = [(item, *quality.outcome(checker, item, True)) for item in items]
    for item, right, said in outcomes if show else ():
        if not right:
            print(f"  {item['id']} ({item['context']}) {item['text']}\n      {said}")
    bad = [right for item, right, _ in outcomes if item["context"] == "bad"]
    other = [right for item, right, _ in outcomes if item["context"] != "bad"]
    alarms = sum(not right for right in other)
    return f"found {sum(bad)} of {len(bad)} ({sum(bad) / len(bad):.1%}), false alarms {alarms} of {len(other)}"


def among_hypotheses(matcher: Matcher, items: list[dict[str, Any]], lang: str, model: str | None) -> None:
    """How often the source term of a bad case is one of the ten hypotheses."""
    translator = open_translator("en", lang, model=model)
    bad = [item for item in items if item["context"] == "bad"]
    found = translator.translate([item["span"].lower() for item in bad], "en", lang, 10)
    for name, several in (("names of several words", True), ("names of one word", False)):
        hits = [
            any(m.concept.id == item["concept"] for h in hyps for m in _terms(matcher, h.text, lang))
            for item, hyps in zip(bad, found, strict=True)
            if (" " in item["span"]) is several
        ]
        print(f"{name}: the source term is among ten hypotheses for {sum(hits)} of {len(hits)}")


def _terms(matcher: Matcher, text: str, lang: str) -> list[Any]:
    return list(matcher.search(text.title(), tokens(text.title()), lang))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model")
    parser.add_argument("--lang", default="ru")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    items = [item for item in quality.items(CASES.parent) if item["source_lang"] == options.lang]
    items = [item for item in items if not item["id"].startswith("calque")]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "own.csv"
        write_glossary(path, options.lang)
        shared = {"glossaries": (str(path),), "builtin_glossary": False, "select": ("literal-name",)}
        without = qa.Checker(qa.Config(neural="off", **shared))  # type: ignore[arg-type]
        print(f"without a model: {figures(without, items, False)}")
        model = qa.Checker(qa.Config(neural="on", model=options.model, **shared))  # type: ignore[arg-type]
        print(f"with the model:  {figures(model, items, options.list)}")
        among_hypotheses(model.matcher, items, options.lang, options.model)


if __name__ == "__main__":
    main()
