"""A number, date or time in the format of another locale.

"2,5 percent" reads as a slip or as two thousand five hundred; "20.03.2021" in English
prose is a form, not a date; "№ 5" is no English sign.

Flagged:
    [en] Inflation rose to 2,5 percent in March. => 2.5
    [en] The law was signed on 20.03.2021 in Moscow. => 20 March 2021
    [en] He was born in the 1987 year. => 1987
    [en] The colony № 2 lies in Pokrov. => No. 2
    [en] The firm paid 1.250.000 euros. => 1,250,000
    [de] Die Inflation stieg auf 2.5 Prozent. => 2,5
    [en] It begins at 18 o'clock. => 6 p.m.

Clean:
    [en] Rows 1,2 and 3; 2,500 percent; version 10.12.2020; 192.168.1.1; pages 2,5.
    [de] Am 20.03.2021 stieg sie auf 2,5 Prozent.
    [en] In 1987 year-on-year growth was 2.5 percent at 10 o’clock.
    [ru] Закон подписан 20.03.2021, инфляция 2,5 процента.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from qa.check import Kit
from qa.document import Document
from qa.schema import Hit, Severity

CATEGORY = "locale-conventions/number-format"
SEVERITY = Severity.MINOR
CONFIDENCE = 0.93

MONTHS = "January February March April May June July August September October November December".split()
DATE_RE = re.compile(r"(?<![\d.])(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.((?:19|20)\d\d)(?![\d.]\d|\d)")
VERSION_RE = re.compile(r"(?:version|release|build|v|ver\.|DOI|§)\s?$", re.I)
YEAR_RE = re.compile(
    r"\b((?:in|of|since|from|until|by|for) )((?:the )?((?:19|20)\d\d) year)(?=[\s.,;)]|$)(?! (?:old|on|ago|olds)\b)"
)
OF_YEAR_RE = re.compile(r"\bof the year ((?:19|20)\d\d)\b(?!-)")
NUMERO_RE = re.compile(r"№\s?(?=\d)")
CLOCK_RE = re.compile(r"\b(1[3-9]|2[0-3]) o['’]clock\b")


@cache
def formats() -> dict[str, tuple[str, str, re.Pattern[str], re.Pattern[str]]]:
    """Per language: decimal mark, group mark, a number with the wrong one, wrong groups."""
    rows = csv.DictReader((files("qa") / "data" / "formats.csv").read_text("utf-8").splitlines())
    return {row["lang"]: _patterns(row) for row in rows}


def _patterns(row: dict[str, str]) -> tuple[str, str, re.Pattern[str], re.Pattern[str]]:
    wrong = r"\." if row["decimal"] == "," else ","
    units = "|".join(re.escape(u) + (r"\b" if u[-1].isalnum() else "") for u in row["units"].split("|"))
    decimal = re.compile(rf"(?<![\d.,:/-])(\d{{1,3}}){wrong}(\d{{1,2}})(?=[ \u00a0-]?(?:{units}))(?!\d)")
    group = {",": r"\.", ".": ","}.get(row["group"], r"[.,]")
    groups = re.compile(rf"(?<![\d.,])\d{{1,3}}(?:{group}\d{{3}}){{2,}}(?![\d.,]\d)")
    return row["decimal"], row["group"], decimal, groups


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    if doc.lang in formats():
        yield from _numbers(doc)
    if doc.lang == "en":
        yield from _english(doc)


def _numbers(doc: Document) -> Iterator[Hit]:
    decimal, group, wrong_decimal, wrong_groups = formats()[doc.lang]
    for match in wrong_decimal.finditer(doc.text):
        repaired = match[1] + decimal + match[2]
        yield Hit(match.start(), match.end(), f"This language writes {repaired}.", (repaired,), cause="decimal")
    for match in wrong_groups.finditer(doc.text):
        repaired = re.sub(r"[.,]", group, match.group())
        yield Hit(match.start(), match.end(), f"This language writes {repaired}.", (repaired,), cause="groups")


def _english(doc: Document) -> Iterator[Hit]:
    text = doc.text
    for match in DATE_RE.finditer(text):
        if not VERSION_RE.search(text[max(match.start() - 10, 0) : match.start()]):
            yield _date(doc, match)
    for match in YEAR_RE.finditer(text) if " year" in text else ():
        yield Hit(match.start(2), match.end(2), "English gives the bare year.", (match[3],), cause="year")
    for match in OF_YEAR_RE.finditer(text) if "of the year" in text else ():
        yield Hit(match.start(), match.end(), "English gives the bare year.", (f"of {match[1]}",), cause="year")
    for match in NUMERO_RE.finditer(text):
        number = re.match(r"\d+", text[match.end() :])
        end = match.end() + (number.end() if number else 0)
        yield Hit(match.start(), end, "English writes No.", (f"No. {text[match.end() : end]}",), cause="numero")
    for match in CLOCK_RE.finditer(text) if "clock" in text else ():
        repaired = f"{int(match[1]) - 12} p.m."
        yield Hit(
            match.start(), match.end(), "English counts o’clock to twelve.", (repaired, f"{match[1]}:00"), cause="clock"
        )


def _date(doc: Document, match: re.Match[str]) -> Hit:
    day, month, year = int(match[1]), MONTHS[int(match[2]) - 1], match[3]
    british, american = f"{day} {month} {year}", f"{month} {day}, {year}"
    options = (american, british) if doc.locale.lower() == "en-us" else (british, american)
    return Hit(match.start(), match.end(), "English prose writes the month out.", options, cause="date")
