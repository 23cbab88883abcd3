"""Layers of the lean network: attention and feed-forward blocks as plain matrix products."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qa.translator.kernels import Linear, linear

if TYPE_CHECKING:
    from torch import Tensor

FAR = float("-inf")
"""Added to the score of a masked place; its softmax is exactly 0."""


@dataclass(slots=True)
class Memory:
    """What the decoder sees of a batch: keys and values (sentences, heads, length, head size) a layer."""

    keys: list[Tensor]
    values: list[Tensor]
    mask: Tensor  # (sentences, 1, 1, length), 0 or FAR

    def select(self, sentences: Tensor) -> Memory:
        """The memory of some sentences only."""
        keys = [k.index_select(0, sentences) for k in self.keys]
        return Memory(keys, [v.index_select(0, sentences) for v in self.values],
                      self.mask.index_select(0, sentences))  # fmt: skip


class Attention:
    """One attention block's weights: fused products for query, key and value."""

    def __init__(self, module: Any, heads: int, dtype: str, cross: bool) -> None:
        import torch

        self.heads, self.size = heads, module.q_proj.weight.shape[0] // heads
        named = (module.q_proj, module.k_proj, module.v_proj)
        groups = ((named[0],), named[1:]) if cross else (named,)
        self.products: list[Linear] = [
            linear(torch.cat([m.weight for m in group]), torch.cat([_bias(m) for m in group]), dtype)
            for group in groups
        ]
        self.out = linear(module.out_proj.weight, module.out_proj.bias, dtype)

    def split(self, fused: Tensor, sentences: int, parts: int) -> tuple[Tensor, ...]:
        """(sentences × n, parts × width) → `parts` tensors (sentences, heads, n, head size)."""
        shaped = fused.view(sentences, -1, parts, self.heads, self.size)
        return tuple(shaped.permute(2, 0, 3, 1, 4).unbind(0))

    def join(self, looked: Tensor) -> Tensor:
        """(sentences, heads, n, head size) → (sentences × n, width), through the output product."""
        return self.out(looked.transpose(1, 2).reshape(-1, self.heads * self.size))


def _bias(module: Any) -> Tensor:
    bias: Tensor | None = module.bias
    return module.weight.new_zeros(module.weight.shape[0]) if bias is None else bias


def attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
    """Scaled dot-product attention; returns what was seen, and the weights (…, queries, keys)."""
    scores = (query * query.shape[-1] ** -0.5) @ key.transpose(-1, -2)
    if mask is not None:
        scores += mask
    weights = scores.softmax(-1)
    return weights @ value, weights


class Layer:
    """One encoder or decoder layer, normalised before or after each block."""

    def __init__(self, module: Any, heads: int, dtype: str, prenorm: bool) -> None:
        self.prenorm = prenorm
        self.own = Attention(module.self_attn, heads, dtype, cross=False)
        self.own_norm, self.last_norm = module.self_attn_layer_norm, module.final_layer_norm
        self.cross = None
        if hasattr(module, "encoder_attn"):
            self.cross = Attention(module.encoder_attn, heads, dtype, cross=True)
            self.cross_norm = module.encoder_attn_layer_norm
        self.up = linear(module.fc1.weight, module.fc1.bias, dtype)
        self.down = linear(module.fc2.weight, module.fc2.bias, dtype)
        self.activation = module.activation_fn

    def enter(self, x: Tensor, norm: Any) -> Tensor:
        return norm(x) if self.prenorm else x

    def leave(self, x: Tensor, change: Tensor, norm: Any) -> Tensor:
        return x + change if self.prenorm else norm(x + change)

    def feed(self, x: Tensor) -> Tensor:
        """The feed-forward block, residual included."""
        inner = self.activation(self.up(self.enter(x, self.last_norm)))
        return self.leave(x, self.down(inner), self.last_norm)

    def look(self, x: Tensor, memory: Memory, number: int) -> tuple[Tensor, Tensor]:
        """The cross-attention block: (x, weights); rows of one sentence share its memory."""
        assert self.cross is not None
        keys, values = memory.keys[number], memory.values[number]
        asked = self.cross.products[0](self.enter(x, self.cross_norm))
        (query,) = self.cross.split(asked, keys.shape[0], 1)
        seen, weights = attend(query, keys, values, memory.mask)
        return self.leave(x, self.cross.join(seen), self.cross_norm), weights
