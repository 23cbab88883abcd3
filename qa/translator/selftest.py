"""Does this device give the numbers that it should? Batches against single texts, one device against another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.translator.types import DIGITS, GRID, Hypothesis, Translator


@dataclass(frozen=True, slots=True)
class Drift:
    """What a self-test found: texts with another hypothesis, and the largest difference in nats."""

    texts: int
    other_hypotheses: tuple[str, ...]
    nats: float

    @property
    def ok(self) -> bool:
        """True if every hypothesis is the same and every number is within the grid."""
        return not self.other_hypotheses and self.nats <= GRID

    def __str__(self) -> str:
        if self.ok:
            return f"{self.texts} texts: no drift"
        others = len(self.other_hypotheses)
        return f"{self.texts} texts: {others} with another hypothesis, up to {self.nats:.3f} nats apart"


def compare(first: Sequence[list[Hypothesis]], second: Sequence[list[Hypothesis]], texts: Sequence[str]) -> Drift:
    """The drift between two answers to the same texts."""
    other: list[str] = []
    apart = 0.0
    for text, one, two in zip(texts, first, second, strict=True):
        if [h.text for h in one] != [h.text for h in two]:
            other.append(text)
            continue
        pairs = ((a, b) for left, right in zip(one, two, strict=True)
                 for a, b in zip(left.logprobs, right.logprobs, strict=True))  # fmt: skip
        apart = max([apart, *(abs(a - b) for a, b in pairs)])
    return Drift(len(texts), tuple(other), round(apart, DIGITS))


def batch_drift(translator: Translator, texts: Sequence[str], src_lang: str, tgt_lang: str) -> Drift:
    """One text at a time against all together: 0 nats on a CPU, bit for bit."""
    together = translator.translate(texts, src_lang, tgt_lang)
    alone = [translator.translate([text], src_lang, tgt_lang)[0] for text in texts]
    return compare(together, alone, texts)


def device_drift(
    translator: Translator, reference: Translator, texts: Sequence[str], src_lang: str, tgt_lang: str
) -> Drift:
    """This translator against another (another device, another dtype) of the same model."""
    mine, other = (t.translate(texts, src_lang, tgt_lang) for t in (translator, reference))
    return compare(mine, other, texts)
