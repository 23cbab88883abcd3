"""A small letter where the language has a capital.

A sentence or paragraph that begins in lower case (the machine was given a piece of a
sentence), and names that English writes with a capital: days, months, peoples, the West
as a political body.

Flagged:
    [en] The talks ended on Monday. both sides were content with the result. => Both
    [en] He returned on monday with russian officials. => Monday
    [en] Sanctions by western partners go on. => Western partners
    [ru] Переговоры завершились в понедельник. обе стороны довольны итогом. => Обе

Clean:
    [en] “Is it over?” she asked. “No!” he cried. The firm of J. P. Morgan et al. said so.
    [en] It rose by 5 p.m. on Monday, approx. ten per cent, i.e. too much, vs. last year.
    [en] iPhone sales fell. eBay gained. In the western part of the town, polish the china.
    [en] He waited... and waited. It may march on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.check import Kit
from qa.document import Document
from qa.schema import Hit, Severity

CATEGORY = "linguistic-conventions/spelling"
SEVERITY = Severity.MINOR
CONFIDENCE = 0.92

CASED = frozenset("en de fr es it pt nl pl cs sk ru uk be bg ro tr sv da nb fi hu el hr".split())
START_RE = re.compile(r"[.!?][ \u00a0]+([^\W\d_]+)")
ENDED_RE = re.compile(r"[^\W\d_]{3}$")
ABBREVIATION_RE = re.compile(
    r"(?:\b(?:etc|vs|approx|inc|corp|ltd|dept|est|max|min|tel|fig|vol|cap|jr|sr|bros|ave|min|sec|avg|feat|incl|resp|bzw|"
    r"usw|ca|vgl|evtl|ggf|inkl|sog|env|ex|art|núm|pág|mln|mld|tys|godz|тыс|млн|млрд|руб|долл|коп|чел|др|пр|стр|сек|мин|обл|"
    r"грн|тис|соц|экон|рис|табл|напр|см|ср|им|кв|куб|макс|мин|проф|яз)|\b(?:[A-Z]\w*\.)+\w*|\b\w\.\w)[.]$",
    re.I,
)
CAPITALS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february april june july september october "
    "november december russian ukrainian american european british german french spanish italian chinese japanese "
    "israeli iranian iraqi syrian belarusian georgian armenian estonian latvian lithuanian finnish swedish norwegian "
    "danish hungarian romanian bulgarian canadian australian mexican brazilian palestinian egyptian moldovan kazakh "
    "azerbaijani serbian croatian russians ukrainians americans europeans germans italians israelis iranians syrians "
    "belarusians georgians armenians canadians australians palestinians egyptians".split()
)
WEST = frozenset("partner partners sanctions allies ally politicians diplomats".split())


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    if doc.lang in CASED:
        yield from _sentence_starts(doc)
    if doc.lang == "en" and any(c.isupper() for c in doc.text[:1000]):
        yield from _names(doc)


def _names(doc: Document) -> Iterator[Hit]:
    """Words that English writes with a capital wherever they stand."""
    for place, token in enumerate(doc.tokens):
        if token.text not in CAPITALS and token.text != "western":
            continue
        after = doc.tokens[place + 1] if token.text == "western" and place + 1 < len(doc.tokens) else None
        if token.text == "western" and (after is None or after.text not in WEST):
            continue
        if not _in_address(doc.text, token.start, token.end):
            yield _hit(doc, token.start, after.end if after else token.end, "English writes {} with a capital.")


def _sentence_starts(doc: Document) -> Iterator[Hit]:
    for match in START_RE.finditer(doc.text):
        word = match[1]
        if not word.islower() or not ENDED_RE.search(doc.text, max(match.start() - 3, 0), match.start()):
            continue
        before = doc.text[max(match.start() - 20, 0) : match.start() + 1]
        enough = "\n" not in doc.text[match.start(1) : match.start(1) + 12] and match.start(1) + 12 < len(doc.text)
        if enough and not ABBREVIATION_RE.search(before):
            yield _hit(doc, match.start(1), match.end(1), "The sentence begins in lower case.")


def _hit(doc: Document, start: int, end: int, message: str) -> Hit:
    found = doc.text[start:end]
    repaired = found[0].upper() + found[1:]
    return Hit(start, end, message.format(repaired.split()[0]), (repaired,), cause=found)


def _in_address(text: str, start: int, end: int) -> bool:
    """True inside an address, a tag or a handle."""
    before, after = text[start - 1 : start], text[end : end + 2]
    return before in tuple("@#./_-") or (after[:1] in tuple("@_/.") and after[1:].isalnum())
