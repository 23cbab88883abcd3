"""What romanisations of one name have in common, and what an acronym looks like."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ACRONYM_RE = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z][A-Za-z]{1,3}[A-Z]{1,6}")
# Spellings of one sound in romanisations of Cyrillic and Arabic, longest first.
SOUNDS = (
    ("shch", "S"), ("sch", "S"), ("tch", "C"), ("zh", "Z"), ("kh", "h"), ("ts", "c"), ("tz", "c"), ("ch", "C"),
    ("sh", "s"), ("ph", "f"), ("ck", "k"), ("iyi", "i"), ("yy", "i"), ("iy", "i"), ("ij", "i"), ("ii", "i"),
    ("yi", "i"), ("ey", "ei"), ("ej", "ei"), ("ay", "ai"), ("aj", "ai"), ("oy", "oi"),
    ("oj", "oi"), ("yu", "u"), ("iu", "u"),
    ("ju", "u"), ("ya", "a"), ("ia", "a"), ("ja", "a"), ("ye", "e"), ("ie", "e"), ("je", "e"), ("yo", "o"), ("jo", "o"),
    ("y", "i"), ("j", "i"), ("x", "ks"), ("w", "v"), ("q", "k"), ("'", ""), ("’", ""), ("ʹ", ""),
)  # fmt: skip
SAME_SOUND = 3  # letters that two spellings of one name begin with
LINKS = ("the", "of", "and")
WORD_RE = re.compile(r"[^\W\d_][\w'’]*")
SOUND_RE = re.compile("|".join(re.escape(a) for a, _ in SOUNDS))
SOUND_OF = dict(SOUNDS)


@lru_cache(maxsize=50_000)
def sound_key(name: str) -> str:
    """What romanisations of one name have in common."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))
    spelled = SOUND_RE.sub(lambda m: SOUND_OF[m.group()], plain)
    return re.sub(r"(.)\1+", r"\1", spelled)


def sounds_like(text: str, name: str) -> bool:
    """True if each word of a text begins like that of a name: Moscow, Moskva; not Polar Owl, Polyarnaya Sova."""
    one, other = (
        [sound_key(word)[:SAME_SOUND] for word in WORD_RE.findall(words) if word.lower() not in LINKS]
        for words in (text, name)
    )
    return bool(one) and one == other[: len(one)]


def is_acronym(text: str) -> bool:
    return bool(ACRONYM_RE.fullmatch(text))
