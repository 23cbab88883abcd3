"""Literalness proof by a translation model: back-translate a suspicious name, look it up as a source term.

"Sailor silence" back-translates to «матросская тишина», which a glossary knows as a
prison. That the round trip agrees is the symptom, not the cure: a hit among the glossary's
*source* terms, while the article has none of the concept's accepted renderings, shows that
the name was rendered word by word.

Only what is written as a name reaches the model: a few ordinary words in quotation marks,
or several with capitals inside a sentence and a head noun beside them. The words alone are
translated first. Where no hypothesis is a source term, terms that share a word with them are
force-decoded: a small model seldom writes «Комсомольская правда» by itself, but knows it for
"Komsomol Truth" when it sees it. The sentence is translated only where that gave nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa.document import Document
from qa.glossary.context import is_quoted
from qa.glossary.judge import Judge, Proof
from qa.glossary.literal import LEFT, Anticipation, telling_words
from qa.glossary.matcher import Match, Matcher, tokens
from qa.glossary.model import Concept, Term
from qa.glossary.normalise import term_keys
from qa.glossary.places import candidates
from qa.names import sounds_like
from qa.schema import Span
from qa.translator.types import Hypothesis, TokenScores, Translator

ALONE, INSIDE = 10, 4
"""How many hypotheses are looked at: of the words alone, of their sentence."""
LIKELY = -1.75
"""Least mean log-probability (nats a token), given the words, of a source term that the model did not write."""
FAR = 5.0
"""Nats: a term with a token that much less likely than what the model would put there has a word of other meaning."""
SURE = 0.65
"""Of an answer that counts like a word-by-word one: the first three hypotheses, or what is nearly one."""
HAN_RE = re.compile(r"[\u3400-\u9fff]")
INITIAL_RE = re.compile(r"\b[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Answer:
    """A source term that the model writes for `asked`, or holds likely: in which words, and how sure (0 to 1)."""

    concept: Concept
    term: Term
    asked: Span
    said: str
    sure: float
    evidence: Mapping[str, object]


def wanted(doc: Document, matcher: Matcher, words: Anticipation | None = None) -> list[str]:
    """What would be back-translated first: for filling one batch from many articles."""
    return [_alone(doc, span) for span in candidates(doc, matcher, words)]


def by_translation(
    judge: Judge, translator: Translator, source_lang: str, words: Anticipation | None, shown: Sequence[Span]
) -> Iterator[Proof]:
    """Places, other than those `shown` already, whose back-translation has a source term."""
    inquiry = Inquiry(judge, translator, source_lang, words)
    found = candidates(judge.doc, judge.matcher, words)
    spans = [s for s in found if not any(s.overlaps(done) for done in shown)]
    for ask in (inquiry.alone, inquiry.likely, inquiry.inside):
        left = []
        for span, answers in zip(spans, ask(spans) if spans else [], strict=True):
            if proof := next((p for answer in answers if (p := inquiry.proof(span, answer))), None):
                yield proof
            else:
                left.append(span)
        spans = left


class Inquiry:
    """The three questions to a model about places of an article; each gives every place's answers, best first."""

    def __init__(self, judge: Judge, translator: Translator, source_lang: str, words: Anticipation | None) -> None:
        self.judge, self.doc, self.matcher = judge, judge.doc, judge.matcher
        self.translator, self.source_lang, self.words = translator, source_lang, words
        self._hypotheses: dict[Span, list[Hypothesis]] = {}

    def alone(self, spans: Sequence[Span]) -> Iterator[list[Answer]]:
        """What the words alone are translated by."""
        asked = [_alone(self.doc, span) for span in spans]
        found = self.translator.translate(asked, self.doc.lang, self.source_lang, ALONE)
        self._hypotheses = dict(zip(spans, found, strict=True))
        for span in spans:
            hits = _hits(self._hypotheses[span], self.matcher, self.source_lang, None)
            yield [_written(span, *hit) for hit in hits]

    def likely(self, spans: Sequence[Span]) -> Iterator[list[Answer]]:
        """Source terms that share a word with the translations, as likely as the model holds them."""
        akin = [[(c, t, _alone(self.doc, span)) for c, t in self._akin(span)] for span in spans]
        asked = [(text, term.text.lower()) for row in akin for _, term, text in row]
        scores = iter(self._score(asked))
        for span, row in zip(spans, akin, strict=True):
            rated = sorted(((next(scores), c, t) for c, t, _ in row), key=lambda r: (-r[0].mean, r[2].text))
            yield [_held_likely(span, s.mean, c, t) for s, c, t in rated if _is_likely(s)]

    def inside(self, spans: Sequence[Span]) -> Iterator[list[Answer]]:
        """What the words are translated by in their sentence."""
        sentences = [self.doc.sentence_at(span.start) for span in spans]
        asked = [sentence.of(self.doc.text) for sentence in sentences]
        found = self.translator.translate(asked, self.doc.lang, self.source_lang, INSIDE)
        for span, sentence, hypotheses in zip(spans, sentences, found, strict=True):
            place = Span(span.start - sentence.start, span.end - sentence.start)
            yield [_written(sentence, *hit) for hit in _hits(hypotheses, self.matcher, self.source_lang, place)]

    def proof(self, span: Span, answer: Answer) -> Proof | None:
        """The proof, if the concept found is meant at its place."""
        concept, text = answer.concept, span.of(self.doc.text)
        if _is_transliteration(text, concept, self.doc.lang):
            return None
        if self.words and self.words.is_translated(concept, answer.term):
            return None
        whole = _is_whole(text, answer.term)
        if not whole and not (is_quoted(self.doc.text, span) and self._covers(span, answer)):
            return None
        if not self.judge.meant(span, concept, sure=True, peculiar=True):
            return None  # whatever the model says
        contrast = self._contrast(span, answer)
        sure = answer.sure >= SURE and contrast > 0
        meant = self.judge.meant(span, concept, sure, peculiar=sure and len(telling_words(text)) > 2)
        if meant is None or not (whole or meant[1]):
            return None  # fewer words than the name's are believed only where a head noun is beside
        evidence = {
            **answer.evidence,
            "of": "the words alone" if answer.asked == span else "the sentence",
            "contrast_nats": contrast,
            "head": meant[1],
            "model": self.translator.signature,
        }
        # From what the model said, the contrast and the surface cues.
        confidence = answer.sure + (0.1 if meant[1] else 0.0) + (0.1 if contrast > 0 else -0.05)
        way = f"Back-translation {'gives' if 'rank' in evidence else 'fits'} “{answer.said}”"
        return Proof(meant[0], answer.term.text, way, min(round(confidence, 3), 0.95), evidence)

    def _akin(self, span: Span) -> Iterator[tuple[Concept, Term]]:
        """Accepted source terms of as many words as the place, one of them a translation of one of its words.

        None in Chinese, where to share a sign is not to share a word.
        """
        text, lang = span.of(self.doc.text), self.source_lang
        keys = {key for h in self._hypotheses[span] for t in tokens(h.text) for key in term_keys(t.text, lang)}
        keys |= self.words.source_words(text) if self.words else set()
        rows = {(c.id, t.text): (c, t) for key in sorted(keys) for c, t in self.matcher.sharing(key, lang)}
        for concept, term in rows.values():
            if concept.is_name and term.status.accepted and _is_whole(text, term) and not HAN_RE.search(term.text):
                yield concept, term

    def _covers(self, span: Span, answer: Answer) -> bool:
        """True if each word of the place makes what was said likelier, and none is a word of the name (Moscow case)."""
        said = _alone(self.doc, span)
        words = telling_words(said)
        if answer.asked != span or any(_is_transliteration(w, answer.concept, self.doc.lang) for w in words):
            return False
        less = [re.sub(rf"\W*\b{re.escape(word)}\b", "", said, count=1).strip() for word in words]
        whole, *parts = self._score([(text, answer.said) for text in [said, *filter(None, less)]])
        return all(part.sum < whole.sum for part in parts)

    def _contrast(self, span: Span, answer: Answer) -> float:
        """How much likelier (nats) what was said is given what was asked than given the accepted name in its place."""
        asked, name = answer.asked, answer.concept.accepted(self.doc.lang)[0].text
        text = asked.of(self.doc.text)
        said = text if asked != span else _alone(self.doc, span)
        mended = text[: span.start - asked.start] + name + text[span.end - asked.start :]
        as_is, accepted = self._score([(said, answer.said), (mended, answer.said)])
        return round(as_is.sum - accepted.sum, 3)

    def _score(self, pairs: Sequence[tuple[str, str]]) -> list[TokenScores]:
        asked, said = [text for text, _ in pairs], [text for _, text in pairs]
        return self.translator.score(asked, said, self.doc.lang, self.source_lang) if pairs else []


