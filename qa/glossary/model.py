"""What a glossary holds. Concept-oriented, as TBX (ISO 30042) is: one concept, many terms.

Large glossaries are read, stored and indexed as rows of plain values, a row a concept;
a `Concept` is made of one when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    from qa.glossary.checker import Problem
    from qa.glossary.matcher import Match, Matcher

KINDS = {
    *("prison", "media", "weapon", "party", "organisation", "agency", "office", "place", "ship", "company"),
    *("person", "work", "award", "brand", "club", "court", "law", "event"),
    *("idiom", "calque", "acronym", "other"),
}
PHRASES = {"idiom", "calque"}
# Text, language, status; then part of speech, case and match, unless all three are as usual.
TermRow = tuple[str, ...]
Words = Mapping[str, tuple[str, ...]]
# The fields of a concept in their order: those up to `near`, then the others, unless all are empty.
Row = tuple[Any, ...]
USUAL = ("", "smart", "lemma")


class Status(StrEnum):
    """TBX administrativeStatus, with `forbidden` for what no context excuses."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    FORBIDDEN = "forbidden"

    @property
    def accepted(self) -> bool:
        return self in (Status.PREFERRED, Status.ADMITTED)


@dataclass(frozen=True, slots=True)
class Term:
    """One term: `lang` is a BCP 47 tag, `case` smart|exact|any, `match` lemma|exact."""

    text: str
    lang: str
    status: Status = Status.PREFERRED
    pos: str = ""
    case: str = "smart"
    match: str = "lemma"

    @property
    def row(self) -> TermRow:
        """The term as plain values."""
        return (self.text, self.lang, self.status._value_, *unusual(self.pos, self.case, self.match))

    @classmethod
    def of(cls, row: TermRow) -> Term:
        """The term of a row."""
        text, lang, status, *more = row
        return cls(text, lang, Status(status), *more)


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing or turn of phrase and what it is called.

    `near` and `not_near`: per language, words that speak for or against the concept when
    they stand close by. `valid_from`, `valid_to`: ISO dates between which it holds.
    """

    id: str
    kind: str = "other"
    terms: tuple[Term, ...] = ()
    near: Words = field(default_factory=dict)
    not_near: Words = field(default_factory=dict)
    note: str = ""
    fact: str = ""
    valid_from: str = ""
    valid_to: str = ""

    @property
    def row(self) -> Row:
        """The concept as plain values; equal concepts have equal rows."""
        details = (dict(self.not_near), self.note, self.fact, self.valid_from, self.valid_to)
        return (self.id, self.kind, [t.row for t in self.terms], dict(self.near), *(details if any(details) else ()))

    @classmethod
    def of(cls, row: Row) -> Concept:
        """The concept of a row."""
        id, kind, terms, *more = row
        return cls(id, kind, tuple([Term.of(t) for t in terms]), *more)

    @property
    def is_name(self) -> bool:
        """Whether it names one thing, as against a turn of phrase."""
        return self.kind not in PHRASES

    def languages(self) -> list[str]:
        return list(dict.fromkeys(t.lang for t in self.terms))

    def accepted(self, lang: str) -> list[Term]:
        """Accepted terms for a BCP 47 tag, preferred first; `en` falls back to `en-US` and back."""
        found = [t for t in self.terms if t.status.accepted and same_language(t.lang, lang)]
        return sorted(found, key=lambda t: (t.status is not Status.PREFERRED, t.lang != lang))

    def is_from(self, source: str, target: str) -> bool:
        """Whether it has an accepted term in the language `source`, or in none but `target`."""
        langs = {t.lang.partition("-")[0] for t in self.terms if t.status.accepted}
        return source in langs or langs <= {target}

    def source_terms(self, target: str) -> list[Term]:
        """Accepted terms in languages other than `target`."""
        return [t for t in self.terms if t.status.accepted and not same_language(t.lang, target)]


class Concepts(Sequence[Concept]):
    """The concepts of some rows, each made when it is asked for."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self._made: dict[int, Concept] = {}

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> Concept: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Concept]: ...
    def __getitem__(self, place: int | slice) -> Concept | Sequence[Concept]:
        if isinstance(place, slice):
            return Concepts(self.rows[place])
        if place not in self._made:
            self._made[place] = Concept.of(self.rows[place])
        return self._made[place]

    def __iter__(self) -> Iterator[Concept]:
        return map(Concept.of, self.rows)


@dataclass(frozen=True)
class Glossary:
    """A list of concepts and where it came from.

    >>> house = Glossary.read("house.tbx")  # doctest: +SKIP
    >>> house.find("Newbie was found on the door handle.", "en")  # doctest: +SKIP
    """

    concepts: tuple[Concept, ...] = ()
    name: str = ""

    @classmethod
    def read(cls, path: str, source: str = "", target: str = "") -> Glossary:
        """The glossary in a file of any known format (`qa.glossary.formats`).

        `source` and `target` are the languages of a file that does not name them itself.

        Raises:
            TishinaError: the file cannot be read; says in which line, and what to do.
        """
        from qa.glossary import formats

        return cls(tuple(formats.read(str(path), formats.Pair(source, target))), str(path))

    def write(self, path: str, source: str = "", target: str = "", format: str = "") -> Mapping[str, int]:
        """Writes the format of the path's ending, or the one named; returns what it could not hold, counted.

        `source` and `target` choose the pair for a format that holds only two languages.
        """
        from qa.glossary import formats

        return formats.write(self.concepts, str(path), formats.Pair(source, target), format)

    def find(self, text: str, lang: str | None = None) -> list[Match]:
        """Terms in a text, through inflection, in text order.

        Without `lang`, in the language that the text shows; a word or two show none, and
        are looked up in every language of the glossary that has their script.
        """
        from qa.glossary.lookup import languages
        from qa.glossary.matcher import tokens

        found: list[Match] = []
        for tag in [lang] if lang else languages(text, self.concepts):
            found = found or list(self._matcher.search(text, tokens(text), tag))
        return found

    def check(self) -> list[Problem]:
        """What is wrong with the entries: duplicates, conflicts, dead and dangerous ones."""
        from qa.glossary.checker import problems

        return problems(self.concepts)

    @cached_property
    def _matcher(self) -> Matcher:
        from qa.glossary.matcher import Matcher

        return Matcher(self.concepts, everything=True)


def is_exact(term: TermRow) -> bool:
    """Whether a term is found in its own form only."""
    return len(term) > 3 and term[5] == "exact"


def unusual(pos: str, case: str, match: str) -> tuple[str, ...]:
    """The end of a term's row: nothing where all is as usual."""
    given = (pos, case, match)
    return () if given == USUAL else given


def same_language(a: str, b: str) -> bool:
    """BCP 47 fallback: the same primary language, and no region or script that contradicts.

    `mul` (codes and names that are the same in every language) goes with any.
    """
    first, second = a.lower().split("-"), b.lower().split("-")
    if first[0] != second[0]:
        return "mul" in (first[0], second[0])
    return len(first) == 1 or len(second) == 1 or first[1:] == second[1:]
