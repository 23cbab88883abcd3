"""Score an exported model on texts it never saw, and show what it says to probes.

Why through the folder: the scores must be those of what is shipped. Usage:
``evaluate.py CONFIG DATA FOLDER [--rows N]``; prints JSON: BLEU and chrF with
sacrebleu's signatures on NTREX and FLORES devtest, and the ten best translations
of every probe.
"""

from __future__ import annotations

import argparse
import json
import time
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import sacrebleu
import torch
from prepare import read

from qa.translator.loading import decoding_of
from qa.translator.neural import NeuralTranslator


class Translator:
    """An exported folder, ready to translate: by the product's own search, which says what `generate` says, sooner."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def translate(self, texts: list[str], pair: str, beams: int, best: int = 1) -> list[list[str]]:
        """Return the `best` translations of each text, likeliest first."""
        model = NeuralTranslator(self.folder, dtype="float32", decoding=replace(decoding_of(self.folder), beams=beams))
        source, target = pair.split("-")
        return [[said.text for said in found] for found in model.translate(texts, source, target, best)]


def score(translator: Translator, data: Path, pair: str, test: str, rows: int, beams: int) -> dict[str, Any]:
    """Return the scores of one test of a pair, on its first `rows` rows (0: all)."""
    source, target = pair.split("-")
    back = target == "en"
    path = data / f"en-{source if back else target}" / f"{test}.tsv.gz"
    pairs = [row[::-1] if back else row for row in list(read(path))[: rows or None]]
    began = time.monotonic()
    said = [best[0] for best in translator.translate([p[0] for p in pairs], pair, beams)]
    seconds = time.monotonic() - began
    result: dict[str, Any] = {"rows": len(pairs), "seconds": round(seconds, 1)}
    for metric in (sacrebleu.BLEU(trg_lang=target), sacrebleu.CHRF()):
        value = metric.corpus_score(said, [[p[1] for p in pairs]])
        result[value.name] = {"score": round(value.score, 2), "signature": str(metric.get_signature())}
    result["first"] = said[:3]
    return result


def main() -> None:
    """Run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("config", "data", "folder"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--rows", type=int, default=0)
    parser.add_argument("--beams", type=int, help="instead of what the folder asks for")
    args = parser.parse_args()
    config = tomllib.loads(args.config.read_text("utf-8"))
    torch.set_num_threads(2)
    translator = Translator(args.folder)
    beams = args.beams or decoding_of(args.folder).beams
    report: dict[str, Any] = {"beams": beams, "tests": {}, "probes": {}}
    for pair in config["pairs"]:
        for test in config["data"]["tests"]:
            report["tests"][f"{pair}/{test}"] = score(translator, args.data, pair, test, args.rows, beams)
        probes = config["probe"]["texts"]
        best = translator.translate(probes, pair, 10, 10)
        report["probes"][pair] = dict(zip(probes, best, strict=True))
    print(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
