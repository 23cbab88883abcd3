"""A number, date or time in the format of another locale.

"2,5 percent" reads as a slip or as two thousand five hundred; "20.03.2021" in English
prose is a form, not a date; "№ 5" is no English sign.

Flagged:
    [en] Inflation rose to 2,5 percent in March. => 2.5
    [en] The law was signed on 20.03.2021 in Moscow. => 20 March 2021
    [en] He was born in the 1987 year. => 1987
    [en] The colony № 2 lies in Pokrov. => No. 2
    [en] The firm paid 1.250.000 euros. => 1,250,000
    [en] The pipeline is 1 500,5 km long. => 1,500.5
    [en] The symposium was held in Beijing。 => .
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
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from qa.check import Kit
from qa.document import Document
from qa.schema import Hit, Severity

CATEGORY = "locale-conventions/number-format"
SEVERITY = Severity.MINOR
CONFIDENCE = 0.93

MONTHS = "January February March April May June July August September October November December".split()
NUMBER_RE = re.compile(r"\d[\d.,]*\d")
GROUPS_RE = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0]\d{3})*[ \u00a0]$")
DATE_RE = re.compile(r"(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.((?:19|20)\d\d)")
VERSION_RE = re.compile(r"(?:version|release|build|v|ver\.|DOI|§)\s?$", re.I)
YEAR_RE = re.compile(
    r"\b((?:in|of|since|from|until|by|for) )((?:the )?((?:19|20)\d\d) year)(?=[\s.,;)]|$)(?! (?:old|on|ago|olds)\b)"
)
OF_YEAR_RE = re.compile(r"\bof the year ((?:19|20)\d\d)\b(?!-)")
NUMERO_RE = re.compile(r"№\s?(\d+)")
NARROW = dict(zip("。，；：！？（）、", ".,;:!?(),", strict=True))
WIDE_RE = re.compile(r"(?<=[\u0000-\u024f])[。，；：！？（）、]")
WIDE_LANGS = frozenset({"zh", "ja", "ko", "und"})
CLOCK_RE = re.compile(r"\b(1[3-9]|2[0-3]) o['’]clock\b")


@dataclass(frozen=True, slots=True)
class Format:
    """How a language writes numbers, and what tells a number in another format."""

    decimal: str
    group: str
    wrong_decimal: re.Pattern[str]
    wrong_groups: re.Pattern[str]
    units: re.Pattern[str]


@cache
def formats() -> dict[str, Format]:
    """Formats by language (`data/formats.csv`)."""
    rows = csv.DictReader((files("qa") / "data" / "formats.csv").read_text("utf-8").splitlines())
    return {row["lang"]: _patterns(row) for row in rows}


def _patterns(row: dict[str, str]) -> Format:
    wrong = r"\." if row["decimal"] == "," else ","
    group = {",": r"\.", ".": ","}.get(row["group"], "[.,]")
    units = "|".join(re.escape(u) + (r"\b" if u[-1].isalnum() else "") for u in row["units"].split("|"))
    return Format(
        row["decimal"],
        row["group"],
        re.compile(rf"(\d{{1,3}}){wrong}(\d{{1,2}})"),
        re.compile(rf"\d{{1,3}}(?:{group}\d{{3}}){{2,}}"),
        re.compile(rf"[ \u00a0-]?(?:{units})"),
    )


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    if doc.lang in formats():
        for number in NUMBER_RE.finditer(doc.text):
            yield from _number(doc, number)
    if doc.lang == "en":
        yield from _english(doc.text)
    if doc.lang not in WIDE_LANGS and not doc.text.isascii():
        for mark in WIDE_RE.finditer(doc.text):
            narrow = NARROW[mark.group()]
            yield Hit(mark.start(), mark.end(), f"This language writes “{narrow}”.", (narrow,), cause="wide")


def _number(doc: Document, number: re.Match[str]) -> Iterator[Hit]:
    form, found = formats()[doc.lang], number.group()
    before = doc.text[max(number.start() - 10, 0) : number.start()]
    if before.endswith(tuple(",.:/-")):
        return
    decimal = form.wrong_decimal.fullmatch(found)
    if decimal and form.units.match(doc.text, number.end()):
        groups = GROUPS_RE.search(before)
        start = number.start() - len(groups.group()) if groups else number.start()
        thousands = re.sub(r"\s", form.group.strip() or "\u00a0", groups.group()) if groups else ""
        repaired = thousands + decimal[1] + form.decimal + decimal[2]
        yield Hit(start, number.end(), f"This language writes {repaired}.", (repaired,), cause="decimal")
    elif form.wrong_groups.fullmatch(found):
        repaired = re.sub(r"[.,]", form.group, found)
        yield Hit(number.start(), number.end(), f"This language writes {repaired}.", (repaired,), cause="groups")
    elif doc.lang == "en" and (date := DATE_RE.fullmatch(found)) and not VERSION_RE.search(before):
        yield _date(doc, number, date)


def _english(text: str) -> Iterator[Hit]:
    for match in YEAR_RE.finditer(text) if " year" in text else ():
        yield Hit(match.start(2), match.end(2), "English gives the bare year.", (match[3],), cause="year")
    for match in OF_YEAR_RE.finditer(text) if "of the year" in text else ():
        yield Hit(match.start(), match.end(), "English gives the bare year.", (f"of {match[1]}",), cause="year")
    for match in NUMERO_RE.finditer(text) if "№" in text else ():
        yield Hit(match.start(), match.end(), "English writes No.", (f"No. {match[1]}",), cause="numero")
    for match in CLOCK_RE.finditer(text) if "clock" in text else ():
        options = (f"{int(match[1]) - 12} p.m.", f"{match[1]}:00")
        yield Hit(match.start(), match.end(), "English counts o’clock to twelve.", options, cause="clock")


def _date(doc: Document, number: re.Match[str], date: re.Match[str]) -> Hit:
    day, month, year = int(date[1]), MONTHS[int(date[2]) - 1], date[3]
    british, american = f"{day} {month} {year}", f"{month} {day}, {year}"
    options = (american, british) if doc.locale.lower() == "en-us" else (british, american)
    return Hit(number.start(), number.end(), "English prose writes the month out.", options, cause="date")
