"""Finding all terms of a language in a text, at a cost that hardly depends on their number.

Terms are sequences of word keys, indexed by their first two; a text is walked once, and
each of its words costs one look-up per key. Several keys per word (surface, base forms)
are why this is an index over words and not an automaton over characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa.document import Document, Token
from qa.glossary import compiled
from qa.glossary.index import Branches, Row, build
from qa.glossary.model import Concept, Term
from qa.glossary.inflection import data_version
from qa.glossary.normalise import fold, keys
from qa.schema import Span
from qa.text import TOKEN_RE

GAP_RE = re.compile(r"[\s ]{0,3}[-‐‑–'’\"“”«»„]?[\s ]{0,3}")
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


class Matcher:
    """All terms of some glossaries, by language.

    `key` names the concepts in the cache of compiled indexes; without one, indexes are
    built in memory. `content` is a hash of the concepts, where it is known already.
    """

    def __init__(self, concepts: Sequence[Concept], key: str = "", content: str = "") -> None:
        self.concepts = concepts
        self._key = key
        self._content = content
        self._indexes: dict[str, Mapping[str, Branches]] = {}

    @property
    def digest(self) -> str:
        """Changes when any concept does; part of the signature."""
        if not self._content:
            self._content = compiled.pack(self.concepts)[0]
        return f"{len(self.concepts)}@{self._content[:8]}"

    def find(self, doc: Document) -> list[Match]:
        """Terms of the document's language in it, in text order; looked for once."""
        if "terms" not in doc.memo:
            doc.memo["terms"] = list(self.search(doc.text, doc.tokens, doc.lang))
        found: list[Match] = doc.memo["terms"]
        return found

    def search(self, text: str, tokens: Sequence[Token], lang: str) -> Iterator[Match]:
        """Terms of `lang` in a tokenised text, by place; the same term once a place."""
        index = self._index(lang)
        if not index:
            return
        spelled = [keys(token.text, lang) for token in tokens]
        following = [*spelled[1:], ()]
        for place, options in enumerate(spelled):
            rows = [
                row
                for key in options
                if key in index
                for second in ("", *following[place])
                for row in index[key].get(second, ())
            ]
            if rows:
                yield from self._confirmed(rows, text, tokens, spelled, place)

    def _confirmed(
        self, rows: list[Row], text: str, tokens: Sequence[Token], spelled: Sequence[tuple[str, ...]], place: int
    ) -> Iterator[Match]:
        seen: set[tuple[int, int]] = set()
        for row in rows:
            end = 0 if row[:2] in seen else _end(row, text, tokens, spelled, place)
            if end:
                seen.add(row[:2])
                concept = self.concepts[row[0]]
                term = concept.terms[row[1]]
                if _case_fits(term, concept, text[tokens[place].start : end]):
                    yield Match(tokens[place].start, end, term, concept)

    def _index(self, lang: str) -> Mapping[str, Branches]:
        if lang not in self._indexes:
            self._indexes[lang] = self._compiled(lang) if self._key else build(self.concepts, lang)
        return self._indexes[lang]

    def _compiled(self, lang: str) -> Mapping[str, Branches]:
        key = compiled.digest(self._key.encode(), lang.encode(), data_version(lang).encode())
        return compiled.Leaves(compiled.recall(key, lambda: compiled.pack_index(build(self.concepts, lang))))


def tokens(text: str) -> list[Token]:
    """The words of a text that is not a document."""
    return [Token(m.start(), m.end(), m.group()) for m in TOKEN_RE.finditer(text)]


def _end(row: Row, text: str, tokens: Sequence[Token], spelled: Sequence[tuple[str, ...]], place: int) -> int:
    """Where the term ends if its other words follow `place` with nothing foreign between, else 0."""
    _, _, rest, gaps = row
    last = place + len(rest)
    if last >= len(tokens):
        return 0
    for offset, options in enumerate(rest, place + 1):
        if not any(key in spelled[offset] for key in options):
            return 0
        gap = text[tokens[offset - 1].end : tokens[offset].start]
        if gap != " " and not GAP_RE.fullmatch(gap) and gap.strip() not in gaps:
            return 0
    return tokens[last].end


def _case_fits(term: Term, concept: Concept, found: str) -> bool:
    """`exact` asks for the term's own case; `smart` for its capitals in an accepted name."""
    text = ARTICLE_RE.sub("", term.text)
    if term.match == "exact" and fold(found) != fold(text):
        return False
    if term.case == "exact":
        return found.startswith(text)
    if term.case == "any" or not term.status.accepted:
        return True
    wants_capital = text[:1].isupper() and concept.is_name
    return not wants_capital or any(c.isupper() for c in found)
