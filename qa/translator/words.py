"""Where pieces lie in a text, and which word of a translation came from which word of its input."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from qa.translator.types import DIGITS, Link, Offsets

WORD_RE = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
    r"(?:['’ʼ‑-][^\W_]+)*|[^\w\s]|_"
)
"""A word, a Han or Kana character, or one mark."""
SHARE = 0.5
"""A second input word is linked if it has this share of the first one's attention."""


def spans_of(text: str) -> list[Offsets]:
    """Offsets of the words and marks of a text."""
    return [match.span() for match in WORD_RE.finditer(text)]


def _plain(text: str) -> tuple[str, list[int]]:
    """Characters without blanks, compatibility-normalised, and where each came from."""
    chars: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        for piece in unicodedata.normalize("NFKC", char):
            if not piece.isspace() and piece != "▁":
                chars.append(piece)
                origin.append(index)
    return "".join(chars), origin


def offsets(text: str, pieces: Sequence[str]) -> list[Offsets]:
    """Character offsets in `text` of its pieces, which a tokenizer may have normalised.

    Pieces that stand for nothing in the text (marks, <unk>) lie in the gap that is left.
    """
    plain, origin = _plain(text)
    spelt = [_plain(piece)[0] for piece in pieces]
    joined = "".join(spelt)
    place = _matching(joined, plain)
    spans: list[Offsets] = []
    at = 0
    for piece in spelt:
        hits = [place[i] for i in range(at, at + len(piece)) if place[i] is not None]
        at += len(piece)
        spans.append((origin[hits[0]], origin[hits[-1]] + 1) if hits else (-1, -1))  # type: ignore[index]
    return _fill(spans, len(text))


def _matching(joined: str, plain: str) -> list[int | None]:
    """For each character of `joined`, its place in `plain`."""
    if joined == plain:
        return list(range(len(plain)))
    place: list[int | None] = [None] * len(joined)
    for block in SequenceMatcher(None, joined, plain, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            place[block.a + step] = block.b + step
    return place


def _fill(spans: list[Offsets], end: int) -> list[Offsets]:
    """Give unplaced pieces the gap between their neighbours."""
    filled: list[Offsets] = []
    for index, span in enumerate(spans):
        if span[0] >= 0:
            filled.append(span)
            continue
        left = filled[-1][1] if filled else 0
        right = next((start for start, _ in spans[index + 1 :] if start >= 0), end)
        filled.append((left, max(left, right)))
    return filled


def links(
    hyp: str, hyp_pieces: Sequence[Offsets], src: str, src_pieces: Sequence[Offsets],
    attention: Sequence[Sequence[float]],
) -> tuple[Link, ...]:  # fmt: skip
    """Words of `hyp` linked to words of `src` by attention (hypothesis pieces, source pieces).

    A word's attention is the mean over its pieces, summed over the pieces of a source word,
    as a share of what falls on words; each word is linked to its best source word and to
    those that have at least `SHARE` of the best.
    """
    source_words = spans_of(src)
    member = [_word_of(source_words, span) for span in src_pieces]
    found: list[Link] = []
    for word in spans_of(hyp):
        rows = [row for span, row in zip(hyp_pieces, attention, strict=True) if _overlap(word, span)]
        found += _best(word, rows, member, source_words)
    return tuple(found)


def _best(
    word: Offsets, rows: Sequence[Sequence[float]], member: Sequence[int | None], source: Sequence[Offsets]
) -> list[Link]:
    mass: dict[int, float] = {}
    for row in rows:
        for index, weight in zip(member, row, strict=True):
            if index is not None:
                mass[index] = mass.get(index, 0.0) + weight
    total = sum(mass.values())
    if total <= 0:
        return []
    top = max(mass.values())
    ranked = sorted((-value, index) for index, value in mass.items() if value >= SHARE * top)
    return [Link(word, source[index], round(-value / total, DIGITS)) for value, index in ranked]


def _overlap(one: Offsets, other: Offsets) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _word_of(source: Sequence[Offsets], span: Offsets) -> int | None:
    """Index of the word that a piece belongs to: the one it shares most characters with."""
    shared = [(min(span[1], word[1]) - max(span[0], word[0]), -i) for i, word in enumerate(source)]
    size, index = max(shared, default=(0, 0))
    return -index if size > 0 else None
