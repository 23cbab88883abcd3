"""The index of one language: key of a term's rarest word → key of its neighbour → where the terms are.

Rows are plain tuples, so that an index of hundreds of thousands of terms is built,
stored and loaded quickly; terms and concepts are made of them when a text has them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, pairwise

from qa.glossary.model import Concept, Term, same_language
from qa.glossary.normalise import fold, term_keys, verb_keys
from qa.text import TOKEN_RE

# The keys of a word of a term: one, or several.
Keys = str | tuple[str, ...]
# (number of the concept, number of its term, place of the anchor, keys of each word, separators)
Row = tuple[int, int, int, tuple[Keys, ...], tuple[str, ...]]
Branches = Mapping[str, list[Row]]
Index = dict[str, dict[str, list[Row]]]

LAYOUT = b"4"  # of rows and branches: compiled indexes of another layout are made anew
BEFORE = "<"  # marks the key of the word before an anchor that ends its term
ARTICLES = {"en": {"the", "a", "an"}}
MIN_STEM = 3
PLAIN_RE = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")


def build(concepts: Iterable[Concept], lang: str, everything: bool = False) -> Index:
    """The terms of `lang` by their anchor, the word that fewest terms have, and the word after it ("" at the end).

    What no rule looks for is left out, unless `everything` is asked for.
    """
    found = list(_terms(concepts, lang, everything))
    common = Counter(chain.from_iterable([row[2] for row in found]))
    index: Index = {}
    for number, place, words, gaps in found:
        shares = [common[key] for key in words]
        _enter(index, (number, place, shares.index(min(shares)), words, gaps))
    return index


def _enter(index: Index, row: Row) -> None:
    """Enters a term under each key of its anchor and of the word after it, else before it."""
    _, _, anchor, words, _ = row
    for one in _options(words[anchor]):
        branches = index.get(one)
        if branches is None:
            branches = index[one] = {}
        if anchor + 1 < len(words):
            neighbours = _options(words[anchor + 1])
        else:
            neighbours = [BEFORE + key for key in _options(words[anchor - 1])] if anchor else [""]
        for two in neighbours:
            branches.setdefault(two, []).append(row)


def _options(keys: Keys) -> Sequence[str]:
    return (keys,) if isinstance(keys, str) else keys


def _terms(
    concepts: Iterable[Concept], lang: str, everything: bool
) -> Iterator[tuple[int, int, tuple[Keys, ...], tuple[str, ...]]]:
    """The terms of a language as (concept, term, keys of each word, separators)."""
    fits = cache(lambda other: same_language(other, lang))
    for number, concept in enumerate(concepts):
        for place, term in enumerate(concept.terms):
            if fits(term.lang) and (everything or _is_sought(term, concept)):
                words, gaps = _words(term.text, lang, concept.is_name)
                if words:
                    yield number, place, _spelled(words, term, concept, lang), gaps


def _is_sought(term: Term, concept: Concept) -> bool:
    """False for what to say instead of a calque: plain words, unless they share one with a wrong rendering."""
    if concept.kind != "calque" or not term.status.accepted:
        return True
    wrong = [t for t in concept.terms if t.lang == term.lang and not t.status.accepted]
    words = _stems(term.text)
    return not wrong or any(words & _stems(t.text) for t in wrong)


def _stems(text: str) -> set[str]:
    """The longer words of a term without a plural ending."""
    return {fold(m.group()).rstrip("s") for m in TOKEN_RE.finditer(text) if len(m.group()) > MIN_STEM}


def _spelled(words: list[str], term: Term, concept: Concept, lang: str) -> tuple[Keys, ...]:
    """The keys of each (folded) word; those of a single one bare, which most are."""
    if term.match != "exact":
        if lang != "en":
            return tuple([keys if len(keys) > 1 else keys[0] for keys in (term_keys(word, lang) for word in words)])
        if len(words) > 1 and not concept.is_name:
            return (words[0], *verb_keys(words[0])), *words[1:]
    return tuple(words)


def _words(text: str, lang: str, name: bool) -> tuple[list[str], tuple[str, ...]]:
    """The folded words of a term without a leading article, and what stands between them."""
    gaps: tuple[str, ...] = ()
    if PLAIN_RE.fullmatch(text):
        words = text.lower().split(" ")
    else:
        tokens = list(TOKEN_RE.finditer(text))
        words = [fold(t.group()) for t in tokens]
        gaps = tuple({text[a.end() : b.start()].strip() for a, b in pairwise(tokens)} - {""})
    if len(words) > (1 if name else 2) and words[0] in ARTICLES.get(lang, ()):
        del words[0]
    return words, gaps
