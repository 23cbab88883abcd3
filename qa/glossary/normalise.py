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


def fold(word: str) -> str:
    """Case folded, compatibility forms and typographic apostrophes made plain."""
    plain = word if word.isascii() else unicodedata.normalize("NFKC", word)
    return plain.casefold().replace("’", "'").replace("ʼ", "'")


@lru_cache(maxsize=200_000)
def keys(word: str, lang: str) -> tuple[str, ...]:
    """The surface key of a word of the text first, then those of its possible base forms."""
    surface = fold(word)
    return tuple(dict.fromkeys([surface, *BASE_FORMS.get(lang, _none)(surface)]))


def term_keys(word: str, lang: str) -> tuple[str, ...]:
    """The keys under which a word of a term is entered."""
    return (fold(word),) if lang == "en" else keys(word, lang)


def _none(word: str) -> list[str]:
    return []


def _english(word: str) -> list[str]:
    """Without possessive and plural ending (Harman's S-stemmer, which errs on the careful side)."""
    stem = word[:-2] if word.endswith("'s") else word.rstrip("'")
    found = [stem] if stem != word else []
    if len(stem) > 3 and stem.endswith("s") and stem not in INVARIANT and stem[-2] not in "su":
        if stem.endswith("ies"):
            found.append(stem[:-3] + "y")
        elif stem.endswith(("ches", "shes", "xes", "sses", "zes", "oes")):
            found.append(stem[:-2])
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
