"""A lean network for the BART family (Marian, M2M-100, NLLB, mBART): the weights, without the frame.

transformers spends most of a small model's decoding step outside its matrix products.
Here a step is a dozen tensor operations a layer: query, key and value in one product, the
beams of a sentence sharing its encoder keys, a key-value store that is written in place.
Equal to transformers' `generate` and forward pass (tests/translator/test_engines.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qa.translator.head import Head
from qa.translator.kernels import padded
from qa.translator.layers import FAR, Layer, Memory, attend

if TYPE_CHECKING:
    from torch import Tensor

FORBIDDEN = -1e3
"""Nats: with such a bias a token's probability is exactly 0 in float32 (Marian's −inf, −1e4 in the bundled models)."""
PRENORM = {"marian": False, "m2m_100": True, "mbart": True}


@dataclass(slots=True)
class State:
    """Where decoding stands: rows are sentences × beams, `stores` are (rows, 2, heads, room, head size)."""

    memory: Memory
    stores: list[Tensor]
    spares: list[Tensor | None]  # the stores of the step before, written into next
    length: int = 0


class Stack:
    """Embeddings and layers of the encoder or the decoder."""

    def __init__(self, module: Any, config: Any, heads: int, dtype: str) -> None:
        self.prenorm = PRENORM[config.model_type]
        self.table = module.embed_tokens.weight
        self.scale = float(getattr(module, "embed_scale", getattr(module.embed_tokens, "embed_scale", 1.0)))
        self.places = module.embed_positions
        self.first_norm = getattr(module, "layernorm_embedding", None)
        self.end_norm = getattr(module, "layer_norm", None) if self.prenorm else None
        self.layers = [Layer(layer, heads, dtype, self.prenorm) for layer in module.layers]

    def positions(self, length: int) -> Tensor:
        """Vectors of positions 0 to `length` (length, width), grown where they are computed."""
        if hasattr(self.places, "make_weights"):
            first = self.places.padding_idx + 1
            if first + length > self.places.weights.shape[0]:
                self.places.make_weights(first + length, self.places.embedding_dim, self.places.padding_idx)
            vectors: Tensor = self.places.weights[first : first + length]
            return vectors
        offset = getattr(self.places, "offset", 0)
        rows: Tensor = self.places.weight[offset : offset + length]
        return rows

    def embed(self, ids: Tensor, start: int = 0) -> Tensor:
        """Ids (rows, length) at positions from `start` → vectors (rows × length, width)."""
        from torch.nn.functional import embedding

        length = ids.shape[1]
        x = embedding(ids, self.table) * self.scale + self.positions(start + length)[start:]
        x = x.view(-1, x.shape[-1])
        return self.first_norm(x) if self.first_norm is not None else x

    def end(self, x: Tensor) -> Tensor:
        return self.end_norm(x) if self.end_norm is not None else x


class LeanNetwork:
    """A model's weights behind the calls that decoding needs (see `Network` in engine.py).

    With int8 it is a decoder alone: what the float32 encoder read serves both the search and
    the scores, so the encoder runs once, and exactly.
    """

    def __init__(self, model: Any, dtype: str) -> None:
        config = model.config
        encoder, decoder = model.get_encoder(), model.get_decoder()
        self.encoder = Stack(encoder, config, config.encoder_attention_heads, dtype) if dtype != "int8" else None
        self.decoder = Stack(decoder, config, config.decoder_attention_heads, dtype)
        bias = getattr(model, "final_logits_bias", None)
        self.bias = bias[0] if bias is not None else None
        self.written = _written(self.bias, model.lm_head.weight.shape[0])
        weight = model.lm_head.weight[: self.written]
        self.head = Head(weight, None if self.bias is None else self.bias[: self.written], dtype)
        self.device = weight.device

    def encode(self, ids: Tensor, mask: Tensor) -> Memory:
        """Source ids and mask (sentences, length), both padded, → memory."""
        assert self.encoder is not None, "an int8 network searches in the memory of a float32 one"
        count = ids.shape[0]
        far = self.encoder.table.new_zeros(mask.shape).masked_fill_(~mask, FAR)[:, None, None, :]
        x = self.encoder.embed(ids)
        for layer in self.encoder.layers:
            fused = layer.own.products[0](layer.enter(x, layer.own_norm))
            seen, _ = attend(*layer.own.split(fused, count, 3), far)  # type: ignore[call-arg]
            x = layer.feed(layer.leave(x, layer.own.join(seen), layer.own_norm))
        x = self.encoder.end(x)
        pairs = [layer.cross.split(layer.cross.products[1](x), count, 2)
                 for layer in self.decoder.layers if layer.cross]  # fmt: skip
        return Memory([k.contiguous() for k, _ in pairs], [v.contiguous() for _, v in pairs], far)

    def open(self, memory: Memory) -> State:
        """Decoding state before the first token, one row a sentence."""
        return State(memory, [], [])

    def step(self, state: State, tokens: Tensor) -> Tensor:
        """Feed one token a row (rows,); returns decoder states (rows, width)."""
        x = self.decoder.embed(tokens[:, None], state.length)
        for number, layer in enumerate(self.decoder.layers):
            fused = layer.own.products[0](layer.enter(x, layer.own_norm))
            query, key, value = layer.own.split(fused, x.shape[0], 3)
            store = _write(state, number, key, value)
            seen, _ = attend(query, store[:, 0], store[:, 1], None)
            x = layer.leave(x, layer.own.join(seen), layer.own_norm)
            x, _ = layer.look(x, state.memory, number)
            x = layer.feed(x)
        state.length += 1
        return self.decoder.end(x)

    def select(self, state: State, rows: Tensor, sentences: Tensor | None) -> None:
        """Keep these rows, in this order; `sentences` where some sentences are finished."""
        for number, store in enumerate(state.stores):
            state.stores[number], state.spares[number] = _reordered(store, rows, state.spares[number]), store
        if sentences is not None:
            state.memory = state.memory.select(sentences)

    def forced(self, memory: Memory, ids: Tensor, layer_number: int) -> tuple[Tensor, Tensor]:
        """Decoder inputs (sentences, rows a sentence, length) → states and one layer's attention.

        States are (sentences × rows × length, width), for `judge`; the attention, averaged
        over heads, is (sentences, rows × length, source length).
        """
        import torch

        count, each, length = ids.shape
        causal = torch.full((length, length), FAR, device=self.device, dtype=self.decoder.table.dtype).triu(1)
        x = self.decoder.embed(ids.reshape(-1, length))
        looked = x
        for number, layer in enumerate(self.decoder.layers):
            fused = layer.own.products[0](layer.enter(x, layer.own_norm))
            seen, _ = attend(*layer.own.split(fused, count * each, 3), causal)  # type: ignore[call-arg]
            x = layer.leave(x, layer.own.join(seen), layer.own_norm)
            x, weights = layer.look(x, memory, number)
            if number == layer_number % len(self.decoder.layers):
                looked = weights.mean(1)
            x = layer.feed(x)
        return self.decoder.end(x), looked

    def best(self, states: Tensor, count: int) -> tuple[Tensor, Tensor]:
        """See `Head.best`."""
        return self.head.best(states, count)

    def judge(self, states: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        """See `Head.judge`."""
        return self.head.judge(states, labels)


def _write(state: State, number: int, key: Tensor, value: Tensor) -> Tensor:
    """Put one position's key and value into a layer's store; returns the part in use."""
    rows, heads, _, size = key.shape
    at = state.length
    if number == len(state.stores):
        state.stores.append(key.new_empty(rows, 2, heads, padded(at + 1), size))
        state.spares.append(None)
    store = state.stores[number]
    if at == store.shape[3]:
        grown = key.new_empty(rows, 2, heads, padded(at + 1), size)
        grown[:, :, :, :at] = store
        state.stores[number] = store = grown
    store[:, 0, :, at], store[:, 1, :, at] = key[:, :, 0], value[:, :, 0]
    return store[:, :, :, : at + 1]


def _reordered(store: Tensor, rows: Tensor, spare: Tensor | None) -> Tensor:
    """`store` with these rows, in memory that is there already if it fits: fresh pages are dear."""
    import torch

    if spare is None or spare.shape != (len(rows), *store.shape[1:]):
        return store.index_select(0, rows)
    return torch.index_select(store, 0, rows, out=spare)


def _written(bias: Tensor | None, size: int) -> int:
    """How many of the first tokens can be written at all: a bias may forbid the rest."""
    if bias is None:
        return size
    able = (bias > FORBIDDEN).nonzero()
    return int(able[-1]) + 1 if len(able) else size
