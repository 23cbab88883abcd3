"""What decoding needs of a network, and which network a model gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from qa.translator.generic import GenericNetwork
from qa.translator.lean import PRENORM, LeanNetwork

if TYPE_CHECKING:
    from torch import Tensor


class Searched(Protocol):
    """What a beam search calls: the decoder of a model, or of several at once; every tensor is on `device`."""

    device: Any

    def open(self, memory: Any) -> Any:
        """Decoding state before the first token, one row a sentence."""

    def step(self, state: Any, tokens: Tensor) -> Tensor:
        """Feed one token a row; returns decoder states (rows, width)."""

    def select(self, state: Any, rows: Tensor, sentences: Tensor | None) -> None:
        """Keep these rows, in this order; `sentences` where some sentences are finished."""

    def best(self, states: Tensor, count: int) -> tuple[Tensor, Tensor]:
        """The `count` likeliest tokens of each row: log-probabilities (nats, float32) and ids."""


class Network(Searched, Protocol):
    """Encoder and decoder of one model on one device."""

    def encode(self, ids: Tensor, mask: Tensor) -> Any:
        """Source ids and mask (sentences, length) → memory."""

    def forced(self, memory: Any, ids: Tensor, layer_number: int) -> tuple[Tensor, Tensor]:
        """Decoder inputs (sentences, rows, length) → states, and one layer's attention."""

    def judge(self, states: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        """Log-probabilities (nats, float32) of `labels` and of the likeliest tokens, (rows,) each."""


def network(model: Any, dtype: str) -> Network:
    """The lean network where the model is of the BART family, else its own modules."""
    return LeanNetwork(model, dtype) if model.config.model_type in PRENORM else GenericNetwork(model)
