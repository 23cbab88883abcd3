"""Literalness proof without a source: back-translate a suspicious name, look it up as a source term.

"Sailor silence" back-translates to «матросская тишина», which a glossary knows as a
prison. That the round trip agrees is the symptom, not the cure: a hit among the glossary's
*source* terms, while the article has none of the concept's accepted renderings, shows that
the name was rendered word by word. A glossary of source term and accepted rendering is
enough for it; nobody has to have written the literal rendering down.

Only what is written as a name reaches the model: a few ordinary words in quotation marks,
or several with capitals inside a sentence and a head noun beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.document import Document
from qa.glossary.context import around, has_inner_capitals, head_beside, is_meant
from qa.glossary.matcher import Match, Matcher, tokens
from qa.glossary.model import KINDS, Concept, Status, Term
from qa.names import sound_key
from qa.schema import Span
from qa.translator.types import Hypothesis, Translator

ALONE, INSIDE = 10, 4
"""How many hypotheses are looked at: of the words alone, of their sentence."""
MAX_WORDS = 4
SAME_SOUND = 3
INITIAL_RE = re.compile(r"\b[^\W\d_]")
QUOTED_RE = re.compile(r"[\"“«„‘「『](?:[Tt]he )?([^\W\d_][\w'’ -]{2,40}?)[\"”“»’」』]")
NAME_RE = re.compile(r"[A-Z][a-z]{2,}(?:(?: of| the| and|-)? [A-Z][a-z]{2,}){1,3}")


@dataclass(frozen=True, slots=True)
class Proof:
    """A place that back-translates to a source term; `rank` counts hypotheses from 1."""

    match: Match
    source_term: str
    hypothesis: str
    rank: int
    alone: bool
    contrast: float | None
    head: str

    @property
    def confidence(self) -> float:
        """From the beam rank, the contrast and the surface cues; at most 0.95."""
        value = 0.6 + 0.15 / self.rank + (0.1 if self.head else 0.0) + (0.05 if not self.alone else 0.0)
        if self.contrast is not None:
            value += 0.05 if self.contrast > 0 else -0.1
        return min(round(value, 3), 0.95)


def candidates(doc: Document, matcher: Matcher) -> list[Span]:
    """Places written as names, in ordinary words, that the glossary does not know as accepted."""
    return [span for span in named_places(doc, matcher) if _is_ordinary(doc, span)]


def named_places(doc: Document, matcher: Matcher) -> list[Span]:
    """Places written as names that the glossary does not know, whatever their words."""
    known = [m.span for m in matcher.find(doc) if m.term.status is not Status.DEPRECATED]
    found = [Span(*m.span(1)) for m in QUOTED_RE.finditer(doc.text)]
    found += [s for m in NAME_RE.finditer(doc.text) if _has_head(doc, s := Span(*m.span()))]
    kept = [s for s in dict.fromkeys(found) if not any(k.overlaps(s) for k in known)]
    return sorted(s for s in kept if len(doc.tokens_in(s)) <= MAX_WORDS)


def _has_head(doc: Document, span: Span) -> bool:
    return has_inner_capitals(doc, span) and any(head_beside(doc, span, kind) for kind in KINDS)


def _is_ordinary(doc: Document, span: Span) -> bool:
    """True if every word is one of the target language's dictionary, not a foreign name."""
    import simplemma

    words = [t.text.lower() for t in doc.tokens_in(span)]
    try:
        return bool(words) and all(simplemma.is_known(word, lang=doc.lang) for word in words)
    except ValueError:  # a language that the dictionaries do not cover
        return bool(words)


def wanted(doc: Document, matcher: Matcher) -> dict[int, list[str]]:
    """What would be back-translated, by number of hypotheses: for filling one batch from many articles."""
    spans = candidates(doc, matcher)
    inside = [doc.sentence_at(span.start).of(doc.text) for span in spans]
    return {ALONE: [_alone(doc, span) for span in spans], INSIDE: inside} if spans else {}


def proofs(doc: Document, matcher: Matcher, translator: Translator, source_lang: str) -> Iterator[Proof]:
    """Names rendered literally, shown by their back-translation into `source_lang`."""
    spans = candidates(doc, matcher)
    if not spans:
        return
    named = {m.concept.id for m in matcher.find(doc) if m.term.status.accepted}
    alone = translator.translate([_alone(doc, s) for s in spans], doc.lang, source_lang, ALONE)
    around_it = [doc.sentence_at(s.start) for s in spans]
    inside = translator.translate([s.of(doc.text) for s in around_it], doc.lang, source_lang, INSIDE)
    for span, sentence, by_itself, in_sentence in zip(spans, around_it, alone, inside, strict=True):
        hits = [
            *_hits(in_sentence, matcher, source_lang, Span(span.start - sentence.start, span.end - sentence.start)),
            *_hits(by_itself, matcher, source_lang, None),
        ]
        for rank, hypothesis, found in hits:
            proof = _proof(doc, matcher, span, found, rank, hypothesis, in_sentence)
            if found.concept.id not in named and proof:
                yield _with_contrast(proof, doc, sentence, hypothesis, translator, source_lang)
                break


