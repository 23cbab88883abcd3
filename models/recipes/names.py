"""Ask a model what it is for: is the original name among ten back-translations?

Why: chrF rewards fluent sentences; a checker needs the name behind a literal
rendering ("Sailor silence" → матросская тишина). Cases of the context "bad"
name the rendering (`span`) and the concept; the glossary has the concept's
source terms. A hit is any hypothesis that holds all words of a term, in
order and side by side, by lemma. Usage: ``names.py FOLDER CASES GLOSSARY
LANGUAGE`` (a JSONL file and a folder of CSV files); prints JSON with every case.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pymorphy3
import torch
from evaluate import Translator

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
NOTE = re.compile(r"\{[^}]*\}|\([^)]*\)")


class Lemmas:
    """The possible lemmas of a word, remembered."""

    def __init__(self, language: str) -> None:
        self.morph = pymorphy3.MorphAnalyzer(lang=language)
        self.of = lru_cache(maxsize=100_000)(self._of)

    def _of(self, word: str) -> frozenset[str]:
        return frozenset(parse.normal_form.replace("ё", "е") for parse in self.morph.parse(word))

    def words(self, text: str) -> list[frozenset[str]]:
        """Return the lemmas of each word of a text."""
        return [self.of(word.lower()) for word in WORD.findall(text)]

    def holds(self, text: str, term: str) -> bool:
        """Say whether the term's words stand side by side in the text."""
        said, wanted = self.words(text), self.words(term)
        size = len(wanted)
        return bool(size) and any(
            all(a & b for a, b in zip(said[i : i + size], wanted, strict=True)) for i in range(len(said) - size + 1)
        )


def concepts(folder: Path, language: str) -> dict[str, list[str]]:
    """Return {concept: source terms} of a folder of glossaries (CSV)."""
    rows: list[dict[str, str]] = []
    for path in sorted(folder.glob(f"{language}*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    return {row["id"]: [NOTE.sub("", term).strip() for term in row[language].split("|")] for row in rows}


def measure(folder: Path, cases: Path, glossary: Path, language: str) -> dict[str, Any]:
    """Translate each rendering alone and in its sentence; count the hits."""
    lemmas, terms = Lemmas(language), concepts(glossary, language)
    rows = [json.loads(line) for line in cases.open(encoding="utf-8")]
    rows = [row for row in rows if row["source_lang"] == language and row["context"] == "bad"]
    rows = [row for row in rows if row.get("span") and row["concept"] in terms]
    translator = Translator(folder)
    found: list[dict[str, Any]] = []
    alone = translator.translate([row["span"] for row in rows], f"en-{language}", 10, 10)
    inside = translator.translate([row["text"] for row in rows], f"en-{language}", 10, 10)
    for row, spans, sentences in zip(rows, alone, inside, strict=True):
        wanted = terms[row["concept"]]
        hits = [any(lemmas.holds(text, term) for text in texts for term in wanted) for texts in (spans, sentences)]
        found.append({"id": row["id"], "span": row["span"], "terms": wanted, "alone": hits[0], "inside": hits[1],
                      "best": spans[:3]})  # fmt: skip
    return {
        "cases": len(found),
        "alone": sum(row["alone"] for row in found),
        "inside": sum(row["inside"] for row in found),
        "either": sum(row["alone"] or row["inside"] for row in found),
        "rows": found,
    }


def main() -> None:
    """Run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("folder", "cases", "glossary"):
        parser.add_argument(name, type=Path)
    parser.add_argument("language")
    args = parser.parse_args()
    torch.set_num_threads(2)
    result = measure(args.folder, args.cases, args.glossary, args.language)
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
