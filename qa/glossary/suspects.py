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
    given = doc.given_source_lang
    found = [m for m in matcher.find(doc) if not given or m.concept.is_from(given, doc.lang)]
    chosen = [m for m in found if not m.term.status.accepted and m.concept.is_name == names]
    accepted = [m for m in found if m.term.status.accepted]
    reported: list[Match] = []
    for match in sorted(chosen, key=lambda m: _order(m, source_lang, doc.lang)):
        reported = [m for m in reported if m.end >= match.end]
        if not reported and _is_suspect(doc, matcher, match, source_lang, accepted):
            reported.append(match)
            yield _suspect(doc, match, around(doc, match, matcher).evidence())


def _is_suspect(
    doc: Document, matcher: Matcher, match: Match, source_lang: str | None, accepted: Sequence[Match]
) -> bool:
    """Whether the place speaks for the concept, and no accepted term for the place."""
    if not may_be_meant(match, doc.text):
        return False
    context = around(doc, match, matcher)
    expected = bool(source_lang) and match.concept.is_from(base(source_lang) or "", doc.lang)
    meant = is_meant(match, context) and (expected or is_strong(match, context))
    return meant and not any(_covers(a, match, doc.text) for a in accepted)


def _order(match: Match, source: str | None, target: str) -> tuple[int, int, bool, bool]:
    """In the text, a longer match before what is in it; of equals, the source's own first, then what is forbidden."""
    foreign = not match.concept.is_from(base(source) or "", target)
    return match.start, -match.end, foreign, match.term.status is not Status.FORBIDDEN


def _covers(accepted: Match, match: Match, text: str) -> bool:
    """True if a rendering is part of a longer accepted term, or only inflection makes it one that is wrong."""
    if accepted.span != match.span:
        return accepted.span.contains(match.span)
    said = fold(match.span.of(text))
    spelled = fold(accepted.term.text) == said or fold(match.term.text) != said
    return accepted.concept.id == match.concept.id and spelled


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
