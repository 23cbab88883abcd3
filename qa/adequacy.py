"""How well a translation keeps to its source, segment by segment, where the source is at hand.

Each target segment is translated back and compared with its source segment (sacrebleu's
chrF and BLEU), and the source is force-decoded from the target (log p(source | target) a
token, in nats). None of the three is quality by itself; a segment far below the level of
its own article is worth a look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from qa.document import Document
from qa.schema import Article, Span
from qa.translator.bitext import align_texts
from qa.translator.types import Translator

FORBIDDEN = -1000.0
"""Nats: below it lies only what a model's bias forbids, as a letter that one of its languages never writes."""


@dataclass(frozen=True, slots=True)
class SegmentScore:
    """One target segment: its source, its back-translation, chrF and BLEU (0–100), nats a token of the source."""

    span: Span
    source: str
    back_translation: str
    chrf: float
    bleu: float
    logprob: float
    tokens: int


@dataclass(frozen=True)
class Adequacy:
    """Scores of the segments that have a source, and of all of them together."""

    segments: tuple[SegmentScore, ...]
    chrf: float
    bleu: float
    logprob: float
    signature: str

    def as_dict(self) -> dict[str, Any]:
        """For the report."""
        return {
            "chrf": self.chrf,
            "bleu": self.bleu,
            "logprob_per_token": self.logprob,
            "signature": self.signature,
            "segments": [
                {
                    "start": s.span.start,
                    "end": s.span.end,
                    "chrf": s.chrf,
                    "bleu": s.bleu,
                    "logprob_per_token": s.logprob,
                }
                for s in self.segments
            ],
        }


def measure(doc: Document, translator: Translator | None, source_lang: str | None) -> Adequacy | None:
    """Adequacy of an article that has a source; None where it has none or nothing aligns. Computed once."""
    if "adequacy" not in doc.memo:
        known = translator and source_lang and (doc.article.source or doc.article.pairs)
        doc.memo["adequacy"] = _measure(doc, translator, source_lang) if known and translator and source_lang else None
    found: Adequacy | None = doc.memo["adequacy"]
    return found


def _measure(doc: Document, translator: Translator, source_lang: str) -> Adequacy | None:
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    pairs = list(doc.article.pairs) or aligned(doc, translator, source_lang)
    if not pairs:
        return None
    sources, targets = [source for source, _ in pairs], [span.of(doc.text) for _, span in pairs]
    back = [found[0].text for found in translator.translate(targets, doc.lang, source_lang)]
    scored = translator.score(targets, sources, doc.lang, source_lang)
    logprobs = [per_token(scores.logprobs) for scores in scored]
    chrf, bleu = CHRF(), BLEU(effective_order=True)
    whole_chrf, whole_bleu = chrf.corpus_score(back, [sources]).score, bleu.corpus_score(back, [sources]).score
    segments = tuple(
        SegmentScore(
            span, source, text, _score(chrf, text, source), _score(bleu, text, source), logprob, len(scores.tokens)
        )
        for (source, span), text, logprob, scores in zip(pairs, back, logprobs, scored, strict=True)
    )
    signature = f"chrF {chrf.get_signature()} BLEU {bleu.get_signature()} {translator.signature}"
    return Adequacy(
        segments, round(whole_chrf, 2), round(whole_bleu, 2), round(sum(logprobs) / len(logprobs), 3), signature
    )


def per_token(logprobs: Sequence[float]) -> float:
    """Nats a token, without those that the model must not write: they say nothing of the translation."""
    said = [p for p in logprobs if p > FORBIDDEN]
    return round(sum(said) / len(said), 3) if said else 0.0


def _score(metric: Any, hyp: str, ref: str) -> float:
    return round(float(metric.sentence_score(hyp, [ref]).score), 2)


def aligned(doc: Document, translator: Translator, source_lang: str) -> list[tuple[str, Span]]:
    """Source sentences and the part of the target that translates them, found by back-translation."""
    source = Document(Article(doc.article.id, doc.article.source or "", title="", target_lang=source_lang))
    sources = [s.of(source.text) for s in source.sentences]
    targets = [s.of(doc.text) for s in doc.sentences]
    beads = align_texts(sources, targets, source_lang, doc.lang, translator)
    return [
        (
            " ".join(sources[i] for i in bead.src),
            Span(doc.sentences[bead.tgt[0]].start, doc.sentences[bead.tgt[-1]].end),
        )
        for bead in beads
        if bead.src and bead.tgt
    ]


def outliers(values: Sequence[float], reach: float, least: float) -> list[bool]:
    """Which values lie below the median by more than `reach` median absolute deviations, and by `least`."""
    middle = median(values)
    spread = median(abs(value - middle) for value in values)
    return [value < middle - max(reach * spread, least) for value in values]
