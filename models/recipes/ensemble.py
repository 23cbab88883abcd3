"""Models that read different sources and write the same pieces, decoded as one.

Why: Ukrainian for a sentence that is known in English and in Russian. The model from
Russian knows the words and their order, the one from English what they mean; where one
guesses, the other often knows. A token's score is the mean of the members' log-probabilities.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor

from qa.translator.beam import BeamSearch, Rules
from qa.translator.families import to_text
from qa.translator.forced import Marks, force, pad
from qa.translator.head import greatest
from qa.translator.neural import NeuralTranslator

BUDGET = 6000  # padded source pieces a batch


class Said(NamedTuple):
    """One translation: its text, and each token's log-probability (mean of the members, nats), end mark included."""

    text: str
    logprobs: list[float]

    @property
    def mean(self) -> float:
        """Nats a token."""
        return sum(self.logprobs) / len(self.logprobs)


class Together:
    """The members' searching networks behind the calls that a beam search makes."""

    def __init__(self, networks: Sequence[Any]) -> None:
        self.networks, self.device = networks, networks[0].device

    def open(self, memory: Sequence[Any]) -> list[Any]:
        """Return the decoding states."""
        return [net.open(one) for net, one in zip(self.networks, memory, strict=True)]

    def step(self, state: Sequence[Any], tokens: Tensor) -> Tensor:
        """Feed one token a row; returns the decoder states side by side (rows, widths)."""
        return torch.cat([net.step(one, tokens) for net, one in zip(self.networks, state, strict=True)], 1)

    def select(self, state: Sequence[Any], rows: Tensor, sentences: Tensor | None) -> None:
        """Keep these rows of all."""
        for net, one in zip(self.networks, state, strict=True):
            net.select(one, rows, sentences)

    def best(self, states: Tensor, count: int) -> tuple[Tensor, Tensor]:
        """Return the `count` tokens with the greatest mean log-probability."""
        total, mass = torch.zeros(()), torch.zeros(())
        for net, mine in zip(self.networks, states.chunk(len(self.networks), 1), strict=True):
            logits = torch.cat([block(mine) for block in net.head.blocks], 1).float()
            total, mass = total + logits, mass + logits.logsumexp(1, keepdim=True)
        values, tokens = greatest(total, count)
        return (values - mass) / len(self.networks), tokens


class Ensemble:
    """Translators that write the same pieces in `language`, each with the language of its source."""

    def __init__(self, members: Sequence[tuple[NeuralTranslator, str]], language: str) -> None:
        self.models = [model for model, _ in members]
        self.ways = [model._route(source, language) for model, source in members]
        self.how = self.models[0].decoding

    def translate(self, texts: Sequence[Sequence[str]]) -> list[Said | None]:
        """Translate texts given as one source a member; None where the search did not end, or knew no piece."""
        sources = [
            [model._source(text, way) for model, way, text in zip(self.models, self.ways, given, strict=True)]
            for given in texts
        ]
        order = sorted(range(len(texts)), key=lambda i: (len(sources[i][0]), i))
        found: list[Said | None] = [None] * len(texts)
        with torch.inference_mode():
            while order:
                most = max(1, BUDGET // len(sources[order[-1]][0]))
                batch, order = order[-most:], order[:-most]
                for i, said in zip(batch, self._batch([sources[i] for i in batch]), strict=True):
                    found[i] = said
        return found

    def _batch(self, sources: Sequence[Sequence[list[int]]]) -> list[Said | None]:
        """Translate one batch, of roughly equal lengths."""
        batchers = [model.batcher for model in self.models]
        first, prompt = batchers[0], self.ways[0].prompt
        sides = [list(side) for side in zip(*sources, strict=True)]
        memory = [
            each.reader.encode(*pad(side, each.fill, each.reader.device))
            for each, side in zip(batchers, sides, strict=True)
        ]
        limits = [self.how.limit(len(side), first.loaded.longest) for side in sides[0]]
        network = Together([each.searcher for each in batchers])
        rules = Rules(prompt, first.eos, first.banned, first.end_at_limit)
        groups = [[pool[0].ids] for pool in BeamSearch(network, memory, limits, rules, self.how).run()]
        marks = Marks(prompt[0], first.fill, first.look)
        forced = [
            force(each.exact, own, list(map(len, side)), groups, marks)
            for each, own, side in zip(batchers, memory, sides, strict=True)
        ]
        found: list[Said | None] = []
        for (ids,), limit, *scores in zip(groups, limits, *forced, strict=True):
            ended = ids[-1] == first.eos and len(ids) < limit and first.loaded.tokenizer.unk_token_id not in ids
            means = [sum(each) / len(each) for each in zip(*(one.logprobs for (one,) in scores), strict=True)]
            found.append(Said(to_text(first.loaded.family, first.loaded.tokenizer, ids), means) if ended else None)
        return found
