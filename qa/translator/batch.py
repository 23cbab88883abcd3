"""One batch, from token ids to rounded numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from qa.translator import words
from qa.translator.beam import BeamSearch, Rules
from qa.translator.engine import Network
from qa.translator.families import Route, to_text
from qa.translator.forced import Forced, Look, Marks, force, pad
from qa.translator.kernels import padded
from qa.translator.loading import Loaded
from qa.translator.types import DIGITS, Decoding, Hypothesis, TokenScores


@dataclass
class Job:
    """One text to translate, or one pair to score; the result is put into it."""

    text: str
    ids: list[int]
    given: str = ""
    target: list[int] = field(default_factory=list)
    found: list[Hypothesis] = field(default_factory=list)
    scores: TokenScores = field(default_factory=lambda: TokenScores((), (), (), ()))

    @property
    def size(self) -> int:
        """Padded tokens that the job takes in a batch."""
        return padded(max(len(self.ids), len(self.target)))


class Batcher:
    """Searches and scores batches of jobs of one language pair.

    `searcher` finds hypotheses in what `reader` (itself or `exact`) has encoded; `exact` scores.
    """

    def __init__(
        self, loaded: Loaded, searcher: Network, exact: Network, how: Decoding, look: Look, *, reader: Network
    ) -> None:
        self.reader = reader
        self.loaded, self.searcher, self.exact, self.how, self.look = loaded, searcher, exact, how, look
        config = loaded.model.config
        self.eos, self.fill = int(config.eos_token_id), int(config.pad_token_id)
        self.banned, self.end_at_limit = _generation(loaded.model)

    def translate(self, jobs: Sequence[Job], way: Route, n_best: int) -> None:
        """Fill `found` of each job with up to `n_best` hypotheses, best first."""
        how = replace(self.how, beams=max(self.how.beams, n_best))
        limits = [self.how.limit(len(job.ids), self.loaded.longest) for job in jobs]
        rules = Rules(way.prompt, self.eos, self.banned, self.end_at_limit)
        memory = self._encode(self.reader, jobs)
        found = BeamSearch(self.searcher, memory, limits, rules, how).run()
        groups = [[one.ids for one in pool[:n_best]] for pool in found]
        if self.exact is not self.reader:
            memory = self._encode(self.exact, jobs)
        for job, group, forced in zip(jobs, groups, self._force(memory, jobs, way, groups), strict=True):
            made = [self._hypothesis(job, way, ids, numbers) for ids, numbers in zip(group, forced, strict=True)]
            job.found = sorted(made, key=lambda h: (-h.score / max(1, len(h.tokens)) ** how.length_penalty, h.text))

    def score(self, jobs: Sequence[Job], way: Route) -> None:
        """Fill `scores` of each job: forced decoding of its given translation."""
        groups = [[[*way.prompt[1:], *job.target, self.eos]] for job in jobs]
        forced = self._force(self._encode(self.exact, jobs), jobs, way, groups)
        skip = len(way.prompt) - 1
        for job, (numbers,) in zip(jobs, forced, strict=True):
            pieces = self._pieces([*job.target, self.eos])
            spans = words.offsets(job.given, pieces[:-1])
            end = len(job.given)
            logprobs, favourites = _rounded(numbers.logprobs[skip:]), _rounded(numbers.favourites[skip:])
            job.scores = TokenScores(tuple(pieces), (*spans, (end, end)), logprobs, favourites)

    def _encode(self, network: Network, jobs: Sequence[Job]) -> Any:
        return network.encode(*pad([job.ids for job in jobs], self.fill, network.device))

    def _force(
        self, memory: Any, jobs: Sequence[Job], way: Route, groups: Sequence[Sequence[list[int]]]
    ) -> list[list[Forced]]:
        sources = [len(job.ids) for job in jobs]
        return force(self.exact, memory, sources, groups, Marks(way.prompt[0], self.fill, self.look))

    def _hypothesis(self, job: Job, way: Route, ids: list[int], numbers: Forced) -> Hypothesis:
        """A hypothesis in words; the language code that begins it is no part of it."""
        skip = len(way.prompt) - 1
        body, logprobs = ids[skip:], numbers.logprobs[skip:]
        text = to_text(self.loaded.family, self.loaded.tokenizer, body)
        pieces = self._pieces(body)
        spans = words.offsets(text, [self._visible(p) for p in pieces])
        before, after = len(way.prefix), len(way.suffix)
        source = self._pieces(job.ids[before : len(job.ids) - after])
        attention = [row[before : len(job.ids) - after] for row in numbers.attention[skip:]]
        links = words.links(text, spans, job.text, words.offsets(job.text, source), attention)
        return Hypothesis(text, tuple(pieces), _rounded(logprobs), links, bool(body) and body[-1] == self.eos)

    def _pieces(self, ids: Sequence[int]) -> list[str]:
        return [str(piece) for piece in self.loaded.tokenizer.convert_ids_to_tokens(list(ids))]

    def _visible(self, piece: str) -> str:
        """A piece as it shows in the text: marks show as nothing."""
        return "" if piece in self.loaded.tokenizer.all_special_tokens else piece


def _generation(model: Any) -> tuple[tuple[int, ...], bool]:
    """Tokens never to be written, and whether the end mark is forced at the limit."""
    config = model.generation_config
    banned = {words[0] for words in config.bad_words_ids or [] if len(words) == 1}
    banned |= set(config.suppress_tokens or [])
    return tuple(sorted(banned)), config.forced_eos_token_id is not None


def _rounded(numbers: Sequence[float]) -> tuple[float, ...]:
    """Numbers on the grid; −0.0 is 0.0."""
    return tuple(round(number, DIGITS) + 0.0 for number in numbers)
