"""IBM model 1 (Brown et al. 1993) over the pairs of words that occur, for words.py and lexicon.py."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Model:
    """IBM model 1 over the pairs of words that occur together, one direction.

    With `pull` words stay near the diagonal, for languages of the same order, and none comes from nothing.
    """

    def __init__(
        self,
        rows: Sequence[tuple[list[int], list[int]]],
        sizes: tuple[int, int],
        weights: Floats,
        pull: float = 0.0,
    ) -> None:
        width = sizes[1]
        empty = () if pull else (sizes[0],)
        pairs = np.fromiter(
            (e * width + f for source, target in rows for f in target for e in (*source, *empty)), np.int64
        )
        spread = np.fromiter((len(source) + len(empty) for source, target in rows for _ in target), np.int64)
        of_row = np.repeat(np.arange(len(rows)), [len(target) for _, target in rows])
        self.kinds, self.place = np.unique(pairs, return_inverse=True)
        del pairs
        self.spread, self.weight = spread, weights[of_row]
        self.starts = np.concatenate([[0], np.cumsum(spread)[:-1]])
        self.source: Ints = self.kinds // width
        self.target: Ints = self.kinds % width
        self.chance: Floats = np.ones(len(self.kinds))
        self.counts: Floats = np.zeros(len(self.kinds))
        self.near = np.concatenate([nearness(len(s), len(t), pull) for s, t in rows]) if pull else None

    def learn(self, passes: int) -> None:
        """Run expectation maximisation."""
        for _ in range(passes):
            share: Floats = self.chance[self.place]
            if self.near is not None:
                share *= self.near
            total = np.add.reduceat(share, self.starts)
            share *= np.repeat(self.weight / total, self.spread)
            self.counts = np.asarray(np.bincount(self.place, share, len(self.kinds)), np.float64)
            self.chance = self.counts / np.bincount(self.source, self.counts)[self.source]


def nearness(n: int, m: int, pull: float) -> Floats:
    """Return how near the diagonal each of `n` words is for each of `m` words, in a row (m × n)."""
    place = (np.arange(m) + 0.5)[:, None] / m - (np.arange(n) + 0.5)[None, :] / n
    near: Floats = np.exp(-pull * np.abs(place)).ravel()
    return near
