"""Which language an article was translated from, where nobody said: inferred from the article.

Witnesses are concepts of the glossary that the article names, each for the language of
its first term (a calque or a literal name weighs double: good English has no reason for
it), and words left in the source script. A language needs two witnesses and a clear lead; else it stays unknown.
"""

from __future__ import annotations

from collections import defaultdict

from qa.check import Kit
from qa.document import Document
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
    seen: set[tuple[str, bool]] = set()
    for match in kit.matcher.find(doc) if kit.matcher else ():
        wrong = match.term.status is Status.FORBIDDEN
        if match.term.status is Status.DEPRECATED or (match.concept.id, wrong) in seen:
            continue
        seen.add((match.concept.id, wrong))
        home = base(match.concept.terms[0].lang)
        if home and home != doc.lang:
            votes[home] += 2.0 if wrong else 1.0
    for lang, letters in BY_LETTER["Cyrillic"]:
        if script_of(doc.text[:1] or " ") != "Cyrillic" and any(c in doc.text for c in letters):
            votes[lang] += 1.0
    return votes
