"""Deal rows into batches of a few fixed shapes, by group weights, short first.

Why fixed shapes: a compiled graph is for one shape, and shapes that vary fill
the CPU library's cache. Why rounds: the weights may change while training goes
on, and a round is known from its number alone, so a resumed run deals on.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

Rows = NDArray[np.int64]


class Feed:
    """The training rows and the dealing of them."""

    def __init__(self, path: Path, config: dict[str, Any], pad: int) -> None:
        self.data = dict(np.load(path))
        self.settings, self.pad = config["train"], pad
        self.eos = int(self.data["eos"])
        source, target = np.diff(self.data["source_at"]) + 2, np.diff(self.data["target_at"]) + 1
        self.bucket = np.full(len(source), -1, np.int64)
        for number, (wide, high, _) in reversed(list(enumerate(self.settings["shapes"]))):
            self.bucket[(source <= wide) & (target <= high)] = number
        self.bucket[(source == 2) | (target == 1)] = -1
        self.groups = config["group"]
        draw = np.random.default_rng(self.settings["seed"])
        self.members: list[Rows] = []
        for number in range(len(self.groups)):
            found = np.flatnonzero((self.data["group"] == number) & (self.bucket >= 0))
            self.members.append(draw.permutation(found))

    def round(self, number: int, late: bool) -> Rows:
        """Return the rows of one round, a fixed share of every group's epoch."""
        parts = []
        for group, members in zip(self.groups, self.members, strict=True):
            weight = group.get("late", group["weight"]) if late else group["weight"]
            # align.py kept a part of the rarely seen groups; their epoch is larger.
            epoch = len(members) * weight / min(1.0, 1.5 * group["weight"])
            size = int(epoch / self.settings["rounds"])
            if size and len(members):
                parts.append(np.take(members, np.arange(number * size, (number + 1) * size), mode="wrap"))
        return np.random.default_rng([self.settings["seed"], number]).permutation(np.concatenate(parts))

    def batches(self, first: int, progress: list[float]) -> Iterator[tuple[int, dict[str, Tensor]]]:
        """Yield (round, batch) for ever; `progress[0]` in 0..1 steers what is dealt."""
        shapes = self.settings["shapes"]
        pools: list[list[Rows]] = [[] for _ in shapes]
        number = first
        while True:
            rows = self.round(number, progress[0] > self.settings["late_from"])
            cap = sum(progress[0] >= start for start in self.settings["shapes_from"])
            ready: list[tuple[int, Rows]] = []
            for shape, (_, _, size) in enumerate(shapes[:cap]):
                pools[shape].append(rows[self.bucket[rows] == shape])
                pool = np.concatenate(pools[shape])
                whole = len(pool) // size
                ready += [(shape, pool[i * size : (i + 1) * size]) for i in range(whole)]
                pools[shape] = [pool[whole * size :]]
            order = np.random.default_rng([self.settings["seed"], number, 1]).permutation(len(ready))
            for place in order:
                yield number, self.tensors(*ready[place])
            number += 1

    def tensors(self, shape: int, rows: Rows) -> dict[str, Tensor]:
        """Pad rows to a shape: tag, pieces, end; the target shifted; where to look."""
        wide, high, _ = self.settings["shapes"][shape]
        data, size = self.data, len(rows)
        source = np.full((size, wide), self.pad, np.int64)
        previous = np.full((size, high), self.pad, np.int64)
        labels = np.full((size, high), -1, np.int64)
        looks = np.full((size, high), -1, np.int64)
        lengths = np.empty(size, np.int64)
        for place, row in enumerate(rows):
            words = data["source"][data["source_at"][row] : data["source_at"][row + 1]]
            span = slice(data["target_at"][row], data["target_at"][row + 1])
            out, eyes = data["target"][span], data["looks"][span]
            n, m = len(words), len(out)
            source[place, 0], source[place, 1 : n + 1], source[place, n + 1] = data["tags"][row], words, self.eos
            previous[place, 1 : m + 1], labels[place, :m], labels[place, m] = out, out, self.eos
            looks[place, :m], looks[place, m] = np.where(eyes >= 0, eyes + 1, -1), n + 1
            lengths[place] = n + 2
        arrays = {"source": source, "lengths": lengths, "previous": previous, "labels": labels, "looks": looks}
        return {name: torch.from_numpy(array) for name, array in arrays.items()}
