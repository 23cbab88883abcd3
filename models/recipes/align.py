"""Align the pieces of every pair, and start the embeddings from the alignment.

Why: attention takes millions of tokens to find which word translates which; a
lexical model (IBM model 1 with a pull to the diagonal, after Brown et al. 1993
and Dyer et al. 2013) finds it in a minute. Training then shows the decoder
where to look, and a factorisation of the same counts puts words beside their
translations before the first step. Usage: ``align.py CONFIG OUT``.

Reads ``OUT/train.tsv``, ``OUT/phrases.tsv``, ``OUT/pivot.tsv``, the tokenizer; writes
``OUT/train.npz`` (pieces, offsets, alignment, group) and ``OUT/embeddings.pt``.
"""

from __future__ import annotations

import argparse
import json
import random
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece as spm
import torch
from numpy.typing import NDArray
from prepare import made
from tokenizer import EOS, TAGS, UNK
from torch import Tensor

Ints = NDArray[np.int32]


class Pieces:
    """Turns text into vocabulary numbers as the Marian tokenizer does."""

    def __init__(self, folder: Path) -> None:
        self.vocabulary: dict[str, int] = json.loads((folder / "vocab.json").read_text("utf-8"))
        self.models = [
            spm.SentencePieceProcessor(model_file=str(folder / f"{side}.spm")) for side in ("source", "target")
        ]

    def encode(self, side: int, lines: list[str]) -> list[list[int]]:
        """Number the pieces of many lines (side 0 English, 1 other)."""
        unknown, table = self.vocabulary[UNK], self.vocabulary
        if side:  # a stray letter must not become a piece that is only read
            model = self.models[1]
            own = [model.id_to_piece(i) for i in range(1, model.get_piece_size())]
            table = {piece: table[piece] for piece in own}
        return [
            [table.get(piece, unknown) for piece in pieces]
            for pieces in self.models[side].encode(lines, out_type=str, num_threads=2)
        ]


def flat(rows: list[list[int]]) -> tuple[Ints, NDArray[np.int64]]:
    """Return all numbers in one array, and where each row starts."""
    starts = np.zeros(len(rows) + 1, np.int64)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    return np.fromiter((n for row in rows for n in row), np.int32, int(starts[-1])), starts


class Aligner:
    """IBM model 1 with a diagonal prior over dense tables, on torch."""

    def __init__(self, source: int, target: int, pull: float) -> None:
        self.table = torch.full((source + 1, target), 1.0 / target)
        self.pull = pull

    def posteriors(self, source: Tensor, target: Tensor) -> Tensor:
        """Return p(source position or none | target position): (b, t, s + 1).

        `source` (b, s) and `target` (b, t) are rows of one length each; the
        last row of the table is the empty word.
        """
        rows, width = source.shape
        height = target.shape[1]
        empty = torch.full((rows, 1), self.table.shape[0] - 1)
        index = torch.cat([source, empty], 1)[:, None, :] * self.table.shape[1] + target[:, :, None]
        chance = self.table.view(-1)[index.view(-1)].view(rows, height, width + 1)
        across = (torch.arange(width) + 0.5) / width
        down = (torch.arange(height) + 0.5) / height
        prior = torch.softmax(-self.pull * (down[:, None] - across[None, :]).abs(), -1)
        chance = chance * torch.cat([prior * 0.92, torch.full((height, 1), 0.08)], 1)
        self.index = index
        return chance / chance.sum(-1, keepdim=True).clamp(min=1e-30)


