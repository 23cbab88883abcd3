"""Beam search that keeps a batch moving: the encoder once, finished sentences out at once.

The same hypotheses as transformers' `generate` with the same parameters (its scoring,
its stopping rule, its forced tokens; see tests/translator/test_engines.py), at a fraction
of its cost a step. Scores inside are float32 sums of log-probabilities in nats.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qa.translator.engine import Searched
from qa.translator.types import Decoding

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be written: the model's end mark, tokens never written, the first tokens.

    `prompt` are the decoder's first ids; those after the first count as written.
    `end_at_limit` forces the end mark as the last token (Marian's forced_eos_token_id).
    """

    prompt: tuple[int, ...]
    eos: int
    banned: tuple[int, ...] = ()
    end_at_limit: bool = False


@dataclass(slots=True)
class Found:
    """A finished hypothesis: ids after the start token, end mark included if it was written."""

    ids: list[int]
    score: float


@dataclass(slots=True)
class _Pool:
    """The best finished hypotheses of one sentence."""

    size: int
    found: list[Found] = field(default_factory=list)

    def add(self, candidate: Found) -> None:
        self.found.append(candidate)
        self.found.sort(key=lambda f: -f.score)
        del self.found[self.size :]

    def closed(self, best_running: float, early: bool) -> bool:
        """True if nothing that still runs can enter (or, early, if the pool is full)."""
        if len(self.found) < self.size:
            return False
        return early or best_running <= self.found[-1].score


class BeamSearch:
    """One batch being decoded. `limits` are the most tokens a hypothesis may have, a sentence."""

    def __init__(self, network: Searched, memory: Any, limits: list[int], rules: Rules, how: Decoding) -> None:
        import torch

        self.network, self.rules, self.how = network, rules, how
        self.state = network.open(memory)
        self.pools = [_Pool(how.beams) for _ in limits]
        self.alive = list(range(len(limits)))
        self.limits = torch.tensor(limits, device=network.device)
        self.scores = torch.zeros(len(limits), 1, device=network.device)
        given = torch.tensor(rules.prompt[1:], dtype=torch.long, device=network.device)
        self.history = given.expand(len(limits), 1, -1)

    def run(self) -> list[list[Found]]:
        """Finished hypotheses of each sentence, best first by score / length ** penalty."""
        import torch

        for token in self.rules.prompt:
            fed = torch.full((len(self.pools),), token, device=self.network.device)
            states = self.network.step(self.state, fed)
        length = len(self.rules.prompt)
        while self.alive:
            tokens = self._advance(states, length)
            if self.alive:
                states = self.network.step(self.state, tokens)
            length += 1
        return [pool.found for pool in self.pools]

    def _advance(self, states: Tensor, length: int) -> Tensor:
        """Choose the continuations for hypotheses of `length` tokens; returns the tokens to feed."""
        import torch

        scores, parents, tokens = self._candidates(states, length)
        ends = (tokens == self.rules.eos) | (self.limits[:, None] == length)
        self._harvest(scores / length**self.how.length_penalty, parents, tokens, ends)
        running, order = (scores - ends * 1e9).topk(self.how.beams)
        parents, tokens = parents.gather(1, order), tokens.gather(1, order)
        best = (running[:, 0] / length**self.how.length_penalty).tolist()
        over = (self.limits <= length).tolist()
        done = [over[i] or self.pools[s].closed(best[i], self.how.early_stopping) for i, s in enumerate(self.alive)]
        stay = torch.tensor([i for i, d in enumerate(done) if not d], device=states.device, dtype=torch.long)
        self._follow(running, parents, tokens, stay)
        return tokens.index_select(0, stay).reshape(-1)

    def _candidates(self, states: Tensor, length: int) -> tuple[Tensor, Tensor, Tensor]:
        """The 2 × beams best continuations a sentence: scores, parent beams, tokens."""
        sentences, beams = self.scores.shape
        repeats = self._repeats()
        values, tokens = self.network.best(states, 2 * self.how.beams + len(self.rules.banned) + repeats.shape[1])
        values = values.masked_fill((tokens[:, :, None] == repeats[:, None]).any(2), float("-inf"))
        values, tokens = self._permit(values, tokens, length)
        each = values.shape[1]
        total = (values.view(sentences, beams, each) + self.scores[:, :, None]).view(sentences, -1)
        scores, index = total.topk(min(2 * self.how.beams, total.shape[1]))
        return scores, index // each, tokens.view(sentences, -1).gather(1, index)

    def _repeats(self) -> Tensor:
        """Tokens that would end an n-gram which a hypothesis has already, a row each; -1 is none."""
        import torch

        before = self.how.no_repeat_ngram_size - 1
        written = self.history.flatten(0, 1)
        if before < 0 or written.shape[1] <= before:
            return written.new_empty((len(written), 0))
        ends = written[:, before:]
        same = written.unfold(1, before, 1)[:, : ends.shape[1]] == written[:, None, written.shape[1] - before :]
        found = torch.where(same.all(2), ends, -1)
        return found.sort(1, descending=True).values[:, : int((found >= 0).sum(1).max())]

    def _permit(self, values: Tensor, tokens: Tensor, length: int) -> tuple[Tensor, Tensor]:
        """Without the tokens that may not be written here; at the limit the end mark costs nothing."""
        for token in self.rules.banned:
            values = values.masked_fill(tokens == token, float("-inf"))
        if self.rules.end_at_limit:
            last = (self.limits == length).repeat_interleave(self.scores.shape[1])
            values = values.masked_fill(last[:, None], float("-inf"))
            values[:, 0].masked_fill_(last, 0.0)
            tokens[:, 0].masked_fill_(last, self.rules.eos)
        return values, tokens

    def _harvest(self, scores: Tensor, parents: Tensor, tokens: Tensor, ends: Tensor) -> None:
        """Take what has ended among the best `beams` candidates into the pools."""
        ended = ends[:, : self.how.beams].nonzero().tolist()
        for row, rank in ended:
            score, token = float(scores[row, rank]), int(tokens[row, rank])
            if score > -1e8:
                before = self.history[row, int(parents[row, rank])].tolist()
                self.pools[self.alive[row]].add(Found([*before, token], score))

    def _follow(self, running: Tensor, parents: Tensor, tokens: Tensor, stay: Tensor) -> None:
        """Make the chosen continuations the running hypotheses; `stay` are the sentences that go on."""
        import torch

        whole = len(stay) == len(self.alive)
        rows = parents + torch.arange(len(self.alive), device=parents.device)[:, None] * self.scores.shape[1]
        taken = self.history.gather(1, parents[:, :, None].expand(-1, -1, self.history.shape[2]))
        self.history = torch.cat([taken, tokens[:, :, None]], 2).index_select(0, stay)
        self.scores = running.index_select(0, stay)
        self.limits = self.limits.index_select(0, stay)
        self.alive = [self.alive[i] for i in stay.tolist()]
        if self.alive:
            self.network.select(self.state, rows.index_select(0, stay).reshape(-1), None if whole else stay)