def _written(asked: Span, rank: int, hypothesis: Hypothesis, found: Match) -> Answer:
    evidence = {"back_translation": hypothesis.text, "rank": rank}
    return Answer(found.concept, found.term, asked, hypothesis.text, 0.6 + 0.15 / rank, evidence)


def _held_likely(asked: Span, mean: float, concept: Concept, term: Term) -> Answer:
    sure = 0.6 + 0.1 * (1 - mean / LIKELY)
    return Answer(concept, term, asked, term.text.lower(), sure, {"likely": term.text, "nats_a_token": mean})


def _is_likely(scores: TokenScores) -> bool:
    """True if a term is likely as a whole and in each of its tokens."""
    gaps = (best - p for p, best in zip(scores.logprobs, scores.favourites, strict=True))
    return scores.mean >= LIKELY and max(gaps, default=0.0) < FAR


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


def _is_whole(name: str, term: Term) -> bool:
    """True if the term has as many words as the name: a small model leaves words out (“ghost towns”: привид).

    Chinese has no blanks: a word is one sign or two.
    """
    count = len(telling_words(name))
    if signs := len(HAN_RE.findall(term.text)):
        return count <= signs <= 2 * count
    return count == sum(word not in LEFT for word in telling_words(term.text))


def _is_transliteration(name: str, concept: Concept, lang: str) -> bool:
    """True if the span sounds like an accepted rendering: Moscow for Moskva is no literal translation."""
    return any(sounds_like(name, term.text) for term in concept.accepted(lang))
