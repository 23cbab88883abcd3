"""Learn the word pieces, and write them as a Marian tokenizer.

Two SentencePiece models, one vocabulary: English and Cyrillic share no words,
and what they do share (digits, marks, Latin names) gets one id. The pieces
that can be written come first, so that training takes its softmax over them
alone; the pieces that are only read follow. Usage: ``tokenizer.py CONFIG OUT``.

The source side (here English) is only read, so it need not be restorable: a capital becomes
a mark before the small word, quotes become one kind, and marks stand free.
"Silence", “silence” and «Silence» thus share the word's own piece, which titles
and names in quotes would else never reach.

Reads ``OUT/train.tsv`` and ``OUT/phrases.tsv``; writes ``OUT/tokenizer/`` (source.spm, target.spm,
vocab.json, tokenizer_config.json) and ``OUT/vocabulary.json`` (sizes).
"""

from __future__ import annotations

import argparse
import json
import random
import tomllib
from pathlib import Path
from typing import Any

import sentencepiece as spm
from prepare import made

PAD, EOS, UNK = "<pad>", "</s>", "<unk>"
TAGS = {
    "cs": ">>ces<<",
    "de": ">>deu<<",
    "en": ">>eng<<",
    "es": ">>spa<<",
    "fr": ">>fra<<",
    "pl": ">>pol<<",
    "ru": ">>rus<<",
    "uk": ">>ukr<<",
    "zh": ">>zho<<",
}
CAPITAL = "\u21e7"
SPACES = "\u00a0\u2009\u202f\u200b\t"
QUOTES = '"“”„‟«»'
FREE = "()[]-–—/"


def rules(path: Path, small: str) -> None:
    """Write the normalisation of what is read as SentencePiece wants it: code points."""
    table = dict.fromkeys(QUOTES, ' " ') | {mark: f" {mark} " for mark in FREE}
    table |= dict.fromkeys(SPACES, " ") | {"’": "'", "‘": "'", "…": "..."}
    # Only before a small letter: acronyms stay as they are.
    table |= {a.upper() + b: f" {CAPITAL} {a}{b}" for a in small for b in small}

    def codes(text: str) -> str:
        return " ".join(f"{ord(letter):X}" for letter in text)

    path.write_text("".join(f"{codes(a)}\t{codes(b)}\n" for a, b in table.items()), "utf-8")


def learn(lines: list[str], prefix: Path, size: int, **normal: Any) -> list[str]:
    """Train one SentencePiece model; return its pieces without the control ones."""
    spm.SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_prefix=str(prefix),
        vocab_size=size,
        model_type="unigram",
        character_coverage=0.9998,
        split_digits=True,
        **normal,
        unk_id=0,
        bos_id=-1,
        eos_id=1,
        pad_id=-1,
        num_threads=2,
        minloglevel=1,
        num_sub_iterations=1,
        seed_sentencepiece_size=300_000,
    )
    prefix.with_suffix(".vocab").unlink()
    prefix.with_suffix(".model").rename(prefix.with_suffix(".spm"))
    model = spm.SentencePieceProcessor(model_file=str(prefix.with_suffix(".spm")))
    return [model.id_to_piece(i) for i in range(2, model.get_piece_size())]


def describe(folder: Path, source: str, tags: list[str]) -> None:
    """Write the settings that make transformers open the folder as a Marian tokenizer."""
    (folder / "tokenizer_config.json").write_text(
        json.dumps(
            {
                "tokenizer_class": "MarianTokenizer",
                "source_lang": source,
                "target_lang": "+".join(tag.strip("<>") for tag in tags),
                "model_max_length": 512,
                "eos_token": EOS,
                "unk_token": UNK,
                "pad_token": PAD,
                "separate_vocabs": False,
            },
            indent=1,
        ),
        "utf-8",
    )


def build(config: dict[str, Any], out: Path) -> None:
    """Learn both sides from a sample, and write the tokenizer's folder."""
    settings = config["tokenizer"]
    folder = out / "tokenizer"
    folder.mkdir(parents=True, exist_ok=True)
    rows = [*made(out, "train", "phrases")]
    weight = {group["name"]: group["weight"] for group in config["group"]}
    draw = random.Random(settings["seed"])
    # Names are endless and regular: a few teach their pieces.
    rows = draw.choices(rows, [weight.get(row[0], 1.0) for row in rows], k=settings["sample"])
    rules(out / "rules.tsv", settings["letters"])
    source = learn(
        [row[2] for row in rows],
        folder / "source",
        settings["source_size"],
        normalization_rule_tsv=str(out / "rules.tsv"),
        user_defined_symbols=[f"\u2581{mark}" for mark in CAPITAL + '".,' + FREE],
    )
    target = learn(
        [row[3] for row in rows],
        folder / "target",
        settings["target_size"],
        # NFKC would turn the wide marks of Chinese into narrow ones.
        normalization_rule_name=settings.get("target_normal", "nmt_nfkc"),
    )
    tags = sorted({TAGS[row[1]] for row in rows})
    written = [EOS, UNK, PAD, *target]
    read = [piece for piece in [*tags, *source] if piece not in set(written)]
    vocabulary = {piece: number for number, piece in enumerate([*written, *read])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False, indent=0), "utf-8")
    describe(folder, settings["source"], tags)
    sizes = {"written": len(written), "all": len(vocabulary)}
    (out / "vocabulary.json").write_text(json.dumps(sizes), "utf-8")


def main() -> None:
    """Run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    build(tomllib.loads(args.config.read_text("utf-8")), args.out)


if __name__ == "__main__":
    main()
