"""What inflection may have been put upon a word, language by language.

`base_forms` is asked of words of a text: the forms under which a term may be listed.
`dictionary_forms` is asked of words of a term, and only where a term's own words are
inflected too (Gelbe Westen). Morphology is loaded when a text in that language comes.

Data: pymorphy3 dictionaries (OpenCorpora and LanguageTool, CC BY-SA 3.0), simplemma
(MIT; its word lists under the licences that it carries).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

INVARIANT = {"news", "series", "species", "means", "always", "perhaps", "gas", "bus", "this", "his", "its", "was"}
SINGULAR = {"men": "man", "women": "woman", "people": "person", "children": "child", "feet": "foot"}
VOWELS = "aeiou"
# Languages that simplemma lemmatises well enough; Russian and Ukrainian also ask pymorphy3.
SIMPLEMMA = frozenset("bg ca cs da de el es et fi fr ga gl hbs hu it lt lv mk nb nl pl pt ro ru sk sl sv tr uk".split())
AS_SIMPLEMMA = {"hr": "hbs", "sr": "hbs", "bs": "hbs", "no": "nb"}
PYMORPHY = frozenset({"ru", "uk"})
CYRILLIC_RE = re.compile(r"[\u0400-\u04ff]")
MOST_PARSES = 3

TURKISH_ENDINGS = re.compile(
    r"(?:[ns]?[iıuü]n|[yns]?[iıuü]|n?[dt][ae]n?|[yn]?[ae]|y?l[ae]|l[ae]r[iıuü]?|[dt][iıuü]r|ki|[cç][ae]|s[iıuü]z)$"
)
POLISH_ENDINGS = {"a": ("o",), "u": ("o",), "em": ("o",), "y": ("a",), "ę": ("a",), "ą": ("a",), "iej": ("ia", "i")}
GERMAN_ENDINGS = ("s", "es", "n", "en", "'")
HARD = {"b": "p", "c": "ç", "d": "t", "ğ": "k"}
ARABIC_ARTICLE = re.compile(r"^[وف]?(?:[بك]?ال|لل)")
ARABIC_PARTICLES = re.compile(r"^(?:[وف][بلك]?|[بلك])")
ARABIC_SUFFIXES = re.compile(r"(?:ها|هم|هما|هن|كم|كما|كن|نا|ه|ك|ي|ني)$")


def base_forms(word: str, lang: str) -> Iterable[str]:
    """Forms of which a folded word of a text may be an inflection."""
    rule = RULES.get(lang)
    found = list(rule(word)) if rule else []
    if lang in PYMORPHY:
        found += _pymorphy_forms(word, lang)
    return [*found, *dictionary_forms(word, lang)]


def dictionary_forms(word: str, lang: str) -> Iterable[str]:
    """The lemma of a word by its language's word list; of German ones also as the noun that a capital makes of it."""
    code = AS_SIMPLEMMA.get(lang, lang)
    if code not in SIMPLEMMA or len(word) < 3:
        return ()
    import simplemma

    lemma = simplemma.lemmatize(word, lang=code)
    return (lemma, simplemma.lemmatize(word.capitalize(), lang=code)) if code == "de" else (lemma,)


def data_version(lang: str) -> str:
    """The version of the word list that terms of a language are entered under."""
    if AS_SIMPLEMMA.get(lang, lang) not in SIMPLEMMA:
        return ""
    import simplemma

    return str(simplemma.__version__)


def english(word: str) -> list[str]:
    """Without possessive and plural ending (Harman's S-stemmer, which errs on the careful side)."""
    stem = word[:-2] if word.endswith("'s") else word.rstrip("'")
    found = [stem] if stem != word else []
    if len(stem) > 3 and stem.endswith("s") and stem not in INVARIANT and stem[-2] not in "su":
        if stem.endswith("ies"):
            found.append(stem[:-3] + "y")
        elif stem.endswith(("ches", "shes", "xes", "sses", "zes", "oes")):
            found.append(stem[:-2])
        found.append(stem[:-1])
    return [*found, SINGULAR[stem]] if stem in SINGULAR else found


