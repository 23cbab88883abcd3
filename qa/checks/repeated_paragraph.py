"""A paragraph or a sentence that stands twice.

Text was joined from overlapping pieces, or the machine wrote the same again. Near
copies count, too: most of their word sequences are the same.

Flagged:
    [en] The mayor said the bridge would reopen in May after repairs worth two million.⏎⏎Shops are closed.⏎⏎The mayor said the bridge would reopen in May after repairs worth two million. => ∅
    [en] The mayor said on Monday that the old bridge would reopen to cars in early May after repairs worth two million euros.⏎⏎Shops are closed.⏎⏎The mayor said on Monday that the old bridge would reopen to cars in early May after repairs worth three million euros. => ∅

Clean:
    [en] The mayor said the bridge would reopen in May.⏎⏎The bridge would not reopen before June, an engineer said.
    [en] “No comment,” he said.⏎⏎“No comment,” she said.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from qa.check import Kit
from qa.document import Document
from qa.schema import Hit, Severity, Span

CATEGORY = "accuracy/addition"
SEVERITY = Severity.MAJOR
CONFIDENCE = 0.95

MIN_WORDS = 9
NEAR_WORDS, NEAR = 20, 0.6
SHINGLE, LONG_WORD = 4, 6


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    paragraphs = sorted([*_exact(doc, doc.blocks), *_near(doc)])
    starts = [span.start for span, _ in paragraphs]
    yield from (_hit(doc, *copy) for copy in paragraphs)
    for span, original in _exact(doc, doc.sentences):
        around = bisect_right(starts, span.start) - 1
        if around < 0 or not paragraphs[around][0].contains(span):
            yield _hit(doc, span, original)


def _hit(doc: Document, span: Span, original: Span) -> Hit:
    line, _ = doc.lines.place(original.start)
    first = {"start": original.start, "end": original.end, "line": line}
    return Hit(span.start, span.end, f"This repeats line {line}.", ("",), {"first": first})


def _exact(doc: Document, spans: list[Span]) -> Iterator[tuple[Span, Span]]:
    """Spans of some length that hold the same words as an earlier one, with that one."""
    seen: dict[tuple[str, ...], Span] = {}
    for span in spans:
        first, last = doc.place_of(span)
        if last - first >= MIN_WORDS and span != doc.title:
            original = seen.setdefault(tuple(doc.words[first:last]), span)
            if original is not span:
                yield span, original


def _near(doc: Document) -> Iterator[tuple[Span, Span]]:
    """Long paragraphs most of whose word sequences stand in an earlier one, but not all.

    Only sequences that begin with a long word are compared: a choice that depends on the
    words alone, and so is the same for both paragraphs.
    """
    owner: dict[tuple[str, ...], int] = {}
    shingles: list[set[tuple[str, ...]]] = []
    for place, block in enumerate(doc.blocks):
        first, last = doc.place_of(block)
        words = doc.words
        starts = range(first, last - SHINGLE + 1) if last - first >= NEAR_WORDS else ()
        own = {tuple(words[i : i + SHINGLE]) for i in starts if len(words[i]) >= LONG_WORD}
        shingles.append(own)
        shared = Counter(owner[s] for s in own & owner.keys())
        owner.update(dict.fromkeys(own - owner.keys(), place))
        for earlier, count in shared.most_common(1):
            other = shingles[earlier]
            if (
                count >= NEAR * max(len(own), len(other))
                and doc.words[slice(*doc.place_of(doc.blocks[earlier]))] != words[first:last]
            ):
                yield block, doc.blocks[earlier]
