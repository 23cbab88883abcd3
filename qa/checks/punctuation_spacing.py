"""A blank before a mark, or none after it.

Joined pieces of text leave "word ,next" and "end.Next"; French, which sets blanks before
high marks, is left in peace.

Flagged:
    [en] The talks , he said , ended . => ,
    [en] The talks ended.Both sides were content. => ended. Both
    [en] Moscow,Kyiv and Minsk sent envoys. => Moscow, Kyiv
    [de] Die Gespräche endeten ; beide Seiten waren zufrieden. => ;

Clean:
    [en] See example.com, Booking.com, Node.js, U.S.A., 10:30 and 1,000. Well ...
    [fr] Est-ce fini ? Oui ; il l’a dit : c’est fini !
    [en] The .NET team :) scored 3 : 2.
    [en] Ask the editor (he knows), not “him”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.check import Kit
from qa.document import Document
from qa.schema import Hit, Severity
from qa.text import UNSPACED

CATEGORY = "linguistic-conventions/punctuation"
SEVERITY = Severity.MINOR
CONFIDENCE = 0.93

MARK_RE = re.compile(r"[,;.:!?()]")
BLANKS = " \u00a0"
HIGH = ":;!?"
WORD_BEFORE_RE, WORD_AFTER_RE = re.compile(r"[^\W_]+$"), re.compile(r"[^\W_]+")
DOMAINS = frozenset("com org net ru ua js io info biz tv fm edu gov eu uk de fr co me ai app news online media live by kz html "
                    "php pdf txt jpg png doc docx xls csv py exe zip asp aspx".split())  # fmt: skip


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    if doc.lang in UNSPACED:
        return
    text = doc.text
    for match in MARK_RE.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if match.group() in "()":
            hit = _bracket(text, match, before, after)
        elif before and before in BLANKS:
            hit = None if doc.lang == "fr" and match.group() in HIGH else _blank_before(text, match, after)
        elif match.group() in ",.!?" and before.isalpha() and after.isalpha():
            hit = _joined(text, match)
        else:
            continue
        if hit:
            yield hit


def _bracket(text: str, mark: re.Match[str], before: str, after: str) -> Hit | None:
    """A blank between a bracket and the word in it."""
    opens = mark.group() == "("
    if (after if opens else before) not in tuple(BLANKS):
        return None
    inner = text[mark.end() :].lstrip(BLANKS)[:1] if opens else text[: mark.start()].rstrip(BLANKS)[-1:]
    if not inner.isalnum():
        return None
    width = len(text[mark.end() : mark.end() + 9]) - len(text[mark.end() : mark.end() + 9].lstrip(BLANKS))
    start = mark.start() if opens else mark.start() - 1
    end = mark.end() + width if opens else mark.end()
    return Hit(start, end, "A blank inside a bracket.", (mark.group(),), cause="inside")


def _blank_before(text: str, mark: re.Match[str], after: str) -> Hit | None:
    """A blank between a word and the mark that closes it."""
    start = mark.start()
    while start and text[start - 1] in BLANKS:
        start -= 1
    following = text[mark.end() : mark.end() + 4]
    if not text[start - 1 : start].isalnum() or (after and not after.isspace()) or re.match(r"\s*[.…]", following):
        return None
    if mark.group() in ":;" and text[start - 1].isdigit() and following.strip()[:1].isdigit():
        return None  # a score: 3 : 2
    return Hit(start, mark.end(), f"A blank before “{mark.group()}”.", (mark.group(),), cause="before")


def _joined(text: str, mark: re.Match[str]) -> Hit | None:
    """Two words with a mark and no blank between them, if they are words of two sentences or of a list."""
    left = WORD_BEFORE_RE.search(text, max(mark.start() - 30, 0), mark.start())
    right = WORD_AFTER_RE.match(text, mark.end())
    if not left or not right or text[right.end() : right.end() + 1] in (".", "/", "@"):
        return None
    before, after = left.group(), right.group()
    if after.lower() in DOMAINS or before.lower() in ("www", "http", "https"):
        return None
    if mark.group() == ",":
        fits = len(before) > 1 and len(after) > 1
    else:
        fits = len(before) > 2 and before[-3:].islower() and after[0].isupper() and after[1:].islower()
    repaired = f"{before}{mark.group()} {after}"
    return (
        Hit(left.start(), right.end(), f"No blank after “{mark.group()}”.", (repaired,), cause="after")
        if fits
        else None
    )
