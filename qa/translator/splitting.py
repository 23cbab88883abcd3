"""Texts longer than a model can read are split, never cut, and their translations joined."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from qa.translator.types import Hypothesis, Link

BOUNDARIES = (
    re.compile(r"(?<=[.!?…。！？؟۔])[\"'”’»)\]]*\s*(?=\S)"),
    re.compile(r"(?<=[;:—–；：])\s*(?=\S)|\n+"),
    re.compile(r"(?<=[,，、،])\s*(?=\S)"),
    re.compile(r"\s+(?=\S)"),
)
"""Where to split, best first: sentence, clause, comma, word; else anywhere."""

Size = Callable[[str], int]


def split(text: str, longest: int, size: Size) -> list[tuple[int, str]]:
    """Parts of `text` of at most `longest` tokens, with their offsets; nothing is lost.

    A text that is too long is split into its sentences; a sentence that is too long near
    its middle, at the best kind of boundary there is, again until all parts fit.
    """
    if size(text) <= longest or len(text) < 2:
        return [(0, text)]
    cuts = [m.end() for m in BOUNDARIES[0].finditer(text)] or [_cut(text)]
    starts = [0, *cuts]
    return [
        (start + at, part)
        for start, end in zip(starts, [*cuts, len(text)], strict=True)
        for at, part in split(text[start:end], longest, size)
    ]


def _cut(text: str) -> int:
    """The boundary nearest the middle, of the best kind that lies in the middle half."""
    middle = len(text) / 2
    for pattern in BOUNDARIES:
        ends = [m.end() for m in pattern.finditer(text) if len(text) / 4 <= m.end() <= 3 * len(text) / 4]
        if ends:
            return min(ends, key=lambda end: abs(end - middle))
    return len(text) // 2


def halves(src: str, tgt: str, parts: int) -> list[tuple[str, str]]:
    """A source and its translation, both cut into about the same shares: for forced decoding."""
    if parts <= 1 or len(src) < 2 or len(tgt) < 2:
        return [(src, tgt)]
    left, right = _cut(src), _cut(tgt)
    pairs = ((src[:left], tgt[:right]), (src[left:], tgt[right:]))
    return [pair for one in pairs for pair in halves(*one, parts - parts // 2)]


def join(parts: list[tuple[int, list[Hypothesis]]], n_best: int, gap: str) -> list[Hypothesis]:
    """Hypotheses of consecutive parts (offset in the input, best first) joined into whole ones.

    The `n_best` best sums of scores, found part by part; alignments moved to the whole.
    """
    whole = [_moved(h, 0, parts[0][0]) for h in parts[0][1]]
    for at, found in parts[1:]:
        pairs = [_joined(left, right, at, gap) for left in whole for right in found]
        whole = sorted(pairs, key=lambda h: (-h.score, h.text))[:n_best]
    return whole[:n_best]


def _joined(left: Hypothesis, right: Hypothesis, at: int, gap: str) -> Hypothesis:
    moved = _moved(right, len(left.text) + len(gap), at)
    return Hypothesis(
        left.text + gap + right.text, left.tokens + right.tokens, left.logprobs + right.logprobs,
        left.alignment + moved.alignment, left.finished and right.finished,
    )  # fmt: skip


def _moved(hypothesis: Hypothesis, hyp: int, src: int) -> Hypothesis:
    """The same hypothesis with its alignment shifted by so many characters on each side."""
    return replace(hypothesis, alignment=tuple(
        Link((k.hyp[0] + hyp, k.hyp[1] + hyp), (k.src[0] + src, k.src[1] + src), k.weight)
        for k in hypothesis.alignment
    ))  # fmt: skip
