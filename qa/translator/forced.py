"""Forced decoding: the log-probability of every token of given translations, and what they look at.

One pass of the decoder over whole translations, in float32: every number that a
translator reports comes from here, for its own hypotheses as for given texts, so the two
can be compared, and so the dtype of the search does not show in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qa.translator.engine import Network
from qa.translator.kernels import padded

if TYPE_CHECKING:
    from torch import Tensor

ROWS_AT_ONCE = 256
"""Positions whose logits (positions × vocabulary, float32) are in memory at once."""


@dataclass(frozen=True, slots=True)
class Look:
    """Where attention is read: the decoder layer, and whether at the step after the token.

    `shift` 1 reads the step in which the token is the decoder's input (Chen et al. 2020,
    "Accurate Word Alignment Induction from Neural Machine Translation", Shift-Att);
    0 the step that predicts it, right for models trained with guided alignment.
    """

    layer: int = -1
    shift: int = 0


@dataclass(frozen=True, slots=True)
class Forced:
    """Of one translation: nats a token, nats of the favourite there, attention (tokens, source)."""

    logprobs: list[float]
    favourites: list[float]
    attention: list[list[float]]


@dataclass(frozen=True, slots=True)
class Marks:
    """The decoder's start token, the token that fills up rows, and where to read attention."""

    start: int
    fill: int
    look: Look


def pad(rows: Sequence[Sequence[int]], fill: int, device: Any) -> tuple[Tensor, Tensor]:
    """Ids padded to a canonical length: ids and mask, both (rows, length)."""
    import torch

    length = padded(max(map(len, rows)))
    ids = torch.tensor([[*row, *[fill] * (length - len(row))] for row in rows], device=device)
    sizes = torch.tensor([len(row) for row in rows], device=device)
    return ids, torch.arange(length, device=device)[None, :] < sizes[:, None]


def force(
    network: Network, memory: Any, sources: Sequence[int], groups: Sequence[Sequence[Sequence[int]]], marks: Marks
) -> list[list[Forced]]:
    """Score `groups[i]`, the translations (ids after the start token) of sentence i of `memory`.

    `sources` are the source lengths in tokens. Results are shaped like `groups`.
    """
    each = max(map(len, groups))
    flat = [list(one) for group in groups for one in [*group, *[group[0]] * (each - len(group))]]
    labels, real = pad(flat, marks.fill, network.device)
    inputs = labels.roll(1, 1)
    inputs[:, 0] = marks.start
    states, attention = network.forced(memory, inputs.view(len(groups), each, -1), marks.look.layer)
    chosen, best = _likelihoods(network, states, labels.view(-1), real.view(-1))
    width = labels.shape[1]
    attention = attention.reshape(len(groups), each, width, -1).float().cpu()
    return [
        [
            Forced(
                chosen[at : at + len(one)],
                best[at : at + len(one)],
                _looked(attention[i, j, :, : sources[i]], len(one), marks.look.shift),
            )
            for j, one in enumerate(group)
            for at in [(i * each + j) * width]
        ]
        for i, group in enumerate(groups)
    ]


def _likelihoods(network: Network, states: Tensor, labels: Tensor, real: Tensor) -> tuple[list[float], list[float]]:
    """log p of each real label and of the favourite beside it; 0.0 at padding (float32 softmax)."""
    import torch

    chosen, best = torch.zeros(2, len(labels))
    for part in torch.split(real.nonzero()[:, 0], ROWS_AT_ONCE):
        given, top = network.judge(states.index_select(0, part), labels.index_select(0, part))
        chosen[part.cpu()], best[part.cpu()] = given.cpu(), top.cpu()
    return chosen.tolist(), best.tolist()


def _looked(attention: Tensor, length: int, shift: int) -> list[list[float]]:
    """One translation's attention (positions, source) as a row a token."""
    rows = [min(i + shift, length - 1) for i in range(length)]
    looked: list[list[float]] = attention[rows].tolist()
    return looked
