"""Words, scripts, sentences, blocks: what every rule looks at, each computed once.

Sentence boundaries come from sentencex (MIT, rules of the Wikimedia community for some
300 languages, about 50 MB/s), with a few abbreviations that its tables lack.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from sentencex import get_sentence_boundaries

from qa.schema import Span

IDEOGRAPH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
# Combining marks: Latin and stress marks, Arabic vowels. Python does not count them as word characters.
MARKS = "\u0300-\u036f\u064b-\u065f\u0670"
TOKEN_RE = re.compile(rf"[{IDEOGRAPH}]|[^\W_{IDEOGRAPH}]+(?:(?:['’ʼ]|[{MARKS}]+)[^\W_{IDEOGRAPH}]+)*(?:[{MARKS}]+)?")
WORD_RE = re.compile(r"[^\W_]+(?:['’ʼ‑-][^\W_]+)*")
LINE_RE = re.compile(r"[^\r\n]+")
IDEOGRAPH_RE = re.compile(f"[{IDEOGRAPH}]")
SLICE = 10_000
STOPS = ".!?…。！？؟۔।:;："
SURROGATE_RE = re.compile(r"[\ud800-\udfff]")
# Languages whose words and sentences are written without blanks.
UNSPACED = frozenset({"zh", "yue", "ja", "th", "lo", "my", "km", "bo"})
CLOSERS = "\"'”’»›)]}）］」』】》〉*_"

# Abbreviations at which sentencex ends a sentence although none ends there.
ABBREVIATIONS = {
    "fr": re.compile(r"(?:^|\s)(?:M|MM|Mme|Mlle|Dr|Me|janv|févr|avr|juil|sept|oct|nov|déc|art|chap|env)\.\s*$"),
    "de": re.compile(r"(?:^|\s)(?:\d{1,2}|[IVX]{1,5}|Mio|Mrd|Abs|Nr|St|Str|bzw|ca|vgl)\.\s*$"),
    "es": re.compile(r"(?:^|\s)(?:Sr|Sra|Srta|Dr|Dra|EE|UU|núm|art|pág|Gral|Cnel)\.\s*$"),
    "it": re.compile(r"(?:^|\s)(?:dott|prof|sig|sigra|on|sen|art|cfr|pag|ing|avv)\.\s*$", re.I),
    "pl": re.compile(r"(?:^|\s)(?:dr|prof|gen|płk|mjr|ul|godz|tys|mln|mld|r|m\.in|np|tzw|św|ks)\.\s*$"),
    "ru": re.compile(r"(?:^|\s)(?:[А-ЯЁ]|г|гг|им|ул|тыс|млн|млрд|руб|стр|ст|чел|др|св|проф|акад|ген)\.\s*$"),
    "uk": re.compile(r"(?:^|\s)(?:[А-ЯІЇЄҐ]|р|рр|ім|вул|тис|млн|млрд|грн|ст|св|проф|акад|ген)\.\s*$"),
    "en": re.compile(r"(?:^|\s|\()(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Sen|Rep|Gov|St|Rev|Jr|No|vs)\.\s*$"),
}


@lru_cache(maxsize=65536)
def script_of(char: str) -> str:
    """Unicode script of one character, as far as rules need it: Latin, Cyrillic, Han …"""
    code = ord(char)
    for name, ranges in _SCRIPTS:
        if any(low <= code <= high for low, high in ranges):
            return name
    return "Other"


_SCRIPTS: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = (
    (
        "Latin",
        (
            (0x41, 0x5A),
            (0x61, 0x7A),
            (0xAA, 0xAA),
            (0xBA, 0xBA),
            (0xC0, 0xD6),
            (0xD8, 0xF6),
            (0xF8, 0x2AF),
            (0x1E00, 0x1EFF),
            (0xFF21, 0xFF3A),
            (0xFF41, 0xFF5A),
            (0xFB00, 0xFB06),
        ),
    ),
    ("Cyrillic", ((0x400, 0x52F), (0x1C80, 0x1C8F), (0x2DE0, 0x2DFF), (0xA640, 0xA69F))),
    ("Greek", ((0x370, 0x3FF), (0x1F00, 0x1FFF))),
    ("Arabic", ((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF))),
    ("Hebrew", ((0x590, 0x5FF),)),
    ("Han", ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3134F))),
    ("Kana", ((0x3040, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9F))),
    ("Hangul", ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7AF))),
    ("Armenian", ((0x530, 0x58F),)),
    ("Georgian", ((0x10A0, 0x10FF), (0x1C90, 0x1CBF))),
    ("Devanagari", ((0x900, 0x97F),)),
    ("Thai", ((0xE00, 0xE7F),)),
)


def words(text: str) -> int:
    """Evaluation word count: words, and each Han or Kana character as half a word."""
    ideographs = len(IDEOGRAPH_RE.findall(text))
    spaced = IDEOGRAPH_RE.sub(" ", text) if ideographs else text
    return len(WORD_RE.findall(spaced)) + (ideographs + 1) // 2


def blocks(text: str) -> Iterator[Span]:
    """Lines with text on them, joined where a paragraph was wrapped by hand."""
    previous: Span | None = None
    for match in LINE_RE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        span = Span(start, start + len(stripped))
        if previous and _wrapped(text, previous, span):
            previous = Span(previous.start, span.end)
            continue
        if previous:
            yield previous
        previous = span
    if previous:
        yield previous


def _wrapped(text: str, above: Span, below: Span) -> bool:
    """True if a single line break was put inside a sentence to keep lines short."""
    gap = text[above.end : below.start]
    last_line = text[max(text.rfind("\n", 0, above.end), above.start - 1) + 1 : above.end]
    return (
        gap.count("\n") == 1
        and 50 <= len(last_line) <= 120
        and text[above.end - 1] not in STOPS + CLOSERS
        and text[below.start].islower()
    )


def sentences(text: str, lang: str) -> Iterator[Span]:
    """Sentences of one block of text, without the blanks between them."""
    split_at = ABBREVIATIONS.get(lang)
    start = 0
    for piece, end in _boundaries(SURROGATE_RE.sub("\ufffd", text), lang):
        if end < len(text) and split_at and split_at.search(piece):
            continue
        span = _trim(text, start, end)
        if span:
            yield span
        start = end
    last = _trim(text, start, len(text))
    if last:
        yield last


def _boundaries(text: str, lang: str) -> Iterator[tuple[str, int]]:
    """Sentences and their ends; in slices, since the library's time grows with the square of a text's marks."""
    at = 0
    while at < len(text):
        end = min(at + SLICE, len(text))
        if end < len(text):
            after_stop = text.rfind(". ", at + SLICE // 2, end) + 2
            end = after_stop if after_stop > 1 else max(text.rfind(" ", at, end) + 1, at + SLICE // 2)
        for boundary in get_sentence_boundaries(lang, text[at:end]):
            yield boundary["text"], at + boundary["end_index"]
        at = end


def _trim(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return Span(start + left, start + right) if left < right else None


class Lines:
    """Line and column (both from 1) of an offset; \\n, \\r\\n and \\r end a line."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(m.end() for m in re.finditer(r"\r\n|\n|\r", text))]

    def place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
