"""Finding all terms of a language in a text, at a cost that hardly depends on their number.

Terms are sequences of word keys, indexed by their first two; a text is walked once, and
each of its words costs one look-up per key. Several keys per word (surface, base forms)
are why this is an index over words and not an automaton over characters.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise, product

from qa.document import Document, Token
from qa.glossary.model import Concept, Status, Term, same_language
from qa.glossary.normalise import fold, keys, term_keys
from qa.schema import Span
from qa.text import TOKEN_RE

GAP_RE = re.compile(r"[\s ]{0,3}[-‐‑–'’\"“”«»„]?[\s ]{0,3}")
ARTICLES = {"en": {"the", "a", "an"}}
MAX_SPELLINGS = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of a concept as it is indexed; `gaps` are its own separators of words."""

    term: Term
    concept: Concept
    rest: tuple[str, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A term found in a text."""

    start: int
    end: int
    term: Term
    concept: Concept

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


# First key → second key ("" for a term of one word) → terms.
Index = dict[str, dict[str, list[Entry]]]


class Matcher:
    """All terms of some glossaries, by language."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self.concepts = tuple(concepts)
        self._indexes: dict[str, Index] = {}

    @cached_property
    def digest(self) -> str:
        """Changes when any concept does; part of the signature."""
        state = hashlib.blake2b(digest_size=4)
        for concept in self.concepts:
            state.update(repr(concept).encode("utf-8", "surrogatepass"))
        return f"{len(self.concepts)}@{state.hexdigest()}"

    def find(self, doc: Document) -> list[Match]:
        """Terms of the document's language in it, in text order; looked for once."""
        if "terms" not in doc.memo:
            doc.memo["terms"] = list(self.search(doc.text, doc.tokens, doc.lang))
        found: list[Match] = doc.memo["terms"]
        return found

    def search(self, text: str, tokens: Sequence[Token], lang: str) -> Iterator[Match]:
        """Terms of `lang` in a tokenised text; of one status, the longest at a place."""
        index = self._index(lang)
        spelled = [keys(token.text, lang) for token in tokens]
        following = [*spelled[1:], ()]
        for place, options in enumerate(spelled):
            for key in options:
                if key in index:
                    branches = index[key]
                    for second in ("", *following[place]):
                        for entry in branches.get(second, ()):
                            end = _end(entry, text, tokens, spelled, place)
                            if end and _case_fits(entry, text[tokens[place].start : end]):
                                yield Match(tokens[place].start, end, entry.term, entry.concept)

    def _index(self, lang: str) -> Index:
        if lang not in self._indexes:
            self._indexes[lang] = self._build(lang)
        return self._indexes[lang]

    def _build(self, lang: str) -> Index:
        index: Index = {}
        for concept in self.concepts:
            for term in concept.terms:
                if same_language(term.lang, lang):
                    for first, entry in _entries(term, concept, lang):
                        second = entry.rest[0] if entry.rest else ""
                        index.setdefault(first, {}).setdefault(second, []).append(entry)
        return index


def _end(entry: Entry, text: str, tokens: Sequence[Token], spelled: Sequence[tuple[str, ...]], place: int) -> int:
    """Where the term ends if its other words follow `place` with nothing foreign between, else 0."""
    last = place + len(entry.rest)
    if last >= len(tokens):
        return 0
    for offset, key in enumerate(entry.rest, place + 1):
        if key not in spelled[offset]:
            return 0
        gap = text[tokens[offset - 1].end : tokens[offset].start]
        if gap != " " and not GAP_RE.fullmatch(gap) and gap.strip() not in entry.gaps:
            return 0
    return tokens[last].end


def _entries(term: Term, concept: Concept, lang: str) -> Iterator[tuple[str, Entry]]:
    """A term under every combination of its words' keys."""
    tokens = list(TOKEN_RE.finditer(term.text))
    if len(tokens) > 1 and tokens[0].group().lower() in ARTICLES.get(lang, ()):
        tokens = tokens[1:]
    if not tokens:
        return
    gaps = tuple(term.text[a.end() : b.start()].strip() for a, b in pairwise(tokens))
    exact = term.match == "exact"
    spelled = [(fold(t.group()),) if exact else term_keys(t.group(), lang) for t in tokens]
    for first, *rest in islice(product(*spelled), MAX_SPELLINGS):
        yield first, Entry(term, concept, tuple(rest), gaps)


def _case_fits(entry: Entry, found: str) -> bool:
    """`exact` asks for the term's own case; `smart` for its capitals in an accepted name."""
    term = entry.term
    if term.match == "exact" and fold(found) != fold(term.text):
        return False
    if term.case == "exact":
        return found.startswith(term.text)
    if term.case == "any" or term.status in (Status.DEPRECATED, Status.FORBIDDEN):
        return True
    wants_capital = term.text[:1].isupper() and entry.concept.is_name
    return not wants_capital or any(c.isupper() for c in found)
