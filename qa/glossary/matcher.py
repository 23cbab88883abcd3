"""Finding all terms of a language in a text, at a cost that hardly depends on their number.

Terms are sequences of word keys, indexed by their rarest; a text is walked once, and
each of its words costs one look-up per key. Several keys per word (surface, base forms)
are why this is an index over words and not an automaton over characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qa.document import Document, Token
from qa.glossary import compiled
from qa.glossary.index import (
    BEFORE,
    LAYOUT,
    Candidate,
    Entry,
    Index,
    Keys,
    branches,
    build,
    by_word,
    opened,
    vocabulary,
)
from qa.glossary.inflection import data_version
from qa.glossary.model import Concept, Concepts, Row, Status, Term
from qa.glossary.normalise import fold, keys
from qa.schema import Span
from qa.text import TOKEN_RE

GAP_RE = re.compile(r"[\s ]{0,3}[-‐‑–'’\"“”«»„]?[\s ]{0,3}")
KNOWN_WORDS = 200_000
COMMON = 50  # terms that a word may be in and still tell of one
QUOTES = tuple("\"'“‘«‹„‚「『《〈")
MARK_RE = re.compile('["“”„«»「」『』]')
OPENING_RE, CLOSING_RE = re.compile('(?:["“„»「『]|«[ \u00a0\u202f]?)$'), re.compile('["”“«」』]|[ \u00a0\u202f]?»')
ARTICLE_RE = re.compile(r"^(?:the|an?) (?=\S)", re.I)


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


class Word(NamedTuple):
    """What a word of a text may be: `terms` by itself, or the anchor of longer ones."""

    keys: tuple[str, ...]
    terms: list[tuple[Concept, Term, bool]]  # True: only after a quotation mark
    branches: Mapping[str, list[Entry]]
    closes: bool  # whether it may be the last word of a term


class Matcher:
    """All terms of some glossaries, by language.

    `key` names the concepts in the cache of compiled indexes; without one, indexes are
    built in memory. `content` is a hash of the concepts, where it is known already. For
    look-ups, `everything` finds also what no rule asks for.
    """

    def __init__(self, concepts: Sequence[Concept], key: str = "", content: str = "", everything: bool = False) -> None:
        self.concepts = concepts
        self._everything = everything
        self._key = key
        self._content = content
        self._indexes: dict[str, Mapping[str, list[Entry]]] = {}
        self._by_word: dict[str, Index] = {}
        self._words: dict[str, dict[str, Word]] = {}  # those met, per language

    @property
    def digest(self) -> str:
        """Changes when any concept does; part of the signature."""
        if not self._content:
            self._content = compiled.pack(self._rows())[0]
        return f"{len(self.concepts)}@{self._content[:8]}"

    def _rows(self) -> Iterable[Row]:
        return self.concepts.rows if isinstance(self.concepts, Concepts) else [c.row for c in self.concepts]

    def find(self, doc: Document) -> list[Match]:
        """Terms of the document's language in it, in text order; looked for once."""
        if "terms" not in doc.memo:
            doc.memo["terms"] = sorted(self.search(doc.text, doc.tokens, doc.lang), key=lambda m: (m.start, m.end))
        found: list[Match] = doc.memo["terms"]
        return found

    def search(self, text: str, tokens: Sequence[Token], lang: str) -> Iterator[Match]:
        """Terms of `lang` in a tokenised text, by anchor; the same term once a place."""
        lang = lang.partition("-")[0].lower()
        known = self._words.setdefault(lang, {})
        if len(known) > KNOWN_WORDS:
            known.clear()
        words = [known.get(t.text) or known.setdefault(t.text, self._word(t.text, lang)) for t in tokens]
        for place, word in enumerate(words):
            if word.terms:
                yield from self._single(word, text, tokens[place])
            if word.branches:
                entries: list[Entry] = []
                if place + 1 < len(words):
                    for key in words[place + 1].keys:
                        entries += word.branches.get(key, ())
                if place and word.closes:
                    for key in words[place - 1].keys:
                        entries += word.branches.get(BEFORE + key, ())
                if entries:
                    yield from self._confirmed(entries, text, tokens, words, place)

    def anchored(self, key: str, lang: str) -> Iterator[tuple[Concept, Term, list[Keys]]]:
        """Terms of `lang` whose rarest word has this key, with the keys of each of their words."""
        for candidate in opened(self._index(lang).get(key, ())):
            concept = self.concepts[candidate.concept]
            yield concept, concept.terms[candidate.term], candidate.words

    def sharing(self, key: str, lang: str) -> Iterator[tuple[Concept, Term]]:
        """Terms of `lang` of which any word has this key; none where the word is in so many that it says little."""
        if lang not in self._by_word:
            self._by_word[lang] = by_word(self._index(lang))
        entries = self._by_word[lang].get(key, ())
        for number, place, *_ in entries if len(entries) <= COMMON else ():
            yield self.concepts[number], self.concepts[number].terms[place]

    def vocabulary(self, lang: str) -> frozenset[str]:
        """The keys of all words of the terms of `lang`."""
        return vocabulary(self._index(lang))

    @staticmethod
    def _single(word: Word, text: str, token: Token) -> Iterator[Match]:
        """Terms of one word; in small letters a name's rendering counts only after a quotation mark."""
        quoted = text[token.start - 1 : token.start] in QUOTES
        for concept, term, only_quoted in word.terms:
            if quoted or not only_quoted:
                yield Match(token.start, token.end, term, concept)

    def _word(self, found: str, lang: str) -> Word:
        """What a word of a text may be; looked up once for each word met."""
        index = self._index(lang)
        spelled = keys(found, lang)
        longer = branches(entry for key in spelled for entry in index.get(key, ()))
        terms: list[tuple[Concept, Term, bool]] = []
        for number, place in dict.fromkeys(single[:2] for single in longer.pop("", ())):
            concept = self.concepts[number]
            term = concept.terms[place]
            if _case_fits(term, concept, found):
                terms.append((concept, term, not self._everything and _is_small_name(term, concept, found)))
        return Word(spelled, terms, longer, any(key.startswith(BEFORE) for key in longer))

    def _confirmed(
        self, entries: list[Entry], text: str, tokens: Sequence[Token], words: Sequence[Word], place: int
    ) -> Iterator[Match]:
        """The terms whose other words stand around the anchor at `place`."""
        seen: set[tuple[int, int]] = set()
        for candidate in opened(entries):
            first = place - candidate.anchor
            if candidate[:2] in seen or not _stands(candidate, text, tokens, words, first):
                continue
            seen.add(candidate[:2])
            concept = self.concepts[candidate.concept]
            term = concept.terms[candidate.term]
            start, end = tokens[first].start, tokens[first + len(candidate.words) - 1].end
            if _case_fits(term, concept, text[start:end]):
                yield Match(*_balanced(text, start, end), term, concept)

    def _index(self, lang: str) -> Mapping[str, list[Entry]]:
        if lang not in self._indexes:
            made = self._compiled(lang) if self._key else build(self._rows(), lang, self._everything)
            self._indexes[lang] = made
        return self._indexes[lang]

    def _compiled(self, lang: str) -> Mapping[str, list[Entry]]:
        key = compiled.digest(self._key.encode(), lang.encode(), data_version(lang).encode(), LAYOUT)
        made: list[Index] = []

        def make() -> tuple[dict[str, int], bytes]:
            with compiled.no_collection():
                made.append(build(self._rows(), lang))
                return compiled.pack_index(made[0])

        found = compiled.recall(key, make)
        return made[0] if made else compiled.Leaves(found)


