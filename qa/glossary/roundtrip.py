"""Literalness proof by a translation model: back-translate a suspicious name, look it up as a source term.

"Sailor silence" back-translates to «матросская тишина», which a glossary knows as a
prison. That the round trip agrees is the symptom, not the cure: a hit among the glossary's
*source* terms, while the article has none of the concept's accepted renderings, shows that
the name was rendered word by word.

Only what is written as a name reaches the model: a few ordinary words in quotation marks,
or several with capitals inside a sentence and a head noun beside them. The words alone are
asked about first; their sentence only where that gave nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.document import Document
from qa.glossary.context import has_inner_capitals, head_beside
from qa.glossary.judge import Judge, Proof, is_word, quoted, unknown
from qa.glossary.literal import Anticipation
from qa.glossary.matcher import Match, Matcher, tokens
from qa.glossary.model import KINDS, Concept
from qa.names import sound_key
from qa.schema import Span
from qa.translator.types import Hypothesis, Translator

ALONE, INSIDE = 10, 4
"""How many hypotheses are looked at: of the words alone, of their sentence."""
SAME_SOUND = 3
INITIAL_RE = re.compile(r"\b[^\W\d_]")
NAME_RE = re.compile(r"[A-Z][a-z]{2,}(?:(?: of| the| and|-)? [A-Z][a-z]{2,}){1,3}")
Hit = tuple[int, Hypothesis, Match]


def candidates(doc: Document, matcher: Matcher, words: Anticipation | None = None) -> list[Span]:
    """Places written as names, in ordinary words, that the glossary does not know as accepted.

    Where a table knows the words, one of them has to translate a word of some source term.
    """
    found = [span for span in named_places(doc, matcher) if _is_ordinary(doc, span)]
    return [span for span in found if words is None or words.is_thinkable(span.of(doc.text))]


def named_places(doc: Document, matcher: Matcher) -> list[Span]:
    """Places written as names that the glossary does not know, whatever their words."""
    spelled = [s for m in NAME_RE.finditer(doc.text) if _has_head(doc, s := Span(*m.span()))]
    return sorted(unknown(doc, matcher, [*quoted(doc), *spelled]))


def _has_head(doc: Document, span: Span) -> bool:
    return has_inner_capitals(doc, span) and any(head_beside(doc, span, kind) for kind in KINDS)


def _is_ordinary(doc: Document, span: Span) -> bool:
    """True if every word is one of the target language's dictionary, not a foreign name."""
    words = doc.tokens_in(span)
    return bool(words) and all(is_word(t.text, doc.lang) for t in words)


def wanted(doc: Document, matcher: Matcher, words: Anticipation | None = None) -> list[str]:
    """What would be back-translated first: for filling one batch from many articles."""
    return [_alone(doc, span) for span in candidates(doc, matcher, words)]


def by_translation(
    judge: Judge, translator: Translator, source_lang: str, words: Anticipation | None, shown: Sequence[Span]
) -> Iterator[Proof]:
    """Places, other than those `shown` already, whose back-translation has a source term."""
    doc = judge.doc
    found = candidates(doc, judge.matcher, words)
    spans = [s for s in found if not any(s.overlaps(done) for done in shown)]
    alone = translator.translate([_alone(doc, s) for s in spans], doc.lang, source_lang, ALONE) if spans else []
    open_still = []
    for span, hypotheses in zip(spans, alone, strict=True):
        hits = _hits(hypotheses, judge.matcher, source_lang, None)
        if proof := _first(judge, span, span, hits, translator, source_lang):
            yield proof
        else:
            open_still.append(span)
    sentences = [doc.sentence_at(s.start) for s in open_still]
    inside = (
        translator.translate([s.of(doc.text) for s in sentences], doc.lang, source_lang, INSIDE) if open_still else []
    )
    for span, sentence, hypotheses in zip(open_still, sentences, inside, strict=True):
        place = Span(span.start - sentence.start, span.end - sentence.start)
        hits = _hits(hypotheses, judge.matcher, source_lang, place)
        if proof := _first(judge, span, sentence, hits, translator, source_lang):
            yield proof


def _first(
    judge: Judge, span: Span, asked: Span, hits: Iterator[Hit], translator: Translator, source_lang: str
) -> Proof | None:
    """The proof of the best hypothesis whose concept is meant; `asked` is what was translated."""
    doc = judge.doc
    for rank, hypothesis, found in hits:
        if _is_transliteration(span.of(doc.text), found.concept, doc.lang):
            continue
        if meant := judge.meant(span, found.concept):
            contrast = _contrast(doc, span, asked, found.concept, hypothesis, translator, source_lang)
            of = "the words alone" if asked == span else "the sentence"
            evidence = {
                "back_translation": hypothesis.text,
                "rank": rank,
                "of": of,
                "contrast_nats": contrast,
                "head": meant[1],
                "model": translator.signature,
            }
            # From the beam rank, the contrast and the surface cues.
            sure = 0.6 + 0.15 / rank + (0.1 if meant[1] else 0.0) + (0.1 if contrast > 0 else -0.05)
            way = f"Back-translation gives “{hypothesis.text}”"
            return Proof(meant[0], found.term.text, way, min(round(sure, 3), 0.95), evidence)
    return None


def _alone(doc: Document, span: Span) -> str:
    """The words as a text of their own; capitals of a name would be copied, so they go."""
    return span.of(doc.text).lower()


def _hits(hypotheses: Sequence[Hypothesis], matcher: Matcher, lang: str, span: Span | None) -> Iterator[Hit]:
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


def _contrast(
    doc: Document, span: Span, asked: Span, concept: Concept, hypothesis: Hypothesis, translator: Translator, lang: str
) -> float:
    """How much likelier (nats) the hypothesis is given what was asked than given the accepted name in its place."""
    text, name = asked.of(doc.text), concept.accepted(doc.lang)[0].text
    said = text if asked != span else _alone(doc, span)
    mended = text[: span.start - asked.start] + name + text[span.end - asked.start :]
    as_is, accepted = translator.score([said, mended], [hypothesis.text] * 2, doc.lang, lang)
    return round(as_is.sum - accepted.sum, 3)
