"""What is wrong with the entries of a glossary, before it is wrong with a text.

Each problem says where (the concept), what and what to do. An entry is *dead* where it can
never match, *dangerous* where it would flag ordinary language.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

from qa.glossary.formats.common import is_known
from qa.glossary.model import Concept, Status, Term, same_language
from qa.glossary.normalise import fold
from qa.text import TOKEN_RE

Words = tuple[str, ...]
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend: `kind` is duplicate, conflict, dead, dangerous, contained or language."""

    kind: str
    where: str
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.where}: {self.kind}: {self.what}; {self.fix}"


def problems(concepts: Sequence[Concept]) -> list[Problem]:
    """All problems, those of one concept first, in the order of the file."""
    own = [problem for concept in concepts for look in LOOKS for problem in look(concept)]
    return [*own, *_same_ids(concepts), *_same_concepts(concepts), *_conflicts(concepts)]


def words(text: str) -> Words:
    return tuple(fold(m.group()) for m in TOKEN_RE.finditer(text))


def _repeated(concept: Concept) -> Iterator[Problem]:
    """One rendering listed twice: with one status, or with two that contradict.

    Spellings that differ in case or hyphens are no duplicates where they are accepted:
    they say which spellings are right.
    """
    places: dict[tuple[str, Words], Term] = {}
    for term in concept.terms:
        spelled = (term.text,) if term.status.accepted or "exact" in (term.case, term.match) else words(term.text)
        first = places.setdefault((term.lang, spelled), term)
        if first is not term:
            same = f" as {first.text!r}" if first.text != term.text else ""
            yield Problem("duplicate", concept.id, f"{term.text!r} is there already{same}", "delete one")
    right = {(t.lang, t.text) for t in concept.terms if t.status.accepted}
    for term in concept.terms:
        if not term.status.accepted and (term.lang, term.text) in right:
            what = f"{term.text!r} is accepted and {term.status}"
            yield Problem("conflict", concept.id, what, "keep one of the two")


def _unknown_languages(concept: Concept) -> Iterator[Problem]:
    tags = {*(t.lang for t in concept.terms), *concept.near, *concept.not_near}
    for lang in sorted(tags):
        if not is_known(lang):
            yield Problem("language", concept.id, f"{lang!r} is no known language", "use a BCP 47 tag like ru or en-US")


def _dead(concept: Concept) -> Iterator[Problem]:
    """Terms without a word, context words without a term to stand beside, dates that never hold."""
    for term in concept.terms:
        if not words(term.text):
            yield Problem("dead", concept.id, f"{term.text!r} has no word", "delete it")
    wrong = {t.lang for t in concept.terms if not t.status.accepted}
    for role, side in (("near", concept.near), ("not-near", concept.not_near)):
        for lang in side:
            if not any(same_language(lang, other) for other in wrong):
                fix = "list the wrong renderings, or delete these words"
                yield Problem("dead", concept.id, f"{role} words in {lang}, but no wrong rendering", fix)
    for lang in sorted(wrong):
        if not concept.accepted(lang):
            what = f"wrong renderings in {lang}, but no accepted one"
            yield Problem("dead", concept.id, what, "say what to write instead")
    if concept.valid_from and concept.valid_to and concept.valid_to < concept.valid_from:
        what = f"ends ({concept.valid_to}) before it begins ({concept.valid_from})"
        yield Problem("dead", concept.id, what, "exchange the dates")


def _dangerous(concept: Concept) -> Iterator[Problem]:
    """What may be ordinary language counts only beside words that speak for the concept."""
    for term in concept.terms:
        if term.status is not Status.DEPRECATED or _is_excused(term, concept):
            continue
        if not concept.is_name:
            what = f"{term.text!r} is deprecated in {term.lang} without near words: a turn of phrase needs them"
            yield Problem("dangerous", concept.id, what, "add near words, or make it forbidden")
        elif len(words(term.text)) == 1:
            what = f"the single word {term.text!r} is deprecated in {term.lang} without near words"
            yield Problem("dangerous", concept.id, what, "add near words, or make it forbidden")


def _contained(concept: Concept) -> Iterator[Problem]:
    """An accepted term with a wrong one of the same concept in it: one of the two is a mistake.

    Not so where context words decide: "Le Point" is accepted, "Point" wrong beside "French weekly".
    """
    wrong = [(t, words(t.text)) for t in concept.terms if not t.status.accepted and not _is_excused(t, concept)]
    right = [(t, words(t.text)) for t in concept.terms if t.status.accepted] if wrong else []
    for (term, whole), (other, part) in product(right, wrong):
        if part and len(part) < len(whole) and same_language(term.lang, other.lang) and _has(whole, part):
            what = f"{term.text!r} is accepted and contains {other.text!r}, which is {other.status}"
            yield Problem("contained", concept.id, what, "write the wrong one out, or drop one of the two")


def _is_excused(term: Term, concept: Concept) -> bool:
    """True if context words decide whether the rendering counts."""
    return term.status is Status.DEPRECATED and any(same_language(term.lang, lang) for lang in concept.near)


def _has(whole: Words, part: Words) -> bool:
    return any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))


def _same_ids(concepts: Sequence[Concept]) -> Iterator[Problem]:
    for id, group in _groups(concepts, lambda c: [c.id]).items():
        yield Problem("duplicate", id, f"{len(group)} concepts have this id", "give each an id of its own")


def _same_concepts(concepts: Sequence[Concept]) -> Iterator[Problem]:
    """Two names of a kind that are the same in two languages are one; a turn of phrase may have several shapes."""

    def pairs(concept: Concept) -> list[tuple[str, str, str]]:
        first = {t.lang: fold(t.text) for t in concept.terms if t.status is Status.PREFERRED}
        return [(concept.kind, f"{a}={first[a]}", f"{b}={first[b]}") for a in first for b in first if a < b]

    for group in _groups([c for c in concepts if c.is_name], pairs).values():
        ids = list(dict.fromkeys(c.id for c in group))
        if len(ids) > 1:
            yield Problem("duplicate", ids[1], f"the same terms as {ids[0]}", "make them one concept")


def _conflicts(concepts: Sequence[Concept]) -> Iterator[Problem]:
    """A rendering that one concept accepts and another forbids, or deprecates without asking for context.

    With context words on the deprecated side the two can live together: "Mirror" is a
    British newspaper, and what a machine makes of a German one.
    """
    accepted: defaultdict[tuple[str, Words], list[Concept]] = defaultdict(list)
    for concept in concepts:
        for term in concept.terms:
            if term.status.accepted:
                accepted[term.lang, words(term.text)].append(concept)
    for concept in concepts:
        for term in concept.terms:
            if term.status.accepted or _is_excused(term, concept):
                continue
            for other in accepted.get((term.lang, words(term.text)), ()):
                if other.id != concept.id:
                    what = f"{term.text!r} is {term.status} here and accepted for {other.id}"
                    yield Problem("conflict", concept.id, what, "deprecate it with near words, or drop one of the two")


def _groups(concepts: Sequence[Concept], keys: Callable[[Concept], list[K]]) -> dict[K, list[Concept]]:
    """Concepts that share a key."""
    groups: defaultdict[K, list[Concept]] = defaultdict(list)
    for concept in concepts:
        for key in keys(concept):
            groups[key].append(concept)
    return {key: group for key, group in groups.items() if len(group) > 1}


LOOKS: tuple[Callable[[Concept], Iterator[Problem]], ...] = (
    _repeated,
    _unknown_languages,
    _dead,
    _dangerous,
    _contained,
)