def _alone(doc: Document, span: Span) -> str:
    """The words as a text of their own; capitals of a name would be copied, so they go."""
    return span.of(doc.text).lower()


def _hits(
    hypotheses: Sequence[Hypothesis], matcher: Matcher, lang: str, span: Span | None
) -> Iterator[tuple[int, Hypothesis, Match]]:
    """Source terms among the hypotheses: all of one, or the part aligned to `span` of the input."""
    for rank, hypothesis in enumerate(hypotheses, 1):
        text = INITIAL_RE.sub(_capital, hypothesis.text)  # the words alone were asked for in small letters
        words = tokens(text)
        for found in matcher.search(text, words, lang):
            whole = words and found.start <= words[0].start and found.end >= words[-1].end
            if found.term.status.accepted and (whole if span is None else _is_aligned(hypothesis, found, span)):
                yield rank, hypothesis, found


def _capital(initial: re.Match[str]) -> str:
    upper = initial.group().upper()
    return upper if len(upper) == 1 else initial.group()


def _is_aligned(hypothesis: Hypothesis, found: Match, span: Span) -> bool:
    """True if the words of the span, and no others, were rendered by the words found."""
    links = [k for k in hypothesis.alignment if k.src[0] < span.end and span.start < k.src[1]]
    inside = [k for k in links if k.hyp[0] < found.end and found.start < k.hyp[1]]
    return bool(inside) and len(inside) == len(links)


def _is_transliteration(name: str, concept: Concept, lang: str) -> bool:
    """True if the span sounds like an accepted rendering: Moscow for Moskva is no literal translation."""
    key = sound_key(name)
    return any(sound_key(term.text)[:SAME_SOUND] == key[:SAME_SOUND] for term in concept.accepted(lang))


def _proof(
    doc: Document, matcher: Matcher, span: Span, found: Match, rank: int, hypothesis: Hypothesis,
    in_sentence: Sequence[Hypothesis],
) -> Proof | None:  # fmt: skip
    """The proof, if the concept has a name here and the place speaks for it."""
    concept = found.concept
    if (
        not concept.is_name
        or not concept.accepted(doc.lang)
        or _is_transliteration(span.of(doc.text), concept, doc.lang)
    ):
        return None
    term = Term(span.of(doc.text), doc.lang, Status.DEPRECATED)
    match = Match(span.start, span.end, term, concept)
    head = _head(doc, span, concept)
    context = around(doc, match, matcher)
    meant = is_meant(match, context) or (bool(head) and not context.veto and (context.quoted or context.capitals))
    if not context.quoted:  # capitals say little of a concept whose kind nobody gave
        meant = meant and bool(head) and concept.kind != "other"
    if " " not in term.text:  # one word is easily an ordinary one, or a country's
        meant = meant and context.quoted and bool(head or context.near)
    if not meant:
        return None
    return Proof(match, found.term.text, hypothesis.text, rank, hypothesis not in in_sentence, None, head)


def _head(doc: Document, span: Span, concept: Concept) -> str:
    """A head noun of the concept's kind beside the span; of any kind where the glossary does not say."""
    kinds = sorted(KINDS) if concept.kind == "other" and not concept.near else [concept.kind]
    return next((head for kind in kinds if (head := head_beside(doc, span, kind))), "")


def _with_contrast(
    proof: Proof, doc: Document, sentence: Span, hypothesis: Hypothesis, translator: Translator, source_lang: str
) -> Proof:
    """How much likelier (nats) the source's words are given the text as it is than given the accepted name."""
    if proof.alone:
        return proof
    text, span = sentence.of(doc.text), proof.match.span
    name = proof.match.concept.accepted(doc.lang)[0].text
    mended = text[: span.start - sentence.start] + name + text[span.end - sentence.start :]
    as_is, accepted = translator.score([text, mended], [hypothesis.text] * 2, doc.lang, source_lang)
    return Proof(proof.match, proof.source_term, proof.hypothesis, proof.rank, proof.alone,
                 round(as_is.sum - accepted.sum, 3), proof.head)  # fmt: skip
