"""A paragraph without its final stop.

The last sentence of a paragraph of prose ends without a mark, as text does that was cut
or glued. Headings, lists, captions and signatures end so by right and are left alone.

Flagged:
    [en] The two sides met in Geneva on Monday for talks. They agreed to meet again.⏎⏎Both delegations are to return on Friday. The talks are expected to last a week => week.
    [de] Die Gespräche in Genf dauerten am Montag vier Stunden. Man einigte sich auf ein neues Treffen.⏎⏎Beide Seiten kehren am Freitag zurück. Es soll eine Woche dauern => dauern.

Clean:
    [en] Ministers meet in Geneva for talks on grain exports and a truce
    [en] The two sides met in Geneva on Monday. They agreed to meet again.⏎⏎Anna Smith, Geneva
    [en] The list names three firms and it is long. It was published on Monday:⏎⏎one⏎⏎two
    [en] He said: “We agreed on everything. The talks are over.”⏎⏎It is the end, she said. It was over (Reuters)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.check import Kit
from qa.document import Document
from qa.schema import Hit, Severity, Span
from qa.text import CLOSERS, STOPS

CATEGORY = "linguistic-conventions/punctuation"
SEVERITY = Severity.MINOR
CONFIDENCE = 0.9

MIN_CLOSED = 0.6
MIN_WORDS = 4
END_RE = re.compile(r"[.!?…。！？؟۔।:;：,—–-]$")
INNER_STOP_RE = re.compile(r"(?:[^\W\d_]{3}|\d)[\"'”’»)]*[.!?؟۔][\"'”’»)]*$")
STOP_OF = {"zh": "。", "ja": "。", "hi": "।", "ur": "۔"}
SIGNATURE_RE = re.compile(r"\([A-Z][^()]{1,40}\)$|^\s*[•*–—-]\s|\|")


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    prose = [b for b in doc.prose if _has_sentences(doc, b)]
    closed = [b for b in prose if _is_closed(b.of(doc.text))]
    for block in prose:
        others = len(prose) - 1
        if block in closed or (others and len(closed) < MIN_CLOSED * others):
            continue
        tokens = doc.tokens_in(block)
        if tokens and not doc.text[tokens[-1].end : block.end].strip(CLOSERS + " %"):
            stop = STOP_OF.get(doc.lang, ".")
            word = Span(tokens[-1].start, block.end)
            yield Hit(word.start, word.end, "The final stop is missing.", (word.of(doc.text) + stop,))


def _has_sentences(doc: Document, block: Span) -> bool:
    """Running text of more than one sentence, so that its last one must be closed, too."""
    first = doc.sentence_at(block.start)
    if doc.lang in STOP_OF:
        return first.end < block.end
    return (
        first.end < block.end
        and len(doc.tokens_in(first)) >= MIN_WORDS
        and bool(INNER_STOP_RE.search(first.of(doc.text)))
    )


def _is_closed(text: str) -> bool:
    bare = text.rstrip(CLOSERS + " ")
    return bool(END_RE.search(bare) or SIGNATURE_RE.search(text)) or text[-1:] in STOPS