@lru_cache(maxsize=50_000)
def english_verb(word: str) -> tuple[str, ...]:
    """Infinitives of which a word may be the past or the -ing form; () for what is neither."""
    if word in irregular_verbs():
        return irregular_verbs()[word]
    ending = "ing" if word.endswith("ing") else "ed" if word.endswith("ed") else ""
    stem = word[: -len(ending)] if ending else ""
    if len(stem) < 2 or not any(c in VOWELS + "y" for c in stem):
        return ()
    single = (stem[:-1],) if stem[-1] == stem[-2] and stem[-1] not in VOWELS else ()
    soft = (stem[:-1] + "y",) if ending == "ed" and stem.endswith("i") else ()
    return (stem, stem + "e", *single, *soft)


@cache
def irregular_verbs() -> dict[str, tuple[str, ...]]:
    """Past and other forms → infinitives (`data/irregular-verbs.tsv`)."""
    table: dict[str, tuple[str, ...]] = {}
    for line in (files("qa") / "data" / "irregular-verbs.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            verb, forms = line.split("\t")
            for form in forms.split():
                table[form] = (*table.get(form, ()), verb)
    return table


def elided(word: str) -> list[str]:
    """Without an elided article: l'Humanité, dell'Interno, d'Orsay."""
    return [word.rpartition("'")[2]] if "'" in word[:-1] else []


def german(word: str) -> list[str]:
    """Without the endings of nouns, which word lists miss in names and where two words fall together (Westen)."""
    return [word[: -len(end)] for end in GERMAN_ENDINGS if word.endswith(end) and len(word) - len(end) > 3]


def polish(word: str) -> list[str]:
    """Endings of nouns and adjectives that the word list does not know, as of party and paper names."""
    found = [word.partition("'")[0]] if "'" in word[1:] else []
    for ending, bases in POLISH_ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending) + 2:
            found += [word[: -len(ending)] + base for base in bases]
    return found


def turkish(word: str) -> list[str]:
    """Before the apostrophe of a name; else without up to three endings, softened consonants hard again."""
    name, apostrophe, _ = word.partition("'")
    found = [name] if apostrophe else []
    stem = name
    for _ in range(0 if apostrophe else 3):
        shorter = TURKISH_ENDINGS.sub("", stem)
        if shorter == stem or len(shorter) < 4:
            break
        stem = shorter
        found += [stem, stem[:-1] + HARD[stem[-1]]] if stem[-1] in HARD else [stem]
    return found


def arabic(word: str) -> list[str]:
    """Without the conjunctions, prepositions and article in front and a pronoun behind.

    Letters are folded already (a final ta marbuta is ه, which is ت before a pronoun).
    Where only particles are cut off, four letters must be left: they are letters of many
    short words too.
    """
    bare = ARABIC_ARTICLE.sub("", word)
    stems = [bare, "ال" + bare] if bare != word and len(bare) > 2 else []
    plain = ARABIC_PARTICLES.sub("", word)
    stems += [stem for stem in (plain, word[1:]) if stem != word and len(stem) > 3 and word[0] in "وفبلك"]
    stems += [word[1:]] if word[0] == "و" and len(word) == 4 else []
    for stem in (word, *stems):
        short = ARABIC_SUFFIXES.sub("", stem)
        if short != stem and len(short) > 2:
            stems += [short, short[:-1] + "ه"] if short.endswith("ت") else [short]
    return stems


def _pymorphy_forms(word: str, lang: str) -> list[str]:
    """Lemmas of the likeliest readings, and their nominatives: terms stand in either form."""
    found: list[str] = []
    if not CYRILLIC_RE.search(word):  # the library trips over letters without a name
        return found
    for parse in _morphology(lang).parse(word)[:MOST_PARSES]:
        found.append(parse.normal_form)
        found += [form.word for case in ({"nomn"}, {"nomn", "plur"}) if (form := parse.inflect(case))]
    return found


@cache
def _morphology(lang: str) -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang=lang)


RULES: dict[str, Callable[[str], list[str]]] = {
    "en": english,
    "ar": arabic,
    "tr": turkish,
    "de": german,
    "fr": elided,
    "it": elided,
    "pl": polish,
}
