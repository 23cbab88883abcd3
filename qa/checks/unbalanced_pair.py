"""A bracket or a quotation mark without its partner.

Half of a pair was lost. Speech that runs over several paragraphs opens each of them and
closes the last, list signs close what nothing opened: both are right and left alone.

Flagged:
    [en] The fund (founded in 2011 was closed. Its head left. => ?
    [en] The fund was closed in 2011). Its head left the country. => ∅
    [en] He called it “a mistake. It was over, he added, and left the room. => ?

Clean:
    [en] 1) first, 2) second, a) third :) and ;-)
    [en] “It is over.⏎⏎“We are content,” he said.
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


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    lost = [mark for block in doc.blocks for mark in _unmatched(doc, block)]
    for mark in lost:
        sign = mark.of(doc.text)
        if not _spans_paragraphs(doc, mark, lost):
            closes = sign not in BRACKETS and sign not in "“«„「"
            message = f"“{sign}” was never opened." if closes else f"“{sign}” is never closed."
            yield Hit(
                mark.start, mark.end, message.replace("““”", "The mark “"), ("",) if closes else (), {"mark": sign}
            )


def _unmatched(doc: Document, block: Span) -> Iterator[Span]:
    """Marks of one paragraph without a partner in it."""
    text = block.of(doc.text)
    if len(text) < MIN_LENGTH:
        return
    pairs = {**BRACKETS, **_quotes(doc.lang, text)}
    closers = {close: opening for opening, close in pairs.items()}
    opened: list[tuple[str, int]] = []
    for place, char in enumerate(text):
        if char in pairs and not SMILEY_RE.search(text[max(place - 2, 0) : place + 1]):
            opened.append((char, place))
        elif char in closers:
            partner = next((i for i in range(len(opened) - 1, -1, -1) if opened[i][0] == closers[char]), None)
            if partner is not None:
                yield from (_at(block, at) for _, at in opened[partner + 1 :])
                del opened[partner:]
            elif not _is_sign(text, place):
                yield _at(block, place)
    yield from (_at(block, place) for _, place in opened)


def _quotes(lang: str, text: str) -> dict[str, str]:
    """The outer quotation marks of the language, where they can be told apart and are used."""
    marks = quotes(lang)
    if marks is None or marks.open.strip() == marks.close.strip():
        return {}
    opening, closing = marks.open.strip(), marks.close.strip()
    return {opening: closing} if opening in text and not any(m in text for m in marks.inner_open if m in "“„") else {}


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
    following = next((b for b in doc.blocks if b.start > mark.start), None)
    speech = following is not None and doc.text[following.start] == sign
    return speech or bool(later and later[0].of(doc.text) != sign) or bool(earlier and earlier[-1].of(doc.text) != sign)
