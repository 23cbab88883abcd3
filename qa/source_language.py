"""Which language an article was translated from, where nobody said: inferred from the article.

Witnesses are concepts of the glossary, each for the language of its first term: names
that the article has (one vote) and wrong renderings (two: good English has no reason for
them); and words left in the source script. A language needs two witnesses and a clear lead; else it stays unknown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from qa.check import Kit
from qa.document import Document
from qa.glossary.context import around, is_meant, may_be_meant
from qa.glossary.matcher import Match, Matcher
from qa.glossary.model import Concept, Status
from qa.glossary.romanise import romanised
from qa.language import BY_LETTER, base
from qa.names import sound_key
from qa.schema import Span
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
    for homes, weight in _witnesses(doc, kit):
        for home in homes:
            votes[home] += weight / len(homes)
    for lang, letters in BY_LETTER["Cyrillic"]:
        if script_of(doc.text[:1] or " ") != "Cyrillic" and any(c in doc.text for c in letters):
            votes[lang] += 1.0
    return votes


def _witnesses(doc: Document, kit: Kit) -> Iterator[tuple[set[str], float]]:
    """What each name of the article says, once: the languages that it may come from, and how loud it says so."""
    places: dict[Span, dict[str, tuple[Match, float]]] = {}
    for match in kit.matcher.find(doc) if kit.matcher else ():
        weight = _weight(match, doc, kit)
        if weight and base(match.concept.terms[0].lang) != doc.lang:
            places.setdefault(match.span, {})[match.concept.id] = match, weight
    seen: set[str] = set()
    for concepts in places.values():
        if seen.isdisjoint(concepts):
            yield (
                _homes([match.concept for match, _ in concepts.values()], doc.lang),
                max(w for _, w in concepts.values()),
            )
        seen |= concepts.keys()


def _homes(concepts: Sequence[Concept], lang: str) -> set[str]:
    """Languages of some concepts; where several have the thing, of those that its name is spelled after.

    Ukrainian has a word for Новичок, too, but Novichok is the Russian one in Latin letters.
    """
    spelled = {str(base(c.terms[0].lang)) for c in concepts if _is_spelled_after(c, lang)}
    return spelled or {str(base(c.terms[0].lang)) for c in concepts}


def _is_spelled_after(concept: Concept, lang: str) -> bool:
    term = concept.terms[0]
    sound = sound_key(romanised(term.text, str(base(term.lang))))
    return bool(sound) and any(sound_key(name.text) == sound for name in concept.accepted(lang))


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
    """Whether the place speaks for the concept; a head noun beside one ordinary word speaks for any."""
    context = around(doc, match, matcher)
    told = bool(context.near) or " " in match.term.text
    return told and may_be_meant(match, doc.text) and is_meant(match, context)
