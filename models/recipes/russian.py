"""Russian agreement and relational adjectives, for phrases.py, on pymorphy3's parses."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pymorphy3

SUFFIXES = (
    "ский",
    "ской",
    "ный",
    "овый",
    "евый",
    "енный",
    "ческий",
    "ический",
    "анный",
    "янный",
    "яный",
    "аный",
    "иный",
    "ий",
    "ой",
    "очный",
    "ичный",
    "онный",
    "альный",
)
SOFTER = {"к": "ч", "г": "ж", "х": "ш", "ц": "ч"}


class Russian:
    """Agreement, on pymorphy3's parses; one parse a word, the likeliest of its kind."""

    def __init__(self, counts: Counter[str]) -> None:
        self.morph = pymorphy3.MorphAnalyzer(lang="ru")
        self.counts = counts
        self.relations: dict[str, Any] = {}

    def parse(self, word: str, kind: str) -> Any | None:
        """Return the word as a singular (or only plural) nominative of this kind."""
        for parse in self.morph.parse(word)[:4]:
            if kind in parse.tag and "nomn" in parse.tag and parse.normal_form == word:
                bad = {"Surn", "Name", "Patr", "Apro", "Anum", "Abbr"} & set(parse.tag.grammemes)
                return None if bad else parse
        return None

    def adjective(self, noun: Any) -> Any | None:
        """Return the relational adjective of a noun, if the texts use one."""
        word = noun.normal_form
        if word not in self.relations:
            self.relations[word] = self._adjective(word)
        return self.relations[word]

    def _adjective(self, word: str) -> Any | None:
        stem = word.rstrip("аяоеьйёиы") if len(word) > 3 else word
        stems = {stem, stem[:-1] + SOFTER.get(stem[-1:], stem[-1:]), stem + "ь"}
        if stem.endswith(("ец", "ок", "ек")):
            stems |= {stem[:-2] + "ч", stem[:-2] + "ец"[0] + "ч"}
        if len(stem) > 3 and stem[-2] not in "аеиоуыэюя" and word[-1] in "аояе":
            stems |= {stem[:-1] + vowel + stem[-1] for vowel in "оеё"}
        forms = {s + suffix for s in stems for suffix in SUFFIXES}
        known = [f for f in sorted(forms) if self.counts[f] >= 2 and self.parse(f, "ADJF")]
        if not known:
            return None
        return self.parse(max(known, key=lambda f: self.counts[f]), "ADJF")

    def agree(self, adjective: Any, noun: Any, case: str, number: str) -> str | None:
        """Return adjective + noun in a case and number."""
        head = noun.inflect({case, number})
        want = {case, number}
        if number == "sing":
            if noun.tag.gender is None:
                return None
            want.add(noun.tag.gender)
        elif case == "accs":
            return None
        left = adjective.inflect(want)
        return f"{left.word} {head.word}" if head and left else None
