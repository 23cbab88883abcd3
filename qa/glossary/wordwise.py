"""Places of an article whose words translate those of a source term one by one, as proofs of a literal name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.document import Document, Token
from qa.glossary.judge import MAX_WORDS, Judge, Proof, quoted, unknown
from qa.glossary.literal import SMALL, Anticipation, Rendering
from qa.glossary.matcher import Match, Matcher
from qa.glossary.normalise import fold
from qa.schema import Span

CAPITALS_RE = re.compile(r"[A-Z][\w'’]*(?:(?: of(?: the)?| the| and| in)? [A-Z0-9][\w'’]*|-[A-Z0-9]\w*)*")


def by_words(judge: Judge, words: Anticipation) -> Iterator[Proof]:
    """Places whose words translate those of a source term one by one; of two that overlap, the longer."""
    doc = judge.doc
    shown: list[Span] = []
    for span in written_as_names(doc, judge.matcher, words):
        if any(span.overlaps(done) for done in shown):
            continue
        for rendering in words.renderings(span.of(doc.text)):
            if meant := judge.meant(span, rendering.concept, sure=True, peculiar=rendering.is_peculiar):
                shown.append(span)
                yield _proof(*meant, rendering, words.dictionary.name)
                break


def _proof(match: Match, head: str, rendering: Rendering, table: str) -> Proof:
    pairs = ", ".join(f"{one} → {other}" for one, other in rendering.pairs)
    confidence = min(0.95, 0.7 + 0.2 * rendering.strength + (0.1 if head else 0.0))
    evidence = {"words": dict(rendering.pairs), "head": head, "table": table}
    return Proof(match, rendering.term.text, f"Word by word ({pairs})", round(confidence, 3), evidence)


def written_as_names(doc: Document, matcher: Matcher, words: Anticipation) -> list[Span]:
    """Words in quotation marks, and words with capitals, that render a source term; longer ones first."""
    found = quoted(doc)
    for match in CAPITALS_RE.finditer(doc.text):
        inside = doc.tokens_in(Span(*match.span()))
        if any(words.may_render(t.text) for t in inside):
            found += _runs(inside)
    telling = [span for span in found if words.renderings(span.of(doc.text))]
    return sorted(unknown(doc, matcher, telling), key=lambda s: (s.start - s.end, s.start))


def _runs(inside: Sequence[Token]) -> Iterator[Span]:
    """All runs of a few of the words that begin with a capital and end with one or a number."""
    for first, start in enumerate(inside):
        for end in inside[first : first + MAX_WORDS]:
            small = SMALL & {fold(start.text), fold(end.text)}
            if start.text[0].isupper() and not small and not end.text.islower():
                length = len(end.text.removesuffix("'s").removesuffix("’s"))
                yield Span(start.start, end.start + length)
