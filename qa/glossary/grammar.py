"""Making a replacement fit its place: plural, possessive, capital, article."""

from __future__ import annotations

import re

from qa.document import Document
from qa.glossary.matcher import Match
from qa.glossary.normalise import fold

POSSESSIVE_RE = re.compile(r"['’]s$|(?<=s)['’]$")
IRREGULAR = {"man": "men", "woman": "women", "person": "people", "child": "children", "foot": "feet"}
INDEFINITE_RE = re.compile(r"(?<!\w)([Aa])n? $")
DEFINITE_RE = re.compile(r"(?<!\w)[Tt]he $")
# Words whose first sound is not that of their first letter, and acronyms read letter by letter.
SILENT_H = ("hour", "honest", "honour", "honor", "heir")
YOU_WE = re.compile(r"(?:uni(?![nm])|uk|us[aeiu]|ut[ie]|eu|ewe|one\b|once\b)", re.I)
# Acronyms, but for those that are read as words (NATO, SIZO).
SPELLED_RE = re.compile(r"(?![A-Z][AEIOU][A-Z]{2})[A-Z]{2,}\b")
AN_LETTERS = "AEFHILMNORSX"


def fit(doc: Document, match: Match, replacement: str) -> str:
    """`replacement` with the number, the possessive, the verb form and the initial capital of what stood there."""
    if doc.lang != "en":
        return _capital(doc, match, replacement)
    found = match.span.of(doc.text)
    ending = POSSESSIVE_RE.search(found)
    bare = found[: ending.start()] if ending and not POSSESSIVE_RE.search(match.term.text) else found
    if not match.concept.is_name:
        replacement = _with_form(bare, match.term.text, replacement)
    if not match.concept.is_name and is_plural_of(bare, match.term.text):
        replacement = plural(replacement)
    if bare != found:
        replacement += "’" if replacement.endswith("s") and "’" in found else "’s" if "’" in found else "'s"
    return _capital(doc, match, replacement)


def _with_form(found: str, term: str, replacement: str) -> str:
    """The replacement with the first word as found, where both begin with the verb of the term: extended, extend."""
    verb, said, own = (phrase.partition(" ") for phrase in (term, found, replacement))
    return f"{said[0].lower()} {own[2]}" if own[2] and own[0] == verb[0] != said[0].lower() else replacement


def with_article(doc: Document, match: Match, replacements: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """Where the place begins, and its replacements: with the a or an before it, where the best would not fit that."""
    before = doc.text[max(match.start - 5, 0) : match.start] if doc.lang == "en" else ""
    if DEFINITE_RE.search(before):
        return match.start, tuple(r[4:] if r[:4].lower() == "the " else r for r in replacements)
    found = INDEFINITE_RE.search(before)
    best = replacements[0] if replacements else ""
    if not found or not best or (takes_an(best) == ("n" in found.group()) and best[:4] != "the "):
        return match.start, replacements
    start = match.start - len(found.group())
    article = found.group(1)
    return start, tuple(
        r if r[:4] == "the " else f"{article}n {r}" if takes_an(r) else f"{article} {r}" for r in replacements
    )


def takes_an(phrase: str) -> bool:
    """Whether a phrase begins with the sound of a vowel."""
    if SPELLED_RE.match(phrase):
        return phrase[0] in AN_LETTERS
    if YOU_WE.match(phrase):
        return False
    return phrase[:1].lower() in "aeiou" or phrase.lower().startswith(SILENT_H)


def is_plural_of(found: str, term: str) -> bool:
    """True if the text has the plural of the term's noun: of the one before "of", else of the last word."""
    last, base = (fold(phrase.partition(" of ")[0].rsplit(maxsplit=1)[-1]) for phrase in (found, term))
    return last != base and last.endswith("s") and last[:-1].startswith(base[:-1])


def plural(phrase: str) -> str:
    """Plural of an English noun phrase: of the noun before "of", else of the last word."""
    head, of, rest = phrase.partition(" of ")
    first, space, last = head.rpartition(" ")
    return f"{first}{space}{_plural_word(last)}{of}{rest}"


def _plural_word(word: str) -> str:
    if word in IRREGULAR:
        return IRREGULAR[word]
    if re.search(r"(?:s|x|z|ch|sh)$", word):
        return word + "es"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + "s"


def _capital(doc: Document, match: Match, replacement: str) -> str:
    found = match.span.of(doc.text)
    if found[:1].isupper() and doc.starts_sentence(match.start) and replacement[:1].islower():
        return replacement[:1].upper() + replacement[1:]
    return replacement
