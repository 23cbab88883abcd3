"""What a locale writes: quotation marks and number formats, from tables after CLDR."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quotation marks of a language, outer and inner, and all marks that it tolerates."""

    open: str
    close: str
    inner_open: str
    inner_close: str
    allowed: frozenset[str]


@cache
def _table() -> dict[str, Quotes]:
    rows = csv.DictReader((files("qa") / "data" / "quotes.csv").read_text("utf-8").splitlines())
    return {
        row["lang"]: Quotes(
            row["open"], row["close"], row["inner_open"], row["inner_close"], frozenset(row["allowed"]) - {" "}
        )
        for row in rows
    }


def quotes(lang: str) -> Quotes | None:
    """The quotation marks of a language; None where the table has none."""
    return _table().get(lang)