def tokens(text: str) -> list[Token]:
    """The words of a text that is not a document."""
    return [Token(m.start(), m.end(), m.group()) for m in TOKEN_RE.finditer(text)]


def _stands(candidate: Candidate, text: str, tokens: Sequence[Token], words: Sequence[Word], first: int) -> bool:
    """True if the words of the term stand from token `first` on, with nothing foreign between."""
    wanted, gaps = candidate.words, candidate.gaps
    if first < 0 or first + len(wanted) > len(tokens):
        return False
    for place, options in enumerate(wanted, first):
        found = words[place].keys
        if options[0] not in found and not any(key in found for key in options[1:]):
            return False
        if place > first:
            gap = text[tokens[place - 1].end : tokens[place].start]
            if gap != " " and not GAP_RE.fullmatch(gap) and gap.strip() not in gaps:
                return False
    return True


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the other half of a quotation that it cuts: BM-21 “Hail”."""
    marks = MARK_RE.findall(text, start, end)
    if len(marks) != 1:
        return start, end
    place = text.index(marks[0], start)
    if text[place - 1].isspace():
        closing = CLOSING_RE.match(text, end)
        return start, closing.end() if closing else end
    opening = OPENING_RE.search(text, max(start - 2, 0), start)
    return opening.start() if opening else start, end


def _is_small_name(term: Term, concept: Concept, found: str) -> bool:
    return term.status is Status.DEPRECATED and concept.is_name and found.islower()


def _case_fits(term: Term, concept: Concept, found: str) -> bool:
    """`exact` asks for the term's own case; `smart` for its capitals in an accepted name."""
    text = ARTICLE_RE.sub("", term.text)
    if term.match == "exact" and fold(found) != fold(text):
        return False
    if term.case == "exact":
        return found.startswith(text)
    if term.case == "any" or not term.status.accepted:
        return True
    if len(text) > 1 and text.isalpha() and text.isupper():  # an acronym, perhaps with an ending: МИДа, FSB's
        return found[: len(text)].isupper()
    wants_capital = text[:1].isupper() and concept.is_name
    return not wants_capital or any(c.isupper() for c in found)
