"""Under which keys a word is looked up, so that a term is found through inflection.

A term is entered under the keys of its own words; a word of the text is looked up under
its surface and under what inflection may have been put upon it. What languages need is
in `qa/glossary/inflection.py`; here is what they share: case, compatibility forms,
apostrophes, stress marks, and letters that are written in two ways (ё, ı, hamza).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from qa.glossary import inflection

MARKS = [*range(0x300, 0x370), *range(0x64B, 0x660), 0x670, 0x640]
SAME = {"’": "'", "ʼ": "'", "ʻ": "'", "ё": "е", "ı": "i", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي",
        "ک": "ك", "ة": "ه"}  # fmt: skip
PLAIN = str.maketrans({**dict.fromkeys(map(chr, MARKS), ""), **SAME})
VERB = "~"


def fold(word: str) -> str:
    """Case folded; compatibility forms, apostrophes, stress marks and twofold letters made plain."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", word).casefold().translate(PLAIN)


@lru_cache(maxsize=100_000)
def keys(word: str, lang: str) -> tuple[str, ...]:
    """The surface key of a word of the text first, then those of its possible base forms."""
    surface = fold(word)
    found = [surface, *(fold(form) for form in inflection.base_forms(surface, lang))]
    if lang == "en":
        found += [VERB + form for form in inflection.english_verb(surface)]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=100_000)
def term_keys(word: str, lang: str) -> tuple[str, ...]:
    """The keys under which a word of a term is entered.

    English inflection only adds endings, so only the text is stripped, never the term:
    "Newbies" finds Newbie, "New" does not find News.
    """
    surface = fold(word)
    return tuple(dict.fromkeys([surface, *(fold(form) for form in inflection.dictionary_forms(surface, lang))]))


@lru_cache(maxsize=100_000)
def verb_keys(word: str) -> tuple[str, ...]:
    """The further keys of the first word of an English turn of phrase: through -ed and -ing."""
    surface = fold(word)
    return tuple(VERB + form for form in dict.fromkeys([surface, *inflection.english_verb(surface)]))
