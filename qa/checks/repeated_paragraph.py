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
from collections import defaultdict
from collections.abc import Iterator

from qa.check import Kit
from qa.document import Document
from qa.schema import Hit, Severity, Span

CATEGORY = "accuracy/addition"
SEVERITY = Severity.MAJOR
CONFIDENCE = 0.95

SHINGLE = 4
MIN_WORDS = 9
MAX_KEPT = 3  # places kept per shingle: a text of nothing but copies stays linear
NEAR_WORDS, NEAR = 20, 0.7


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    paragraphs = list(_copies(doc, doc.blocks, NEAR))
    starts = [span.start for span, _ in paragraphs]
    yield from (_hit(doc, *copy) for copy in paragraphs)
    for span, original in _copies(doc, doc.sentences, 1.0):
        around = bisect_right(starts, span.start) - 1
        if around < 0 or not paragraphs[around][0].contains(span):
            yield _hit(doc, span, original)


def _hit(doc: Document, span: Span, original: Span) -> Hit:
    line, _ = doc.lines.place(original.start)
    first = {"start": original.start, "end": original.end, "line": line}
    return Hit(span.start, span.end, f"This repeats line {line}.", ("",), {"first": first})


def _copies(doc: Document, spans: list[Span], share: float) -> Iterator[tuple[Span, Span]]:
    """Spans that repeat an earlier one, with that one: `share` of their shingles are its."""
    seen: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    sizes: list[int] = []
    for place, span in enumerate(spans):
        words = [t.text.casefold() for t in doc.tokens_in(span)]
        shingles = {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}
        sizes.append(len(shingles))
        if len(words) < MIN_WORDS or span == doc.title:
            continue
        shared: defaultdict[int, int] = defaultdict(int)
        for shingle in shingles:
            for earlier in seen[shingle]:
                shared[earlier] += 1
            if len(seen[shingle]) < MAX_KEPT:
                seen[shingle].append(place)
        best = max(shared, key=lambda earlier: (shared[earlier], -earlier), default=None)
        wanted = share if len(words) >= NEAR_WORDS else 1.0
        if best is not None and shared[best] >= wanted * max(len(shingles), sizes[best]):
            yield span, spans[best]
