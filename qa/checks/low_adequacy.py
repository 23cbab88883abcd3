"""A segment that keeps to its source far less than the rest of its article.

Rests on a model, and so is a hint and no verdict: the segment's back-translation is far
less like its source (chrF), and the source far less likely given the segment (log p),
than is usual in this article. Needs the source text and a model that translates back.

Flagged:

Clean:
    [ru-en] The talks ended on Monday. Both sides were content with the result.
"""

from __future__ import annotations

from collections.abc import Iterator

from qa.adequacy import measure, outliers
from qa.check import Kit
from qa.document import Document
from qa.schema import Hit, Severity

CATEGORY = "accuracy/mistranslation"
SEVERITY = Severity.NEUTRAL
CONFIDENCE = 0.5

MIN_SEGMENTS = 6
# Gaps to the article's median below which nothing is said: in median absolute deviations, and as such. The
# log-probability decides (half of the exchanged sentences lie 3 nats a token low, and 4.5 deviations); chrF has to agree.
REACH_NATS, MIN_NATS = 4.5, 3.0
REACH_CHRF, MIN_CHRF = 1.0, 10.0
MIN_TOKENS = 10  # of the source: a mean over fewer is noise


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    adequacy = measure(doc, kit.translator, kit.source_lang)
    if adequacy is None or len(adequacy.segments) < MIN_SEGMENTS:
        return
    unlike = outliers([s.chrf for s in adequacy.segments], REACH_CHRF, MIN_CHRF)
    unlikely = outliers([s.logprob for s in adequacy.segments], REACH_NATS, MIN_NATS)
    for segment, low_chrf, low_logprob in zip(adequacy.segments, unlike, unlikely, strict=True):
        if low_chrf and low_logprob and segment.tokens >= MIN_TOKENS:
            yield Hit(
                segment.span.start,
                segment.span.end,
                f"Back-translated, this is far less like its source (chrF {segment.chrf:g}) than the rest of the article "
                f"({adequacy.chrf:g}), and the source is less likely given it: compare the two.",
                evidence={
                    "source": segment.source,
                    "back_translation": segment.back_translation,
                    "chrf": segment.chrf,
                    "logprob_per_token": segment.logprob,
                    "signature": adequacy.signature,
                },
            )
