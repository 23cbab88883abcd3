"""Words that tell of the countries where a language is at home (`data/homes.csv`): Russian, Moscow, Kremlin."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def homes(lang: str) -> dict[str, tuple[str, ...]]:
    """Words of `lang` that tell of the countries of other languages, by language: adjectives first."""
    kinds = (f"{lang}:adjective", lang)
    return {
        row["lang"]: tuple(word for kind in kinds for word in row[kind].split("|")) for row in _homes() if row.get(lang)
    }


@cache
def home_words(lang: str) -> frozenset[str]:
    """All words of `homes`."""
    return frozenset(word for words in homes(lang.partition("-")[0]).values() for word in words)


@cache
def adjectives(lang: str) -> frozenset[str]:
    """Adjectives of countries and peoples, which English writes with a capital."""
    return frozenset(word for row in _homes() for word in (row.get(f"{lang}:adjective") or "").split("|") if word)


@cache
def _homes() -> list[dict[str, str]]:
    return list(csv.DictReader((files("qa") / "data" / "homes.csv").read_text("utf-8").splitlines()))
