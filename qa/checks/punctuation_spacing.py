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

CATEGORY = "linguistic-conventions/punctuation"
SEVERITY = Severity.MINOR
CONFIDENCE = 0.93

BEFORE_RE = re.compile(r"(?<=[^\W_])[ \u00a0]+([,;]|[.:!?](?![.)(/\w]))(?=\s|$)(?!\s*[.…])", re.M)
FRENCH_RE = re.compile(r"(?<=[^\W_])[ \u00a0]+([,.](?![.\w]))(?=\s|$)(?!\s*[.…])", re.M)
INSIDE_RE = re.compile(r"\([ \u00a0]+(?=[^\W_])|(?<=[^\W_])[ \u00a0]+\)")
COMMA_RE = re.compile(r"(?<=[^\W\d_]),(?=[^\W\d_])")
STOP_RE = re.compile(r"(?<=[^\W\d_])[.!?](?=[^\W\d_])")
WORD_BEFORE_RE, WORD_AFTER_RE = re.compile(r"[^\W_]+$"), re.compile(r"[^\W_]+")
DOMAINS = frozenset("com org net ru ua js io info biz tv fm edu gov eu uk de fr co me ai app news online media live by kz html "
                    "php pdf txt jpg png doc docx xls csv py exe zip asp aspx".split())  # fmt: skip
UNSPACED = frozenset({"zh", "ja", "th"})


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    if doc.lang in UNSPACED:
        return
    text = doc.text
    for match in (FRENCH_RE if doc.lang == "fr" else BEFORE_RE).finditer(text):
        if not _is_score(text, match):
            yield Hit(match.start(), match.end(), f"A blank before “{match[1]}”.", (match[1],), cause="before")
    for match in INSIDE_RE.finditer(text):
        yield Hit(
            match.start(), match.end(), "A blank inside a bracket.", (match.group().strip(" \u00a0"),), cause="inside"
        )
    for match in (*COMMA_RE.finditer(text), *STOP_RE.finditer(text)):
        hit = _joined(text, match)
        if hit:
            yield hit


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


def _is_score(text: str, match: re.Match[str]) -> bool:
    """True for "3 : 2", a list sign or code."""
    after = text[match.end() :].lstrip(" ")[:1]
    return match[1] in ":;" and (text[match.start() - 1].isdigit() and after.isdigit())
