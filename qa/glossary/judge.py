"""Whether a place that goes back to a source term is a name rendered literally.

That "Sailor silence" is матросская тишина is half of a proof. The other half is the place:
written as a name, in a context that speaks for the concept, in an article that calls it by
no accepted rendering. A glossary of source term and accepted rendering is enough for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from qa.document import Document
from qa.glossary.context import around
from qa.glossary.heads import head_beside
from qa.glossary.matcher import Match, Matcher
from qa.glossary.model import KINDS, Concept, Status, Term
from qa.names import sounds_like
from qa.schema import Span
from qa.text import TOKEN_RE

MAX_WORDS = 4
# Kinds whose head nouns say that capitals name a thing of one country; there is a Green Mountain in many.
TELLING = ("prison", "media", "weapon", "party", "agency", "ship", "company", "club", "court")
# English writes these with a capital, whatever they mean.
CALENDAR = frozenset(
    "January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)
QUOTED_RE = re.compile(
    r"(?:«[ \u00a0\u202f]?|[\"“„‘「『»])(?:[Tt]he )?([^\W\d_][\w'’ -]{2,40}?)"
    r"(?:[ \u00a0\u202f]?»|[\"”“«」』]|[’'](?!\w))"
)


@dataclass(frozen=True, slots=True)
class Proof:
    """A place that goes back to a source term of a concept: which way, and how sure (0 to 1)."""

    match: Match
    source_term: str
    way: str
    confidence: float
    evidence: dict[str, Any]


class Judge:
    """Judges the places of one article."""

    def __init__(self, doc: Document, matcher: Matcher) -> None:
        self.doc, self.matcher = doc, matcher
        self.named = {m.concept.id for m in matcher.find(doc) if m.term.status.accepted}

    def meant(
        self, span: Span, concept: Concept, sure: bool = False, peculiar: bool = False
    ) -> tuple[Match, str] | None:
        """The match and the head noun beside it, if the concept has a name here that the article never uses.

        `sure`: the words are those of the source term beyond doubt; `peculiar`: nothing else is called so.
        """
        doc = self.doc
        if concept.id in self.named or not concept.is_name or not concept.accepted(doc.lang):
            return None
        match = Match(span.start, span.end, Term(span.of(doc.text), doc.lang, Status.DEPRECATED), concept)
        context, head = around(doc, match, self.matcher), _head(doc, span, concept)
        if context.veto or not (context.quoted or context.capitals):
            return None
        if concept.kind == "other" and head_beside(doc, span, "work") and not _is_titled(concept, doc.lang):
            return None  # titles are translated
        if not context.quoted and _goes_on(doc, span):
            return None
        if " " not in match.term.text:  # one word is easily an ordinary one, or a country's
            at_home = bool(context.home) and concept.kind != "other" and not concept.near
            unquoted = bool(head) and bool(context.near or at_home) and not self._is_called_so(match)
            spoken = bool(head or context.near) if context.quoted else unquoted
        elif context.quoted:
            spoken = bool(head or context.near or not (concept.near or concept.kind == "place"))  # no place is quoted
        elif concept.kind == "other":
            telling = any(head_beside(doc, span, kind) for kind in TELLING)
            witnesses = sum([sure, bool(context.home), telling])
            spoken = witnesses > 1 or (sure and peculiar)
        else:
            spoken = peculiar or bool(head or context.near or (sure and context.home))
        return (match, head) if spoken else None

    def _is_called_so(self, match: Match) -> bool:
        """True for a word that has a capital anyway: a month, or a place that sounds like the name (Moscow, Moskva)."""
        word, accepted = match.term.text, match.concept.accepted(self.doc.lang)
        return word in CALENDAR or any(sounds_like(word, t.text) for t in accepted)


def unknown(doc: Document, matcher: Matcher, spans: list[Span]) -> list[Span]:
    """Those of some places that are a few words long and of which the glossary accepts no part."""
    source = doc.given_source_lang
    right = [m for m in matcher.find(doc) if m.term.status is not Status.DEPRECATED]
    known = [m.span for m in right if not source or m.concept.is_from(source, doc.lang)]
    kept = [s for s in dict.fromkeys(spans) if not any(k.overlaps(s) for k in known)]
    return [s for s in kept if 0 < len(doc.tokens_in(s)) <= MAX_WORDS]


def quoted(doc: Document) -> list[Span]:
    """Words that quotation marks stand around."""
    return [Span(*m.span(1)) for m in QUOTED_RE.finditer(doc.text)]


def _is_titled(concept: Concept, lang: str) -> bool:
    """True for what may be a title itself: its name begins with an ordinary word (Little Vera, not Bely Lebed)."""
    first = next(iter(TOKEN_RE.findall(concept.accepted(lang)[0].text)), "")
    return bool(first) and is_word(first, lang)


def _goes_on(doc: Document, span: Span) -> bool:
    """True if a word with a capital comes next: Red Star Belgrade."""
    following = doc.text[span.end : span.end + 2]
    return following[:1] in (" ", "-") and following[1:].isupper()


@lru_cache(maxsize=100_000)
def is_word(word: str, lang: str) -> bool:
    """True if the dictionary of a language has the word; of one that has no dictionary here, always."""
    import simplemma

    try:
        return bool(simplemma.is_known(word.lower(), lang=lang))
    except ValueError:
        return True


def _head(doc: Document, span: Span, concept: Concept) -> str:
    """A head noun of the concept's kind beside the span; of any kind where the glossary does not say."""
    kinds = sorted(KINDS) if concept.kind == "other" and not concept.near else [concept.kind]
    return next((head for kind in kinds if (head := head_beside(doc, span, kind))), "")
