"""The index of one language: first word key → second word key → where the terms are.

Rows are plain tuples, so that an index of hundreds of thousands of terms is built,
stored and loaded quickly; terms and concepts are made of them when a text has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from qa.glossary.model import Concept, Term, same_language
from qa.glossary.normalise import fold, term_keys, verb_keys
from qa.text import TOKEN_RE

# (number of the concept, number of its term, keys of each further word, separators)
Row = tuple[int, int, tuple[tuple[str, ...], ...], tuple[str, ...]]
Branches = Mapping[str, list[Row]]
Index = dict[str, dict[str, list[Row]]]

ARTICLES = {"en": {"the", "a", "an"}}
PLAIN_RE = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")


def build(concepts: Iterable[Concept], lang: str) -> Index:
    """All terms of `lang` by their first two words ("" where there is no second)."""
    index: Index = {}
    for number, concept in enumerate(concepts):
        for place, term in enumerate(concept.terms):
            if term.lang == lang or same_language(term.lang, lang):
                for first, second, rest, gaps in _entries(term, concept, lang):
                    index.setdefault(first, {}).setdefault(second, []).append((number, place, rest, gaps))
    return index


def _entries(
    term: Term, concept: Concept, lang: str
) -> Iterator[tuple[str, str, tuple[tuple[str, ...], ...], tuple[str, ...]]]:
    """A term under each key of its first and of its second word."""
    words, gaps = _words(term.text, lang)
    if not words:
        return
    exact = term.match == "exact"
    spelled = [(fold(word),) if exact else term_keys(word, lang) for word in words]
    firsts = spelled[0]
    if len(words) > 1 and lang == "en" and not exact and not concept.is_name:
        firsts = (*firsts, *verb_keys(words[0]))
    rest = tuple(spelled[1:])
    for first in firsts:
        for second in rest[0] if rest else ("",):
            yield first, second, rest, gaps


def _words(text: str, lang: str) -> tuple[list[str], tuple[str, ...]]:
    """The words of a term without a leading article, and what stands between them."""
    if PLAIN_RE.fullmatch(text):
        words = text.split(" ")
        gaps: tuple[str, ...] = ()
    else:
        tokens = list(TOKEN_RE.finditer(text))
        words = [t.group() for t in tokens]
        gaps = tuple({text[a.end() : b.start()].strip() for a, b in pairwise(tokens)} - {""})
    if len(words) > 1 and words[0].lower() in ARTICLES.get(lang, ()):
        words = words[1:]
    return words, gaps
