"""Renderings in a text that are not accepted, where the place speaks for their concept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from qa.document import Document
from qa.glossary.context import around, is_meant, is_strong, may_be_meant
from qa.glossary.grammar import fit, with_article
from qa.glossary.matcher import Match, Matcher
from qa.glossary.model import Concept, Status
from qa.glossary.normalise import fold
from qa.language import base


@dataclass(frozen=True, slots=True)
class Suspect:
    """A rendering that stands for `concept` at `[start, end)`, and what to write instead."""

    start: int
    end: int
    concept: Concept
    preferred: str
    suggestions: tuple[str, ...]
    source_term: str = ""
    evidence: dict[str, Any] = field(default_factory=dict)

    @property
    def note(self) -> str:
        return f" ({self.concept.note})" if self.concept.note else ""


def suspects(doc: Document, matcher: Matcher | None, source_lang: str | None, names: bool) -> Iterator[Suspect]:
    """Names (or turns of phrase) rendered in a way that the glossary does not accept.

    An entry of another source language than the one given is left out. Where the language
    is only inferred, or not known, entries of other languages need strong evidence.
    """
    if matcher is None:
        return
    found = matcher.find(doc)
    chosen = [m for m in found if not m.term.status.accepted and m.concept.is_name == names]
    accepted = [m for m in found if m.term.status.accepted]
    given = doc.given_source_lang
    for match in _longest([m for m in chosen if not given or _of_source(m.concept, doc.lang, given)]):
        if not may_be_meant(match, doc.text):
            continue
        context = around(doc, match, matcher)
        expected = bool(source_lang) and _of_source(match.concept, doc.lang, source_lang)
        if not is_meant(match, context) or not (expected or is_strong(match, context)):
            continue
        if not any(_covers(a, match, doc.text) for a in accepted):
            yield _suspect(doc, _core(match, chosen), context.evidence())


def _covers(accepted: Match, match: Match, text: str) -> bool:
    """True if a rendering is part of a longer accepted term, or only inflection makes it one that is wrong."""
    if accepted.span != match.span:
        return accepted.span.contains(match.span)
    said = fold(match.span.of(text))
    spelled = fold(accepted.term.text) == said or fold(match.term.text) != said
    return accepted.concept.id == match.concept.id and spelled


def _of_source(concept: Concept, target: str, source: str | None) -> bool:
    langs = {base(t.lang) for t in concept.source_terms(target)}
    return not langs or base(source) in langs


def _longest(matches: Sequence[Match]) -> list[Match]:
    """Matches without those inside another; of equals, what is forbidden goes first."""
    ordered = sorted(matches, key=lambda m: (m.start, -m.end, m.term.status is not Status.FORBIDDEN))
    kept: list[Match] = []
    for match in ordered:
        if not any(k.span.contains(match.span) and k.span != match.span for k in kept):
            kept.append(match)
    return kept


def _core(match: Match, others: Sequence[Match]) -> Match:
    """The shortest wrong rendering of the concept inside a match; the rest of the words is context."""
    inside = [m for m in others if m.concept.id == match.concept.id and match.span.contains(m.span)]
    return min(inside, key=lambda m: (m.end - m.start, m.start))


def _suspect(doc: Document, match: Match, context: dict[str, object]) -> Suspect:
    concept = match.concept
    accepted = concept.accepted(doc.lang)
    sources = concept.source_terms(doc.lang)
    evidence = {
        "concept": concept.id,
        "kind": concept.kind,
        "source_terms": [{"lang": t.lang, "term": t.text} for t in sources],
        "accepted": [t.text for t in accepted],
        "fact": concept.fact,
        "context": context,
    }
    start, suggestions = with_article(doc, match, tuple(fit(doc, match, term.text) for term in accepted))
    return Suspect(
        start,
        match.end,
        concept,
        accepted[0].text if accepted else "otherwise",
        suggestions,
        sources[0].text if sources else "",
        {name: value for name, value in evidence.items() if value},
    )
