"""The output layer, a block of the vocabulary at a time: best tokens and softmax without the logits.

The logits of a batch (rows × vocabulary, float32) are tens of megabytes a step, too many
for a cache and dear to allocate. Here a block of the vocabulary is computed, its greatest
elements and the sum of its exponentials are kept, and the block is forgotten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.translator.kernels import linear

if TYPE_CHECKING:
    from torch import Tensor

CPU_BLOCK = 4096
"""Tokens a block on a CPU: with 128 rows 2 MiB; on a GPU the vocabulary is one block."""
GROUP = 64
"""Tokens a group: the greatest are looked for in the groups with the greatest maxima."""
FAR = float("-inf")


class Head:
    """Weight (vocabulary, width) and bias of the output layer, in blocks."""

    def __init__(self, weight: Tensor, bias: Tensor | None, dtype: str) -> None:
        block = CPU_BLOCK if weight.device.type == "cpu" else len(weight)
        self.starts = range(0, len(weight), block)
        self.blocks = [
            linear(weight[start : start + block], None if bias is None else bias[start : start + block], dtype)
            for start in self.starts
        ]

    def best(self, states: Tensor, count: int) -> tuple[Tensor, Tensor]:
        """The `count` likeliest tokens of each row: log-probabilities (nats) and ids, (rows, count)."""
        import torch

        values, tokens, masses = [], [], []
        for start, product in zip(self.starts, self.blocks, strict=True):
            logits = product(states).float()
            value, token = greatest(logits, count)
            values.append(value)
            tokens.append(token + start)
            masses.append(_mass(logits, value[:, :1]))
        top, order = torch.cat(values, 1).topk(count)
        return top - torch.cat(masses, 1).logsumexp(1, keepdim=True), torch.cat(tokens, 1).gather(1, order)

    def judge(self, states: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        """Log-probabilities (nats) of `labels` and of the likeliest token, (rows,) each.

        A label that the model can never write has log-probability −1e9.
        """
        import torch

        tops, masses = [], []
        chosen = states.new_full((len(labels),), -1e9, dtype=torch.float32)
        for start, product in zip(self.starts, self.blocks, strict=True):
            logits = product(states).float()
            here = ((labels >= start) & (labels < start + logits.shape[1])).nonzero()[:, 0]
            chosen[here] = logits[here, labels[here] - start]
            tops.append(logits.amax(1, keepdim=True))
            masses.append(_mass(logits, tops[-1]))
        mass = torch.cat(masses, 1).logsumexp(1)
        return (chosen - mass).clamp(min=-1e9), torch.cat(tops, 1).amax(1) - mass


def _mass(logits: Tensor, top: Tensor) -> Tensor:
    """Logarithm of the sum of exponentials of each row, given its maximum; destroys `logits`."""
    return logits.sub_(top).exp_().sum(1, keepdim=True).log_().add_(top)


def greatest(logits: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """The `count` greatest of each row, greatest first, and where; fewer where there are fewer.

    The greatest elements lie in the groups with the greatest maxima, so one fast pass for
    the maxima of groups replaces a search through everything.
    """
    import torch

    rows, size = logits.shape
    groups = size // GROUP
    if groups < 2 * count:
        return torch.topk(logits, min(count, size))
    body = logits[:, : groups * GROUP].view(rows, groups, GROUP)
    chosen = body.amax(-1).topk(count).indices
    values = body.gather(1, chosen[:, :, None].expand(-1, -1, GROUP)).view(rows, -1)
    places = (chosen[:, :, None] * GROUP + torch.arange(GROUP, device=logits.device)).view(rows, -1)
    tail = torch.arange(groups * GROUP, size, device=logits.device).expand(rows, -1)
    values, places = torch.cat([values, logits[:, groups * GROUP :]], 1), torch.cat([places, tail], 1)
    best, order = values.topk(count)
    return best, places.gather(1, order)


def best_of(logits: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """`Head.best` for logits (rows, vocabulary) that are there already."""
    values, tokens = greatest(logits, count)
    return values - logits.logsumexp(-1, keepdim=True), tokens


def judge_of(logits: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
    """`Head.judge` for logits (rows, vocabulary) that are there already."""
    mass = logits.logsumexp(-1)
    return logits.gather(1, labels[:, None])[:, 0] - mass, logits.amax(-1) - mass
