"""Ukrainian out of Russian: sentences for a language that has a fifth of its sister's.

Why: the parallel text holds 70 thousand different English sentences with Ukrainian and
440 thousand with Russian. The two languages say most things with the same words in the
same order, so a model from one to the other is learnt in minutes from the sentences whose
English is the same; it turns the other Russian sides into Ukrainian, and the dictionary
and the phrases too. What it is unsure of, and what has a Russian letter or a word that no
Ukrainian dictionary knows, is dropped. With ``--beside FOLDER``, a model from English that
writes the same pieces (an earlier state of the one to train), the two say it together
(ensemble.py): better than either.

Usage: ``pivot.py pairs CONFIG OUT PIVOT`` reads ``OUT/train.tsv`` and writes PIVOT as
align.py and train.py want it; ``pivot.py render CONFIG OUT FOLDER``, with the model that
these made (export.py --bare), writes ``OUT/pivot.tsv``: rows of the groups ``pivot`` (sentences)
and ``pivot-words`` (dictionary and phrases). CONFIG is the pivot's own.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pymorphy3
import torch
from ensemble import Ensemble, Said
from prepare import FOREIGN, Row, key, made, write
from tokenizer import EOS, PAD, TAGS, UNK

from qa.translator.neural import NeuralTranslator
from qa.translator.types import Decoding

GROUP = "pairs"
WORD = re.compile(r"\b[а-щьюяіїєґ']{2,}\b")
STEP = 5_000  # sentences between two lines of progress


def trigrams(text: str) -> set[str]:
    """Return the letter trigrams of a text."""
    return {text[i : i + 3] for i in range(len(text) - 2)}


def nearest(text: str, others: list[str]) -> str:
    """Return the one of `others` that shares the largest part of its trigrams with `text`."""
    mine = trigrams(text)
    return max(others, key=lambda other: len(mine & trigrams(other)) / (len(mine | trigrams(other)) or 1))


def pairs(found: Iterable[Row]) -> list[Row]:
    """Return (group, uk, Russian, Ukrainian) for the sentences and places whose English is the same."""
    sides: dict[tuple[bool, str], dict[str, list[str]]] = defaultdict(lambda: {"ru": [], "uk": []})
    for group, language, english, other in found:
        name = group in ("places", "names")
        if name or english.count(" ") > 1:
            sides[name, key(english)][language].append(other)
    return [
        (GROUP, "uk", nearest(ukrainian, side["ru"]), ukrainian)
        for side in sides.values()
        if side["ru"]
        for ukrainian in side["uk"]
    ]


def tokenizer(out: Path, folder: Path) -> None:
    """Write the tokenizer: the pieces of the written side of OUT's, on both sides."""
    made, given = folder / "tokenizer", out / "tokenizer"
    made.mkdir(parents=True, exist_ok=True)
    size = json.loads((out / "vocabulary.json").read_text("utf-8"))["written"]
    numbers = json.loads((given / "vocab.json").read_text("utf-8"))
    written = [piece for piece, number in numbers.items() if number < size]
    if written[:3] != [EOS, UNK, PAD]:
        raise SystemExit(f"{given / 'vocab.json'} does not begin with {EOS}, {UNK}, {PAD}")
    vocabulary = {piece: number for number, piece in enumerate([*written, TAGS["uk"]])}
    (made / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False, indent=0), "utf-8")
    for side in ("source", "target"):
        shutil.copyfile(given / "target.spm", made / f"{side}.spm")
    settings = json.loads((given / "tokenizer_config.json").read_text("utf-8"))
    settings |= {"source_lang": "rus", "target_lang": "ukr"}
    (made / "tokenizer_config.json").write_text(json.dumps(settings, indent=1), "utf-8")
    sizes = {"written": len(written), "all": len(vocabulary)}
    (folder / "vocabulary.json").write_text(json.dumps(sizes), "utf-8")


def wanted(settings: dict[str, Any], out: Path) -> list[Row]:
    """Return the Russian rows to turn: of the chosen groups, of English that has no Ukrainian yet."""
    train = [*made(out, "train", "phrases")]
    known = {key(english) for _, language, english, _ in train if language == "uk"}
    random.Random(settings["seed"]).shuffle(train)
    left = dict(settings["groups"])
    seen: dict[str, int] = defaultdict(int)
    chosen = []
    for row in train:
        group, language, english, other = row
        words = key(english)
        if len(other) > settings["longest"]:
            continue
        if language == "ru" and left.get(group, 0) and words not in known and seen[words] < settings["readings"]:
            seen[words] += 1
            left[group] -= 1
            chosen.append(row)
    return chosen


def fits(russian: str, said: Said, least: list[float], morph: pymorphy3.MorphAnalyzer) -> bool:
    """Say whether the models were sure, the length is about what it was, and the words are Ukrainian ones.

    `least` are nats of the mean piece and of the worst. Only lower-case words are looked up:
    no dictionary has all the names.
    """
    small, large = sorted((len(russian), len(said.text)))
    if FOREIGN["uk"].search(said.text) or large > 1.3 * small + 4 or said.mean < least[0]:
        return False
    if min(said.logprobs) < least[1]:
        return False
    return all(map(morph.word_is_known, WORD.findall(said.text.replace("’", "'"))))


def render(config: dict[str, Any], out: Path, folder: Path, beside: Path | None) -> None:
    """Write OUT/pivot.tsv: what the model says with enough certainty, or the two of them together."""
    settings = config["render"]
    torch.set_num_threads(config["train"]["threads"])
    how = Decoding(beams=settings["beams"])
    folders = [(folder, "ru"), *([(beside, "en")] if beside else [])]
    models = Ensemble([(NeuralTranslator(one, dtype="int8", decoding=how), source) for one, source in folders], "uk")
    morph = pymorphy3.MorphAnalyzer(lang="uk")
    chosen = wanted(settings, out)
    kept = 0
    with (out / "pivot.tsv").open("w", encoding="utf-8", newline="") as file:
        for begin in range(0, len(chosen), STEP):
            part = chosen[begin : begin + STEP]
            said = models.translate([(russian, english)[: len(folders)] for _, _, english, russian in part])
            for (group, _, english, russian), best in zip(part, said, strict=True):
                name = "pivot-words" if group in settings["words"] else "pivot"
                if best and fits(russian, best, settings["sure"][name], morph):
                    kept += 1
                    file.write(f"{name}\tuk\t{english}\t{best.text}\n")
            print(f"{begin + len(part)} of {len(chosen)} turned, {kept} kept", flush=True)


def main() -> None:
    """Run one of the two steps."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=["pairs", "render"])
    for name in ("config", "out", "folder"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--beside", type=Path, help="folder of a model from English that writes the same pieces")
    args = parser.parse_args()
    config = tomllib.loads(args.config.read_text("utf-8"))
    if args.step == "render":
        render(config, args.out, args.folder, args.beside)
        return
    tokenizer(args.out, args.folder)
    write(pairs(made(args.out, "train")), config["data"], args.folder)


if __name__ == "__main__":
    main()
