"""A bracket or a quotation mark without its partner.

Half of a pair was lost. Speech that runs over several paragraphs opens each of them and
closes the last, list signs close what nothing opened: both are right and left alone. So
a quotation mark counts only where the same paragraph opens (or closes) another one.

Flagged:
    [en] The fund (founded in 2011 was closed. Its head left. => ?
    [en] The fund was closed in 2011). Its head left the country. => ∅
    [en] He called it “a mistake, he added, and left “the room” by the back door. => ?

Clean:
    [en] 1) first, 2) second, a) third :) and ;-) and so on and so on
    [en] He said to the reporters: “It is over.⏎⏎“We are content,” he said.
    [en] The fund (founded in 2011) was “closed”, 5'10" and 6" tall.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.check import Kit
from qa.document import Document
from qa.locale import quotes
from qa.schema import Hit, Severity, Span

CATEGORY = "linguistic-conventions/punctuation"
SEVERITY = Severity.MINOR
CONFIDENCE = 0.85

BRACKETS = {"(": ")", "[": "]", "（": "）", "【": "】"}
ENUMERATION_RE = re.compile(r"(?:^|[\s(;,])(?:\d{1,3}(?:\.\d+)*|[^\W\d_]|[ivx]{1,5})\)$", re.I)
SMILEY_RE = re.compile(r"[:;=]['-]?[()]$")
MIN_LENGTH = 40
MARK_RE = re.compile("[][()（）【】“”]")
OPENING = frozenset("([（【“„«「")


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    lost = [mark for block in doc.blocks for mark in _unmatched(doc, block)]
    for mark in lost:
        sign = mark.of(doc.text)
        opens = sign in OPENING
        if not _spans_paragraphs(doc, mark, lost):
            message = f"{sign} is never closed." if opens else f"{sign} was never opened."
            yield Hit(mark.start, mark.end, message, () if opens else ("",), {"mark": sign})


def _unmatched(doc: Document, block: Span) -> Iterator[Span]:
    """Marks of one paragraph without a partner in it."""
    text = block.of(doc.text)
    if len(text) < MIN_LENGTH:
        return
    pairs = {**BRACKETS, **_quotes(doc.lang)}
    closers = {close: opening for opening, close in pairs.items()}
    opened: list[tuple[str, int]] = []
    for match in MARK_RE.finditer(text):
        place, char = match.start(), match.group()
        if char in pairs:
            if char not in BRACKETS and opened and opened[-1][0] == char:
                yield _at(block, opened.pop()[1])
            if not SMILEY_RE.search(text[max(place - 2, 0) : place + 1]):
                opened.append((char, place))
        elif char in closers:
            partner = next((i for i in range(len(opened) - 1, -1, -1) if opened[i][0] == closers[char]), None)
            if partner is not None:
                yield from (_at(block, at) for _, at in opened[partner + 1 :])
                del opened[partner:]
            elif char in BRACKETS.values() and not _is_sign(text, place):
                yield _at(block, place)
    yield from (_at(block, place) for char, place in opened if char in BRACKETS)


def _quotes(lang: str) -> dict[str, str]:
    """The outer quotation marks, where they differ, do not nest and are not mixed with others."""
    marks = quotes(lang)
    return {marks.open: marks.close} if marks and lang == "en" else {}


def _is_sign(text: str, place: int) -> bool:
    window = text[max(place - 8, 0) : place + 1]
    return bool(ENUMERATION_RE.search(window) or SMILEY_RE.search(window))


def _at(block: Span, place: int) -> Span:
    return Span(block.start + place, block.start + place + 1)


def _spans_paragraphs(doc: Document, mark: Span, lost: list[Span]) -> bool:
    """True if the next or an earlier paragraph holds the partner, as in speech of several paragraphs."""
    sign = mark.of(doc.text)
    later = [m for m in lost if m.start > mark.start]
    earlier = [m for m in lost if m.start < mark.start]
    if sign in BRACKETS:
        return any(m.of(doc.text) == BRACKETS[sign] for m in later[:1])
    if sign in BRACKETS.values():
        return any(BRACKETS.get(m.of(doc.text)) == sign for m in earlier[-1:])
    return False
