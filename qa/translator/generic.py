"""Any other sequence-to-sequence model (T5, MADLAD, mT5), through its own modules.

The same calls as `lean.LeanNetwork`, with transformers' decoder and key-value cache
inside: the encoder runs once, finished rows leave, positions are fed one at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qa.translator.head import best_of, judge_of

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(slots=True)
class GenericMemory:
    """Encoder states (sentences, length, width) and their mask (sentences, length)."""

    states: Tensor
    mask: Tensor

    def select(self, sentences: Tensor) -> GenericMemory:
        """The memory of some sentences only."""
        return GenericMemory(self.states.index_select(0, sentences), self.mask.index_select(0, sentences))


@dataclass(slots=True)
class GenericState:
    """Where decoding stands; `cache` is transformers' EncoderDecoderCache, one row a beam."""

    memory: GenericMemory
    cache: Any


class GenericNetwork:
    """A transformers model behind the calls that decoding needs (see `Network` in engine.py)."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.device = model.device

    def encode(self, ids: Tensor, mask: Tensor) -> GenericMemory:
        """Source ids and mask (sentences, length), both padded, → memory."""
        states = self.model.get_encoder()(input_ids=ids, attention_mask=mask.long()).last_hidden_state
        return GenericMemory(states, mask.long())

    def open(self, memory: GenericMemory) -> GenericState:
        """Decoding state before the first token, one row a sentence."""
        from transformers import DynamicCache, EncoderDecoderCache

        return GenericState(memory, EncoderDecoderCache(DynamicCache(), DynamicCache()))

    def step(self, state: GenericState, tokens: Tensor) -> Tensor:
        """Feed one token a row (rows,); returns decoder states (rows, width)."""
        each = tokens.shape[0] // state.memory.states.shape[0]
        out = self.model.get_decoder()(
            input_ids=tokens[:, None], past_key_values=state.cache, use_cache=True,
            encoder_hidden_states=state.memory.states.repeat_interleave(each, 0),
            encoder_attention_mask=state.memory.mask.repeat_interleave(each, 0),
        )  # fmt: skip
        state.cache = out.past_key_values
        states: Tensor = out.last_hidden_state[:, -1]
        return states

    def select(self, state: GenericState, rows: Tensor, sentences: Tensor | None) -> None:
        """Keep these rows, in this order; `sentences` where some sentences are finished."""
        for part in (state.cache.self_attention_cache, state.cache.cross_attention_cache):
            for layer in part.layers:
                layer.keys, layer.values = layer.keys.index_select(0, rows), layer.values.index_select(0, rows)
        if sentences is not None:
            state.memory = state.memory.select(sentences)

    def forced(self, memory: GenericMemory, ids: Tensor, layer_number: int) -> tuple[Tensor, Tensor]:
        """Decoder inputs (sentences, rows a sentence, length) → states and one layer's attention.

        Shapes as in `LeanNetwork.forced`.
        """
        count, each, length = ids.shape
        out = self.model.get_decoder()(
            input_ids=ids.reshape(-1, length), use_cache=False, output_attentions=True,
            encoder_hidden_states=memory.states.repeat_interleave(each, 0),
            encoder_attention_mask=memory.mask.repeat_interleave(each, 0),
        )  # fmt: skip
        weights = out.cross_attentions[layer_number % len(out.cross_attentions)].float().mean(1)
        states = out.last_hidden_state.reshape(count * each * length, -1)
        return states, weights.reshape(count, each * length, -1)

    def best(self, states: Tensor, count: int) -> tuple[Tensor, Tensor]:
        """See `Head.best`."""
        return best_of(self.logits(states), count)

    def judge(self, states: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        """See `Head.judge`."""
        return judge_of(self.logits(states), labels)

    def logits(self, states: Tensor) -> Tensor:
        """Decoder states (rows, width) → logits (rows, vocabulary), float32."""
        config = self.model.config
        tied = {"t5": "scale_decoder_outputs", "umt5": "tie_word_embeddings"}.get(config.model_type, "")
        if getattr(config, tied, False):
            states = states * config.d_model**-0.5
        logits: Tensor = self.model.lm_head(states).float()
        return logits
