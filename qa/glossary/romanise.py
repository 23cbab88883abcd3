"""Romanised forms of a term, to see whether a translation only transliterated it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def letters(lang: str) -> dict[int, str]:
    """Letter → Latin for a language, by code point; {} for one in another script."""
    table: dict[int, str] = {}
    for line in (files("qa") / "data" / "romanisation.tsv").read_text("utf-8").splitlines():
        name, *pairs = line.split("\t")
        if name in ("*", lang) and not line.startswith("#"):
            table |= {ord(pair[0]): pair[1:].strip() for pair in pairs}
    return table


def romanised(text: str, lang: str) -> str:
    """A text in Latin letters, or "" if a letter of it has no entry in the table."""
    latin = text.casefold().translate(letters(lang))
    return latin if latin.isascii() else ""
