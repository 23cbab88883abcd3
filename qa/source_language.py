"""Which language an article was translated from, where nobody said: inferred from the article.

Witnesses are concepts of the glossary, each for the language of its first term: names
that the article has (one vote) and wrong renderings (two: good English has no reason for
them); and words left in the source script. A language needs two witnesses and a clear lead; else it stays unknown.
"""

from __future__ import annotations

from collections import defaultdict

from qa.check import Kit
from qa.document import Document
from qa.glossary.context import around, is_meant, may_be_meant
from qa.glossary.matcher import Match, Matcher
from qa.glossary.model import Status
from qa.language import BY_LETTER, base
from qa.text import script_of

MIN_WEIGHT = 2.0
LEAD = 1.5


def infer(doc: Document, kit: Kit) -> tuple[str | None, str]:
    """The source language (ISO 639) or None, and what it rests on: given, inferred, unknown."""
    if doc.article.source_lang:
        return doc.article.source_lang, "given"
    votes = _votes(doc, kit)
    ranked = [*sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])), ("", 0.0), ("", 0.0)]
    (lang, first), (_, second) = ranked[0], ranked[1]
    if first >= MIN_WEIGHT and first >= LEAD * second:
        return lang, "inferred"
    return None, "unknown"


def _votes(doc: Document, kit: Kit) -> dict[str, float]:
    votes: defaultdict[str, float] = defaultdict(float)
    seen: set[str] = set()
    for match in kit.matcher.find(doc) if kit.matcher else ():
        weight = _weight(match, doc, kit)
        home = base(match.concept.terms[0].lang)
        if weight and home and home != doc.lang and match.concept.id not in seen:
            seen.add(match.concept.id)
            votes[home] += weight
    for lang, letters in BY_LETTER["Cyrillic"]:
        if script_of(doc.text[:1] or " ") != "Cyrillic" and any(c in doc.text for c in letters):
            votes[lang] += 1.0
    return votes


def _weight(match: Match, doc: Document, kit: Kit) -> float:
    """What a match says about the source: most where it is wrong, something where it is a name."""
    status = match.term.status
    if status is Status.FORBIDDEN:
        return 2.0
    if status is Status.DEPRECATED:
        return 2.0 if match.concept.is_name and kit.matcher and _is_meant(match, doc, kit.matcher) else 0.0
    name = match.span.of(doc.text)
    return 1.0 if match.concept.is_name and name[0].isupper() and not doc.starts_sentence(match.start) else 0.0


def _is_meant(match: Match, doc: Document, matcher: Matcher) -> bool:
    return may_be_meant(match, doc.text) and is_meant(match, around(doc, match, matcher))
