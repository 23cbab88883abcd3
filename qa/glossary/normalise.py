"""Under which keys a word is looked up, so that a term is found through inflection.

A term is entered under the keys of its own words; a word of the text is looked up under
its surface and under what inflection may have been put upon it. English adds a plural or
possessive ending, so only the text is stripped, never the term: "Newbies" finds Newbie,
"New" does not find News.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache

INVARIANT = {"news", "series", "species", "means", "always", "perhaps", "gas", "bus", "this", "his", "its", "was"}
        found.append(stem[:-1])
    return found


def _slavic(lang: str) -> Callable[[str], list[str]]:
    def lemmas(word: str) -> list[str]:
        import simplemma

        found = [simplemma.lemmatize(word, lang=lang).casefold()]
        if len(word) > 2:
            found += [p.normal_form for p in _morph(lang).parse(word)[:3]]
        return found

    return lemmas


@lru_cache(maxsize=2)
def _morph(lang: str):  # type: ignore[no-untyped-def]
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang=lang)


def _simplemma(lang: str) -> Callable[[str], list[str]]:
    def lemmas(word: str) -> list[str]:
        import simplemma

        return [simplemma.lemmatize(word, lang=lang).casefold()]

    return lemmas


BASE_FORMS: dict[str, Callable[[str], list[str]]] = {
    "en": _english,
    "ru": _slavic("ru"),
    "uk": _slavic("uk"),
    **{lang: _simplemma(lang) for lang in ("de", "fr", "es", "it", "pl", "tr", "pt", "cs", "nl")},
}
