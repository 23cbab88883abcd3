"""The index of one language: key of a term's rarest word, its anchor → where the terms are.

Entries are plain tuples, and the words of a term one text in them, so that an index of
hundreds of thousands of terms is built, stored and loaded quickly: what costs most is the
number of objects. An entry is opened when its anchor and the word beside it are in a text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from qa.glossary.model import PHRASES, Row, Status, TermRow, is_exact, same_language
from qa.glossary.normalise import fold, term_keys, verb_keys
from qa.text import TOKEN_RE

# The keys of a word of a term, its own first.
Keys = list[str]
# Number of the concept, number of its term, place of the anchor, words (between them BREAK,
# between the keys of one OR), separators.
Entry = tuple[int, int, int, str, tuple[str, ...]]
Index = dict[str, list[Entry]]

LAYOUT = b"5"  # of entries: compiled indexes of another layout are made anew
BREAK, OR = "\n", "|"  # no key has these
BEFORE = "<"  # marks the key of the word before an anchor that ends its term
ARTICLES = ("the" + BREAK, "a" + BREAK, "an" + BREAK)
ACCEPTED = {status.value for status in Status if status.accepted}
MIN_STEM = 3
PLAIN_RE = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")


class Candidate(NamedTuple):
    """An entry opened: the term of a concept that may stand where its anchor does."""

    concept: int
    term: int
    anchor: int
    words: list[Keys]
    gaps: tuple[str, ...]


def build(rows: Iterable[Row], lang: str, everything: bool = False) -> Index:
    """The terms of `lang` by their anchor, the word that fewest terms have.

    What no rule looks for is left out, unless `everything` is asked for.
    """
    found = list(_terms(rows, lang, everything))
    share = Counter(chain.from_iterable(words.split(BREAK) for _, _, words, _ in found)).__getitem__
    index: Index = {}
    for number, place, text, gaps in found:
        words = text.split(BREAK)
        anchor = min(words, key=share)
        entry = number, place, words.index(anchor), text, gaps
        for key in anchor.split(OR):
            index.setdefault(key, []).append(entry)
    return index


def opened(entries: Iterable[Entry]) -> Iterator[Candidate]:
    """What entries say, their words apart."""
    for concept, term, anchor, text, gaps in entries:
        yield Candidate(concept, term, anchor, [word.split(OR) for word in text.split(BREAK)], gaps)


def branches(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Entries of an anchor by the word after it, else before it; those of a single word under ""."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        for key in _neighbours(entry[2], entry[3].split(BREAK)):
            found.setdefault(key, []).append(entry)
    return found


def vocabulary(index: Mapping[str, list[Entry]]) -> frozenset[str]:
    """The keys of all words of all terms."""
    texts = (entry[3] for entries in index.values() for entry in entries)
    return frozenset(chain.from_iterable(text.replace(OR, BREAK).split(BREAK) for text in texts))


def by_word(index: Mapping[str, list[Entry]]) -> Index:
    """Entries by the keys of all their words, not of the rarest alone."""
    found: Index = {}
    for key, entries in index.items():
        for entry in entries:
            words = [word.split(OR) for word in entry[3].split(BREAK)]
            if key == words[entry[2]][0]:  # once, of the keys of its anchor
                for other in chain.from_iterable(words):
                    found.setdefault(other, []).append(entry)
    return found


def _neighbours(anchor: int, words: list[str]) -> list[str]:
    if anchor + 1 < len(words):
        return words[anchor + 1].split(OR)
    return [BEFORE + key for key in words[anchor - 1].split(OR)] if anchor else [""]


def _terms(rows: Iterable[Row], lang: str, everything: bool) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
    """The terms of a language as entries without an anchor."""
    fits = cache(lambda other: same_language(other, lang))
    for number, row in enumerate(rows):
        kind, terms = row[1], row[2]
        is_name = kind not in PHRASES
        for place, term in enumerate(terms):
            if fits(term[1]) and (everything or kind != "calque" or _is_sought(term, terms)):
                words, gaps = _words(term, lang, is_name)
                if words:
                    yield number, place, words, gaps


def _is_sought(term: TermRow, terms: Sequence[TermRow]) -> bool:
    """False for what to say instead of a calque: plain words, unless they share one with a wrong rendering."""
    if term[2] not in ACCEPTED:
        return True
    wrong = [t for t in terms if t[1] == term[1] and t[2] not in ACCEPTED]
    words = _stems(term[0])
    return not wrong or any(words & _stems(t[0]) for t in wrong)


@lru_cache(maxsize=1000)  # those of a concept are asked for again and again
def _stems(text: str) -> set[str]:
    """The longer words of a term without a plural ending."""
    words = text.split(" ") if PLAIN_RE.fullmatch(text) else TOKEN_RE.findall(text)
    return {fold(word).rstrip("s") for word in words if len(word) > MIN_STEM}


def _words(term: TermRow, lang: str, is_name: bool) -> tuple[str, tuple[str, ...]]:
    """The words of a term, without a leading article, as their keys, and what stands between them."""
    text = term[0]
    words, gaps = (text.lower().replace(" ", BREAK), ()) if PLAIN_RE.fullmatch(text) else _folded(text)
    if lang != "en":
        if words and not is_exact(term):
            words = BREAK.join([OR.join(term_keys(word, lang)) for word in words.split(BREAK)])
        return words, gaps
    if words.startswith(ARTICLES) and (is_name or words.count(BREAK) > 1):
        words = words.partition(BREAK)[2]
    if not is_name and BREAK in words and not is_exact(term):
        first, _, others = words.partition(BREAK)
        words = OR.join((first, *verb_keys(first))) + BREAK + others
    return words, gaps


def _folded(text: str) -> tuple[str, tuple[str, ...]]:
    """The folded words of a text, and what stands between them."""
    tokens = list(TOKEN_RE.finditer(text))
    gaps = {text[a.end() : b.start()].strip() for a, b in pairwise(tokens)} - {""}
    return BREAK.join([fold(token.group()) for token in tokens]), tuple(gaps)
