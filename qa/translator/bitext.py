"""Two texts that are not aligned: which sentences of one translate which of the other.

As Bleualign (Sennrich & Volk 2010): the target is back-translated into the source's
language, sentences are compared there (sacrebleu's sentence chrF), and a dynamic programme
finds the best chain of links 1-1, 1-2, 2-1, 1-0 and 0-1 that crosses nowhere. Sentences
far from the diagonal are not compared, as in Gargantua, so long texts stay cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Any

from qa.translator.types import Translator

STEPS = ((1, 1), (1, 2), (2, 1), (1, 0), (0, 1))
"""Source and target sentences that one link takes; the first wins where gains are equal."""
FLOOR = 0.18
"""Similarity (0 to 1) that a link must have to be worth more than two sentences left alone."""
BAND = 12
"""Sentences to each side of the diagonal that are compared, besides a tenth of the text."""

Similarity = Callable[[str, str], float]
"""(source text, back-translation) → 0 to 1."""


@dataclass(frozen=True, slots=True)
class Bead:
    """Source sentences and the target sentences that translate them (indices); `similarity` 0 to 1.

    One side is empty where nothing corresponds; `similarity` is then 0.
    """

    src: tuple[int, ...]
    tgt: tuple[int, ...]
    similarity: float


def align_texts(
    source: Sequence[str], target: Sequence[str], src_lang: str, tgt_lang: str, translator: Translator
) -> list[Bead]:
    """Align sentences of a source and of its translation, in reading order, every sentence once.

    `translator` must know `tgt_lang` → `src_lang`; joined pairs of target sentences are not
    translated again, their back-translations are joined.
    """
    back = [found[0].text for found in translator.translate(target, tgt_lang, src_lang)]
    return align_by(source, back, chrf)


def align_by(source: Sequence[str], back: Sequence[str], similarity: Similarity) -> list[Bead]:
    """Align sentences with others in the same language, whatever says how alike they are.

    Maximises the sum over links of (similarity − FLOOR) × sentences linked.
    """
    alike = cache(lambda i, di, j, dj: similarity(" ".join(source[i - di : i]), " ".join(back[j - dj : j])))
    best = {(0, 0): (0.0, (0, 0))}
    for i in range(len(source) + 1):
        for j in _columns(i, len(source), len(back)):
            options = [
                (best[i - di, j - dj][0] + _gain(alike, i, di, j, dj), -rank, (di, dj))
                for rank, (di, dj) in enumerate(STEPS)
                if (i - di, j - dj) in best and (i or j)
            ]
            if options:
                gain, _, step = max(options)
                best[i, j] = (gain, step)
    return _trace(best, len(source), len(back), alike)


def _gain(alike: Callable[[int, int, int, int], float], i: int, di: int, j: int, dj: int) -> float:
    """What a link adds; nothing for a sentence left alone."""
    if not di or not dj:
        return 0.0
    return (alike(i, di, j, dj) - FLOOR) * (di + dj)


def _columns(i: int, rows: int, columns: int) -> range:
    """The target positions near the diagonal at source position `i`."""
    middle = i * columns // max(1, rows)
    width = BAND + abs(rows - columns) + max(rows, columns) // 10
    return range(max(0, middle - width), min(columns, middle + width) + 1)


def _trace(
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]], i: int, j: int,
    alike: Callable[[int, int, int, int], float],
) -> list[Bead]:  # fmt: skip
    """Read the chain of links back from the end."""
    beads: list[Bead] = []
    while i or j:
        _, (di, dj) = best.get((i, j), (-inf, (min(i, 1), 0 if i else 1)))
        how = round(alike(i, di, j, dj), 3) if di and dj else 0.0
        beads.append(Bead(tuple(range(i - di, i)), tuple(range(j - dj, j)), how))
        i, j = i - di, j - dj
    return beads[::-1]


def chrf(source: str, back: str) -> float:
    """sacrebleu's sentence chrF, 0 to 1; with β 1, for either side may hold too much."""
    return float(_metric().sentence_score(back, [source]).score) / 100


@cache
def _metric() -> Any:
    from sacrebleu.metrics.chrf import CHRF

    return CHRF(beta=1)
