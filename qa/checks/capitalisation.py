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
START_RE = re.compile(r"(?<![\s.][^\W\d_])(?<=[^\W\d_]{3}[.!?])[ \u00a0]+([^\W\d_]+)")
ABBREVIATION_RE = re.compile(
    r"(?:\b(?:etc|vs|approx|inc|corp|ltd|dept|est|max|min|tel|fig|vol|cap|jr|sr|bros|ave|min|sec|avg|feat|incl|resp|bzw|"
    r"usw|ca|vgl|evtl|ggf|inkl|sog|env|ex|art|núm|pág|mln|mld|tys|godz|тыс|млн|млрд|руб|долл|коп|чел|др|пр|стр|сек|мин|обл|"
    r"грн|тис|соц|экон|рис|табл|напр|см|ср|им|кв|куб|макс|мин|проф|яз)|\b(?:[A-Z]\w*\.)+\w*|\b\w\.\w)[.]$",
    re.I,
)
PEOPLES = (
    "russian|ukrainian|american|european|british|german|french|spanish|italian|chinese|japanese|israeli|iranian|iraqi|"
    "syrian|belarusian|georgian|armenian|estonian|latvian|lithuanian|finnish|swedish|norwegian|danish|hungarian|romanian|"
    "bulgarian|canadian|australian|mexican|brazilian|palestinian|egyptian|moldovan|kazakh|azerbaijani|serbian|croatian"
)
DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
MONTHS = "january|february|april|june|july|september|october|november|december"
ENGLISH_RE = re.compile(
    rf"\b(?:{DAYS}|{MONTHS}|(?:{PEOPLES})s?|english(?=-speaking|\s(?:language|newspaper))|"
    r"western (?=partners?\b|sanctions?\b|allies\b|politicians?\b|diplomats?\b))"
)


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    if doc.lang in CASED:
        yield from _sentence_starts(doc)
    if doc.lang == "en" and not _is_all_lower(doc.text):
        for match in ENGLISH_RE.finditer(doc.text):
            if not _in_name(doc.text, match.start(), match.end()):
                yield from _hit(
                    doc, match.start(), match.start() + len(match.group().rstrip()), "English writes {} with a capital."
                )


def _sentence_starts(doc: Document) -> Iterator[Hit]:
    for block in doc.blocks:
        text = block.of(doc.text)
        for match in START_RE.finditer(text):
            word = match.group(1)
            before = text[: match.start()]
            ended = not ABBREVIATION_RE.search(before[-20:]) and not before.endswith("..")
            if word[0].islower() and word.islower() and ended and len(text) - match.start(1) > 12:
                start = block.start + match.start(1)
                yield from _hit(doc, start, start + len(word), "The sentence begins in lower case.")


def _hit(doc: Document, start: int, end: int, message: str) -> Iterator[Hit]:
    found = doc.text[start:end]
    repaired = found[0].upper() + found[1:]
    full = _partner(doc.text, end) if found == "western" else 0
    yield Hit(start, end + full, message.format(repaired), (repaired + doc.text[end : end + full],), cause=found)


def _partner(text: str, end: int) -> int:
    """The length of the blank and the noun after "western"."""
    found = re.match(r" \w+", text[end:])
    return found.end() if found else 0


def _in_name(text: str, start: int, end: int) -> bool:
    """True inside an address, a tag or a handle."""
    return text[start - 1 : start] in tuple("@#./_-") or (
        text[end : end + 1] in tuple("@_/.") and text[end + 1 : end + 2].isalnum()
    )


def _is_all_lower(text: str) -> bool:
    return not any(c.isupper() for c in text)
