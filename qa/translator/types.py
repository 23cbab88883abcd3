"""What a translator says: hypotheses, token scores, and the two verbs.

Log-probabilities are natural logarithms (nats), taken from a float32 softmax over the
whole vocabulary and rounded to `GRID`, which is coarser than the noise of a device.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

GRID = 1e-3
"""Nats: every number that leaves the translator is a multiple of this."""
DIGITS = 3

Offsets = tuple[int, int]
Progress = Callable[[int, int], None]
"""Called with (sentences done, sentences in all), after every batch."""


@dataclass(frozen=True, slots=True)
class Link:
    """One word of the hypothesis and a word of the input it came from.

    `hyp` and `src` are character offsets into `Hypothesis.text` and the input as given;
    `weight` is the share (0 to 1) of the attention that the word received.
    """

    hyp: Offsets
    src: Offsets
    weight: float


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One translation of one text.

    `tokens` and `logprobs` (nats) are as long as each other and include the end mark;
    `finished` is False where the model reached its length limit without ending.
    """

    text: str
    tokens: tuple[str, ...]
    logprobs: tuple[float, ...]
    alignment: tuple[Link, ...] = ()
    finished: bool = True

    @property
    def score(self) -> float:
        """Sum of the token log-probabilities, in nats."""
        return round(sum(self.logprobs), DIGITS)

    @property
    def mean(self) -> float:
        """Mean log-probability of a token, in nats; 0.0 for an empty text."""
        return round(sum(self.logprobs) / len(self.logprobs), DIGITS) if self.logprobs else 0.0


@dataclass(frozen=True, slots=True)
class TokenScores:
    """Forced decoding of a given translation: what the model thinks of each token.

    `offsets` are character offsets of the tokens in the translation as given (the end mark
    is empty, at its end); `logprobs` and `favourites` are nats, the latter the
    log-probability of the token that the model would have put at that place.
    """

    tokens: tuple[str, ...]
    offsets: tuple[Offsets, ...]
    logprobs: tuple[float, ...]
    favourites: tuple[float, ...]

    @property
    def sum(self) -> float:
        """Log-probability of the translation, in nats."""
        return round(sum(self.logprobs), DIGITS)

    @property
    def mean(self) -> float:
        """Mean log-probability of a token, in nats; 0.0 for an empty text."""
        return round(sum(self.logprobs) / len(self.logprobs), DIGITS) if self.logprobs else 0.0

    @property
    def self_normalised(self) -> float:
        """Mean of log p(token) − log p(the model's own favourite there): 0 is "as I would say it".

        Takes away the uncertainty that any continuation shares (length, rare words). This is
        not NMTScore's p(a|b)/p(a|a); for that see `qa.translator.nmtscore_direct`.
        """
        gaps = [p - best for p, best in zip(self.logprobs, self.favourites, strict=True)]
        return round(sum(gaps) / len(gaps), DIGITS) if gaps else 0.0

    def within(self, start: int, end: int) -> float:
        """Log-probability (nats) of the tokens that overlap characters `start` to `end`."""
        pairs = zip(self.offsets, self.logprobs, strict=True)
        return round(sum(p for (left, right), p in pairs if left < end and right > start), DIGITS)


class Translator(Protocol):
    """The two verbs, whatever stands behind them: a model, a cache, several devices, a fake."""

    @property
    def signature(self) -> str:
        """All that the numbers depend on: model@hash, dtype, tokenizer, decoding."""

    def translate(self, texts: Sequence[str], src_lang: str, tgt_lang: str, n_best: int = 1) -> list[list[Hypothesis]]:
        """Best first, up to `n_best` hypotheses for each text, in the order of `texts`.

        Raises `TishinaError` for a language pair that the model does not know.
        """

    def score(self, src: Sequence[str], tgt: Sequence[str], src_lang: str, tgt_lang: str) -> list[TokenScores]:
        """Forced decoding: log p(tgt[i] | src[i]) for each token of each pair."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """How hypotheses are searched for; part of the signature.

    `beams`, `length_penalty` (score / length ** penalty) and `no_repeat_ngram_size` (0: any
    may repeat) mean what they mean in transformers' `generate`; a hypothesis may have
    `ratio` × input tokens + `spare` tokens.
    """

    beams: int = 4
    length_penalty: float = 1.0
    early_stopping: bool = False
    ratio: float = 3.0
    spare: int = 20
    no_repeat_ngram_size: int = 0

    def limit(self, source_tokens: int, longest: int) -> int:
        """Most tokens (end mark included) that a hypothesis may have."""
        return min(longest, int(self.ratio * source_tokens) + self.spare)

    def __str__(self) -> str:
        stop = "early" if self.early_stopping else "full"
        once = f"-no{self.no_repeat_ngram_size}gram" if self.no_repeat_ngram_size else ""
        return f"beam{self.beams}-lp{self.length_penalty:g}-{stop}-max{self.ratio:g}x+{self.spare}{once}"
