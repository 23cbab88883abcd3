"""Language codes: one BCP 47 tag, and what each model family calls it (`languages.csv`)."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

REGION_SCRIPT = {"zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh-MO": "zh-Hant"}


@dataclass(frozen=True, slots=True)
class Codes:
    """One row of the table; an empty field means that the family does not know the language."""

    tag: str
    iso3: str
    script: str
    nllb: str
    m2m100: str
    mbart50: str


@cache
def table() -> dict[str, Codes]:
    """BCP 47 tag → codes."""
    text = (files("qa.translator") / "languages.csv").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {row["tag"]: Codes(**row) for row in csv.DictReader(lines)}


def find(tag: str) -> Codes | None:
    """Codes of a BCP 47 tag or of any family's own code; region and unknown script are dropped."""
    tag = tag.replace("_", "-")
    tag = REGION_SCRIPT.get(tag, tag)
    rows = table()
    if tag in rows:
        return rows[tag]
    language = tag.split("-")[0].lower()
    by_iso3 = (row for row in rows.values() if row.iso3 == language)
    return rows.get(language) or next(by_iso3, None)


def marian_tags(tag: str) -> Iterator[str]:
    """Names that OPUS-MT models may have for a language, likeliest first: >>rus<<, >>ru<<, …"""
    codes = find(tag)
    names = [tag.replace("-", "_"), tag.partition("-")[0]]
    if codes:
        script = codes.tag.partition("-")[2] or codes.script
        iso3 = [codes.iso3, {"zho": "cmn", "arb": "ara", "pes": "fas"}.get(codes.iso3, codes.iso3)]
        scripted = [f"{code}_{script}" for code in iso3]
        names = [*(scripted if "-" in codes.tag else iso3), codes.tag, *scripted, *iso3, *names]
    yield from (f">>{name}<<" for name in dict.fromkeys(names))


def marian_tag(tag: str, known: Collection[str]) -> str | None:
    """The target tag of a multilingual OPUS-MT model for a language, if it has one."""
    return next((name for name in marian_tags(tag) if name in known), None)
