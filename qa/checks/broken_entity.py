r"""Leftover markup: character references, tags, escapes, mojibake.

What a machine left of a page's code stands in the text: `&# 160;`, `&amp;nbsp;`,
`< /h3>`, `%20`, `\u00ab`, "вЂ" for a dash. The reader sees noise; the repair is the
character that was meant.

Flagged:
    [en] He said so on Monday&# 160;and left. => ␠
    [en] The minister&quot;s office declined. => "
    [en] Russia039;s ministry declined to comment. => '
    [en] The talks ended.< /p> => ∅
    [en] The two%20sides met again. => ␠
    [en] The town of Besançon and its cafÃ© culture. => café
    [en] It was called \u00abpeace\u00bb by all. => «

Clean:
    [en] AT&T; and R&D grew by 20% in Q1 & Q2.
    [en] He paid 100% of 5 < 7 and 9 > 3.
    [de] Ângela und São Paulo, Ñandú, “Été”, Œuvre.
    [en] See the file C:\new\reports for details.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import cache
from html.entities import html5
from urllib.parse import unquote

from qa.check import Kit
from qa.document import Document
from qa.schema import Hit, Severity

CATEGORY = "linguistic-conventions/character-encoding"
SEVERITY = Severity.MINOR
CONFIDENCE = 0.97

# Names that stand for punctuation: recognised without their semicolon, too.
PUNCTUATION = "nbsp|quot|amp|laquo|raquo|mdash|ndash|hellip|ldquo|rdquo|lsquo|rsquo|bdquo|sbquo|shy|apos|lt|gt|thinsp"
REFERENCE_RE = re.compile(
    r"&\s?(?:amp\s?;\s?)*(?:\#\s?x\s?[0-9a-f]{2,6}|\#\s?\d{2,6})\s?;?"  # &# 160; &amp;#8217;
    rf"|&\s?(?:amp\s?;\s?)*(?:{PUNCTUATION})\b\s?;?"  # &nbsp &amp;quot; & laquo ;
    r"|&(?:amp;)*[a-z]{2,12}[0-9]{0,2};",  # any other name, closed
    re.I,
)
# The tail of a reference whose beginning was lost.
TAIL_RE = re.compile(
    r"(?<![&\w])\#\s?(?:39|34|160|171|187|8211|8212|8216|8217|8220|8221|8230)\s?;"
    r"|(?<=[^\W\d])0?39;(?=s\b|t\b|\s)|(?<![\w&])(?:nbsp|quot|laquo|raquo|mdash|ndash|hellip|ldquo|rdquo);"
)
TAG_NAMES = "p|br|hr|b|i|u|em|strong|small|h[1-6]|div|span|a|ul|ol|li|img|table|tbody|tr|td|th|blockquote|sup|sub|font"
TAG_NAMES += "|script|style|iframe|figure|figcaption|section|article|noindex|center"
TAG_RE = re.compile(
    rf"<\s?/?\s?(?:{TAG_NAMES})(?:\s[^<>\n]{{0,300}})?\s?/?\s?>"
    rf"|(?<![<\w/])/\s?(?:{TAG_NAMES})\s?>|<\s?/\s?(?:{TAG_NAMES})(?![\w>])"
    r"|<!\[CDATA\[|\]\]>|<!--.*?-->|\[/?(?:b|i|url|quote|img|caption)(?:=[^\]]*)?\]",
    re.I | re.S,
)
PERCENT_RE = re.compile(r"(?:%[0-9A-F]{2}){2,}|(?<=[^\W\d])%20|%20(?=[^\W\d])", re.I)
ESCAPE_RE = re.compile(
    r"(?:\\u[0-9a-f]{4})+|\\x[0-9a-f]{2}|(?<![\w\\])u(?:00a[0b]|00bb|20(?:1[3489cd]|26))|(?<![\w:\\])\\[\"']"
    r"|(?<=[.!?,;\w\"”»])\\[nrt](?=\s|$|[A-ZА-Я\\])",
    re.I,
)
WINDOWS_PATH_RE = re.compile(r"[A-Za-z]:\\[\w\\. -]*")
MOJIBAKE_RE = re.compile(
    r"\S*(?:[ÂÃ][\u0080-\u00bf\u0152-\u0178ˆ˜€‚ƒ„…†‡ˆ‰‹‘’“”•–—˜™›]|â€|â„|[ÐÑ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ]"
    r"|(?:[РС][\u0080-\u00bf\u2018-\u203a\u0400-\u045f]){2}|вЂ|Ã¯Â¿Â½|ï»¿|\ufffd|\ufeff|\ufffc)\S*"
)
MOJIBAKE_SIGNS_RE = re.compile(
    "[ÃÂÐÑâ\ufffd\ufeff\ufffc]|[РСв][\u0080-\u00bf\u0402-\u040f\u0452-\u045f\u2018-\u203aЂ]|ï»¿"
)


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    taken: list[Hit] = []
    for signs, look in LOOKS:
        if any(sign in doc.text for sign in signs):
            taken += [h for h in look(doc.text) if not any(h.span.overlaps(other.span) for other in taken)]
    if not doc.text.isascii() and MOJIBAKE_SIGNS_RE.search(doc.text):
        taken += [h for h in _mojibake(doc.text) if not any(h.span.overlaps(other.span) for other in taken)]
    yield from sorted(taken, key=lambda hit: hit.start)


def _references(text: str) -> Iterator[Hit]:
    for match in REFERENCE_RE.finditer(text):
        found = match.group()
        decoded = decode(found)
        if decoded is not None and not (found == "&" or _is_word(text, match)):
            yield _hit(text, match, decoded, "A character reference was left in the text.")


def _is_word(text: str, match: re.Match[str]) -> bool:
    """True for "Q&A;"-like ampersands between words, which only look like a reference."""
    closed = match.group().rstrip().endswith(";")
    name = re.sub(r"[^a-z]", "", match.group().lower())
    before = text[match.start() - 1 : match.start()]
    return not closed and name in ("lt", "gt", "amp", "shy") and before.isalnum()


@cache
def decode(reference: str) -> str | None:
    """The character that a damaged reference stands for; None if it stands for none."""
    tight = re.sub(r"\s", "", reference)
    bare = re.sub(r"(?i)^&(?:amp;)*(?=[#a-z])", "&", tight)
    name = bare.lstrip("&").rstrip(";")
    if name.startswith("#"):
        decoded = html.unescape(f"&{name};")
        return None if decoded == "\ufffd" or decoded.startswith("&") else decoded
    return next((html5[n] for n in (f"{name};", f"{name.lower()};") if n in html5), None)


def _tails(text: str) -> Iterator[Hit]:
    for match in TAIL_RE.finditer(text):
        name = match.group().strip("; ")
        decoded = decode(f"&{name};" if name[0].isalpha() else f"&#{name.lstrip('#0 ')};")
        if decoded is not None:
            yield _hit(text, match, decoded, "The rest of a character reference was left in the text.")


def _tags(text: str) -> Iterator[Hit]:
    for match in TAG_RE.finditer(text):
        if not re.match(r"[”\"'`]?\s?(?:tags?|elements?|attributes?)\b", text[match.end() :]):
            replacement = " " if _between_words(text, match.start(), match.end()) else ""
            yield _hit(text, match, replacement, "A tag of the page was left in the text.")


def _percents(text: str) -> Iterator[Hit]:
    for match in PERCENT_RE.finditer(text):
        decoded = unquote(match.group(), errors="strict") if _decodes(match.group()) else None
        if decoded and decoded.isprintable():
            yield _hit(text, match, decoded, "A percent-encoded character was left in the text.")


def _decodes(escaped: str) -> bool:
    try:
        unquote(escaped, errors="strict")
    except UnicodeDecodeError:
        return False
    return True


def _escapes(text: str) -> Iterator[Hit]:
    paths = [m.span() for m in WINDOWS_PATH_RE.finditer(text)] if "\\" in text else []
    for match in ESCAPE_RE.finditer(text):
        if any(a <= match.start() < b for a, b in paths):
            continue
        found = match.group()
        digits = re.findall(r"[ux]([0-9a-f]{2,4})", found, re.I)
        decoded = "".join(chr(int(d, 16)) for d in digits) if digits else {'"': '"', "'": "'"}.get(found[1:], " ")
        if not any("\ud800" <= c <= "\udfff" for c in decoded):
            yield _hit(text, match, decoded, "An escape sequence was left in the text.")


def _mojibake(text: str) -> Iterator[Hit]:
    for match in MOJIBAKE_RE.finditer(text):
        found = match.group()
        if found.strip("\ufeff\ufffc") != found or "\ufffc" in found:
            yield Hit(match.start(), match.end(), "An invisible character was left in the text.",
                      (re.sub("[\ufeff\ufffc]", "", found),), cause="invisible")  # fmt: skip
            continue
        from ftfy import fix_encoding

        repaired = fix_encoding(found)
        if repaired != found:
            yield Hit(
                match.start(), match.end(), "Text was decoded in the wrong encoding.", (repaired,), cause="mojibake"
            )
        elif "\ufffd" in found:
            yield Hit(match.start(), match.end(), "A character was lost in decoding.", cause="lost")


def _hit(text: str, match: re.Match[str], decoded: str, message: str) -> Hit:
    """A hit whose repair leaves no blank too many."""
    blank = decoded in ("\u00a0", "\u00ad", "\u2009", " ")
    repaired = decoded
    if blank:
        repaired = " " if decoded != "\u00ad" and _between_words(text, match.start(), match.end()) else ""
    shown = f"{message[:-1]}; it stands for {decoded!r}." if decoded.strip() and not blank else message
    return Hit(match.start(), match.end(), shown, (repaired,), {"decoded": decoded}, cause="markup")


def _between_words(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return (before.isalnum() and after.isalnum()) or (before in tuple('.,;:!?)»”’"%') and after.isalnum())


LOOKS: tuple[tuple[tuple[str, ...], Callable[[str], Iterator[Hit]]], ...] = (
    (("&",), _references),
    (("39;", "#", "quot;", "quo;", "dash;", "nbsp;", "hellip;"), _tails),
    (("<", "/", "[", "]]>"), _tags),
    (("%",), _percents),
    (("\\", "u00", "u20"), _escapes),
)
