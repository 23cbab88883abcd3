"""Quotation marks of another locale.

The source's quotation marks were carried over: «…» in English, 「…」 in German. Each pair
is one finding, repaired with the marks of the target language, nested ones with its
inner marks.

Flagged:
    [en] He called it «a special day» on Monday. => “a special day”
    [en] She said: «The ship «Moskva» sank.» => “The ship ‘Moskva’ sank.”
    [de] Er nannte es 「einen besonderen Tag」. => „einen besonderen Tag“
    [en] The „mayor“ resigned. => “mayor”
    [en] He added: "the ship «Moskva» sank." => 'Moskva'

Clean:
    [en] He called it “a special day” and a 'good' one.
    [fr] Il a parlé d’« une journée particulière ».
    [ru] Он назвал это «особым днём».
    [en] The prison (Russian: «Матросская тишина») stands in Moscow.
    [de] Er nannte es »einen besonderen Tag«.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa.check import Kit
from qa.document import Document
from qa.edits import apply
from qa.locale import Quotes, quotes
from qa.schema import Edit, Hit, Severity, Span
from qa.text import script_of

CATEGORY = "linguistic-conventions/punctuation"
SEVERITY = Severity.MINOR
CONFIDENCE = 0.97

CLOSERS = {"«": "»", "»": "«", "„": "“”\"»", "‹": "›", "›": "‹", "‚": "‘’", "「": "」", "『": "』", "《": "》",
           "〈": "〉", "<<": ">>"}  # fmt: skip
MAX_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class Pair:
    """A quotation in foreign marks: where the opening and the closing mark stand."""

    open: Span
    close: Span

    @property
    def span(self) -> Span:
        return Span(self.open.start, self.close.end)


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    marks = quotes(doc.lang)
    if marks is None:
        return
    foreign = {m for m in CLOSERS if m[0] not in marks.allowed}
    if not any(m in doc.text for m in foreign):
        return
    for block in doc.blocks:
        for outer, inner in _nested(_pairs(doc.text, block, foreign)):
            if _is_target(doc, outer):
                yield _hit(doc, outer, inner, marks)


def _nested(pairs: Iterable[Pair]) -> Iterator[tuple[Pair, list[Pair]]]:
    """Outer quotations in text order, each with those inside it."""
    group: list[Pair] = []
    for pair in sorted(pairs, key=lambda p: p.span.start):
        if group and pair.span.start >= group[0].span.end:
            yield group[0], group[1:]
            group = []
        group.append(pair)
    if group:
        yield group[0], group[1:]


def _pairs(text: str, block: Span, foreign: set[str]) -> Iterator[Pair]:
    """Foreign quotations of a block, outer and nested."""
    opened: list[Span] = []
    at = block.start
    while at < block.end:
        width = 2 if text[at : at + 2] in ("<<", ">>") else 1
        mark = Span(at, at + width)
        if opened and mark.of(text) in CLOSERS[opened[-1].of(text)] and _closes(text, at, opened[-1]):
            start = opened.pop()
            if at - start.end <= MAX_LENGTH:
                yield Pair(start, mark)
        elif mark.of(text) in foreign and _opens(text, mark):
            opened.append(mark)
        at += width


def _opens(text: str, mark: Span) -> bool:
    after = text[mark.end : mark.end + 2].lstrip(" \u00a0\u202f")[:1]
    before = text[mark.start - 1 : mark.start]
    return bool(after) and not after.isspace() and after not in ".,;:!?)" and not before.isalnum()


def _closes(text: str, at: int, opened: Span) -> bool:
    return at > opened.end and not (text[at] == '"' and text[at - 1].isspace())


def _is_target(doc: Document, pair: Pair) -> bool:
    """False for a quotation in the original's script, which keeps its own marks."""
    letters = [c for c in doc.text[pair.open.end : pair.close.start] if c.isalpha()]
    own = script_of(next((c for c in doc.text if c.isalpha()), "a"))
    return not letters or sum(script_of(c) == own for c in letters) * 2 >= len(letters)


def _hit(doc: Document, pair: Pair, inner: Sequence[Pair], marks: Quotes) -> Hit:
    straight = _writes_straight(doc.text)
    edits = _repair(doc, pair, inner, marks, straight)
    other = _repair(doc, pair, inner, marks, not straight)
    shown = f"{pair.open.of(doc.text)}…{pair.close.of(doc.text)}"
    return Hit(
        pair.span.start,
        pair.span.end,
        f"The quotation marks {shown} are not those of this language.",
        tuple(dict.fromkeys(apply(e, doc.text, pair.span) for e in (edits, other))),
        {"marks": shown},
        edits=edits,
    )


def _repair(doc: Document, pair: Pair, inner: Sequence[Pair], marks: Quotes, straight: bool) -> tuple[Edit, ...]:
    """All marks of a quotation and of those in it, in the locale's marks or in typewriter ones."""
    nested = _inside_quotation(doc, pair.span)
    edits = [*_edits(doc.text, pair, marks, nested, straight)]
    for other in inner:
        edits += _edits(doc.text, other, marks, not nested, straight)
    return tuple(sorted(edits, key=lambda e: e.start))


def _writes_straight(text: str) -> bool:
    """Whether the article's other quotation marks are typewriter ones."""
    return text.count('"') >= 2 and not any(mark in text for mark in "“”")


def _inside_quotation(doc: Document, span: Span) -> bool:
    before = doc.text[doc.sentence_at(span.start).start : span.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _edits(text: str, pair: Pair, marks: Quotes, nested: bool, straight: bool) -> Iterator[Edit]:
    """Replacements of both marks, with the blanks inside them where the locale has none."""
    opening, closing = (marks.inner_open, marks.inner_close) if nested else (marks.open, marks.close)
    if straight and opening in "“‘":
        opening = closing = "'" if nested else '"'
    content = text[pair.open.end : pair.close.start]
    left = len(content) - len(content.lstrip(" \u00a0\u202f"))
    right = len(content) - len(content.rstrip(" \u00a0\u202f"))
    yield Edit(pair.open.start, pair.open.end + left, opening)
    yield Edit(pair.close.start - right, pair.close.end, closing)