def grouped(source: NDArray[np.int64], target: NDArray[np.int64], budget: int) -> list[NDArray[np.int64]]:
    """Return row numbers in batches of one source and one target length."""
    order = np.lexsort((target, source))
    shape = source[order] * 1000 + target[order]
    cuts = np.flatnonzero(np.diff(shape)) + 1
    out = []
    for run in np.split(order, cuts):
        cell = int(source[run[0]] + 1) * int(target[run[0]]) or 1
        step = max(1, budget // cell)
        out += [run[i : i + step] for i in range(0, len(run), step)]
    return out


def batch(values: Ints, starts: NDArray[np.int64], rows: NDArray[np.int64]) -> Tensor:
    """Return rows of one length as a matrix."""
    length = int(starts[rows[0] + 1] - starts[rows[0]])
    return torch.from_numpy(values[starts[rows][:, None] + np.arange(length)].astype(np.int64))


def align(
    sides: list[tuple[Ints, NDArray[np.int64]]], sizes: tuple[int, int], settings: dict[str, Any]
) -> tuple[NDArray[np.int16], Tensor]:
    """Return each target piece's source position (-1: none) and the expected counts."""
    (source, s_at), (target, t_at) = sides
    s_len, t_len = np.diff(s_at), np.diff(t_at)
    fit = np.flatnonzero((s_len > 0) & (t_len > 0) & (s_len <= 90) & (t_len <= 90))
    runs = [fit[run] for run in grouped(s_len[fit], t_len[fit], 3_000_000)]
    aligner = Aligner(*sizes, settings["pull"])
    counts = torch.zeros_like(aligner.table)
    for step in range(settings["passes"]):
        counts.zero_()
        for run in runs:
            post = aligner.posteriors(batch(source, s_at, run), batch(target, t_at, run))
            counts.view(-1).index_add_(0, aligner.index.view(-1), post.view(-1))
        smoothed = counts + 1e-4
        aligner.table = smoothed / smoothed.sum(1, keepdim=True)
        print("pass", step + 1, flush=True)
    looks = np.full(len(target), -1, np.int16)
    for run in runs:
        post = aligner.posteriors(batch(source, s_at, run), batch(target, t_at, run))
        best = post.max(-1)
        place = torch.where((best.indices < post.shape[-1] - 1) & (best.values > settings["sure"]), best.indices, -1)
        spots = t_at[run][:, None] + np.arange(post.shape[1])
        looks[spots.ravel()] = place.numpy().ravel()
    return looks, counts


def embed(counts: Tensor, width: int, seed: int) -> Tensor:
    """Return unit vectors (source rows, then target rows) from the expected counts."""
    torch.manual_seed(seed)
    rows, columns = counts.sum(1, keepdim=True) + 1, counts.sum(0, keepdim=True) + 1
    score = (counts * counts.sum() / (rows * columns) / 5 + 1).log()
    score *= counts / (counts + 2)
    left, values, right = torch.svd_lowrank(score, q=width, niter=3)
    table = torch.cat([left, right]) * values.sqrt()
    norms: Tensor = torch.linalg.vector_norm(table, dim=1, keepdim=True)
    unit: Tensor = table / norms.clamp(min=1e-6) * (norms > 1e-4)
    return unit


def run(config: dict[str, Any], out: Path) -> None:
    """Number, align, factorise, write."""
    pieces = Pieces(out / "tokenizer")
    groups = [group["name"] for group in config["group"]]
    share = {group["name"]: 1.5 * group["weight"] for group in config["group"]}
    draw = random.Random(config["align"]["seed"])
    # What training will hardly see is not worth aligning.
    rows = [row for row in made(out, "train", "phrases", "pivot", "sister") if draw.random() < share[row[0]]]
    tags = np.array([pieces.vocabulary[TAGS[row[1]]] for row in rows], np.int32)
    sides = [flat(pieces.encode(side, [row[2 + side] for row in rows])) for side in (0, 1)]
    print("pieces", [len(side[0]) for side in sides], flush=True)
    size = json.loads((out / "vocabulary.json").read_text("utf-8"))
    looks, counts = align(sides, (size["all"], size["written"]), config["align"])
    np.savez(
        out / "train.npz",
        source=sides[0][0],
        source_at=sides[0][1],
        target=sides[1][0],
        target_at=sides[1][1],
        looks=looks,
        tags=tags,
        eos=pieces.vocabulary[EOS],
        group=np.array([groups.index(row[0]) for row in rows], np.int16),
    )
    vectors = embed(counts[: size["all"]], config["model"]["width"], config["align"]["seed"])
    # A piece of both sides takes the vector of the side that uses it more.
    table, written = vectors[: size["all"]].clone(), size["written"]
    more = counts.sum(0) >= counts[:written].sum(1)
    table[:written][more] = vectors[size["all"] :][more]
    torch.save(table, out / "embeddings.pt")


def main() -> None:
    """Run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    run(tomllib.loads(args.config.read_text("utf-8")), args.out)


if __name__ == "__main__":
    main()
