"""What the source of a translation asks for: concepts that it names, and where.

A source term counts where it is written as a name: in quotation marks, or with a capital
that its place in the sentence does not explain; the source's own words («Новичок в
шахматах») stay ordinary words. A single word that the glossary ties to context words
(Россия, the airline) needs quotation marks or that context. Of turns of phrase only
idioms of several words count: a single word has other meanings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.document import Document
from qa.glossary.capitals import has_inner_capitals
from qa.glossary.context import is_quoted
from qa.glossary.heads import present
from qa.glossary.matcher import Match, Matcher
from qa.glossary.model import Concept
from qa.schema import Article, Span

# Letters of a word that may be an article (die Welt) or of an acronym that has many meanings.
SHORT = 3


@dataclass(frozen=True, slots=True)
class Demand:
    """A concept that the source names; `found` are its places there, in order."""

    concept: Concept
    found: tuple[Match, ...]


def demands(doc: Document, lang: str, matcher: Matcher) -> tuple[Document, list[Demand]]:
    """The source of a translation as a document in `lang`, and the concepts that it names, in its order."""
    source = Document(Article(doc.article.id, doc.article.source or "", title="", target_lang=lang))
    found = [m for m in matcher.find(source) if m.term.status.accepted]
    groups: dict[str, list[Match]] = {}
    for match in _outermost(found):
        if is_named(doc, source, match) if match.concept.is_name else _is_idiom(match):
            groups.setdefault(match.concept.id, []).append(match)
    return source, [Demand(matches[0].concept, tuple(matches)) for matches in groups.values()]


def _outermost(found: Sequence[Match]) -> list[Match]:
    """Terms that are in no longer term, and that only one concept has."""
    return [
        m
        for m in found
        if not any(o.span.contains(m.span) and (o.span != m.span or o.concept.id != m.concept.id) for o in found)
    ]


def _is_idiom(match: Match) -> bool:
    return match.concept.kind == "idiom" and " " in match.term.text


def is_named(doc: Document, source: Document, match: Match) -> bool:
    """Whether a term of the source is written as a name there, and is that of the concept."""
    words = match.span.of(source.text)
    if is_quoted(source.text, match.span) or (words.isupper() and len(words) >= SHORT):
        return True
    telling = [t for t in source.tokens_in(match.span) if len(t.text) > SHORT]
    if len(telling) < 2 and not _has_context(doc, source, match):
        return False
    return is_capitalised(source, match, words)


def _has_context(doc: Document, source: Document, match: Match) -> bool:
    """True if the concept asks for no context, or words of it stand about the place in either text."""
    near = match.concept.near
    there = source.tokens_in(source.neighbours(source.sentence_at(match.start)))
    here = doc.tokens_in(doc.neighbours(counterpart(doc, source, match)))
    return not near or any(
        True
        for text, tokens in ((source, there), (doc, here))
        for _ in present(near.get(text.lang, ()), tokens, text.lang)
    )


def is_capitalised(source: Document, match: Match, words: str) -> bool:
    """True if a capital makes it a name; in scripts without capitals, if it is longer than a common word."""
    if not any(c.isupper() or c.islower() for c in words):  # a script without capitals
        return len(words) > 2
    if not source.starts_sentence(match.start):
        return words[0].isupper() or has_inner_capitals(source, match.span)
    return sum(t.text[0].isupper() for t in source.tokens_in(match.span)) > 1


def counterpart(doc: Document, source: Document, match: Match) -> Span:
    """The sentence of the translation that is most likely that of a source term.

    Where the input aligned segments, by them; else by relative place, inside the paragraph
    of the same number where both texts have as many.
    """
    for original, span in doc.article.pairs:
        if match.span.of(source.text) in original:
            return doc.sentence_at(span.start)
    there, here = Span(0, len(source.text)), Span(0, len(doc.text))
    if len(source.blocks) == len(doc.blocks):
        number = max((i for i, b in enumerate(source.blocks) if b.start <= match.start), default=0)
        there, here = source.blocks[number], doc.blocks[number]
    share = (match.start - there.start) / max(there.end - there.start, 1)
    return doc.sentence_at(here.start + int(share * (here.end - here.start)))
