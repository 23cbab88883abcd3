"""The translator that runs a model: texts in, hypotheses and token scores out.

What happens to a text: duplicates fall together, long ones are split, the rest is one
queue of token sequences (batching.py); each batch is searched (beam.py), then scored in
float32 (forced.py); results go back to where the texts were.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from qa.errors import TishinaError
from qa.text import UNSPACED
from qa.translator import batching, splitting
from qa.translator.batch import Batcher, Job
from qa.translator.devices import Device, pick
from qa.translator.engine import network
from qa.translator.families import Route, route, source_ids, target_ids
from qa.translator.forced import Look
from qa.translator.loading import Loaded, decoding_of, identify, load
from qa.translator.types import Decoding, Hypothesis, Progress, TokenScores

NUMBERS = 1
"""Raised whenever the same model and input would give other numbers than before."""


class NeuralTranslator:
    """A model from a folder, on one device (see `Translator` for the two verbs).

    `device` is auto, cpu, cuda, cuda:N or mps; `dtype` is auto, float32, int8 (CPU),
    bfloat16 or float16 (GPU) and concerns the search alone: scores are float32.
    `budget` is padded source tokens a batch, `workers` batches at once on a CPU. `decoding`
    is `decoding_of` the folder unless given.
    """

    def __init__(
        self, folder: str | Path, *, name: str | None = None, device: str = "auto", dtype: str = "auto",
        decoding: Decoding | None = None, look: Look | None = None, budget: int | None = None,
        workers: int | None = None, progress: Progress | None = None,
    ) -> None:  # fmt: skip
        self.folder, self.name = Path(folder), name or Path(folder).name
        self.decoding, self.look = decoding or decoding_of(self.folder), look or Look()
        self.progress = progress
        self._asked = (device, dtype, workers, budget)

    @cached_property
    def device(self) -> Device:
        """Where it runs; looked for at first use."""
        return pick(*self._asked)

    @cached_property
    def loaded(self) -> Loaded:
        """Weights and tokenizer; loaded at first use."""
        return load(self.folder, self.device.name, "float32")

    @cached_property
    def batcher(self) -> Batcher:
        """The networks: one to search with, one in float32 to score with."""
        exact = network(self.loaded.model, "float32")
        if self.device.dtype == "float32":
            return Batcher(self.loaded, exact, exact, self.decoding, self.look, reader=exact)
        searcher = self.device.searcher(self.loaded.model, self.folder)
        reader = exact if self.device.dtype == "int8" else searcher
        return Batcher(self.loaded, searcher, exact, self.decoding, self.look, reader=reader)

    @cached_property
    def signature(self) -> str:
        """`name@hash|dtype|tok:hash|decoding|numbers:N`: all that the numbers depend on."""
        identity, tokens = identify(self.folder)
        look = f"look{self.look.layer}+{self.look.shift}"
        return (f"{self.name}@{identity}|{self.device.dtype}|tok:{tokens}"
                f"|{self.decoding}|{look}|numbers:{NUMBERS}")  # fmt: skip

    def translate(self, texts: Sequence[str], src_lang: str, tgt_lang: str, n_best: int = 1) -> list[list[Hypothesis]]:
        """See `Translator.translate`; an empty text has one empty hypothesis."""
        way = self._route(src_lang, tgt_lang)
        distinct = [text for text in dict.fromkeys(texts) if text.strip()]
        parts = {text: splitting.split(text, self._room(way), self._size) for text in distinct}
        jobs = {part: Job(part, self._source(part, way)) for text in distinct for _, part in parts[text]}
        batcher = self.batcher
        self._run(jobs, lambda batch: batcher.translate(batch, way, n_best))
        gap = "" if tgt_lang.partition("-")[0] in UNSPACED else " "
        whole = {
            text: splitting.join([(at, jobs[part].found) for at, part in parts[text]], n_best, gap) for text in distinct
        }
        return [list(whole.get(text, [Hypothesis("", (), ())])) for text in texts]

    def score(self, src: Sequence[str], tgt: Sequence[str], src_lang: str, tgt_lang: str) -> list[TokenScores]:
        """See `Translator.score`; a pair that is too long is scored in parts cut alike."""
        if len(src) != len(tgt):
            raise ValueError(f"{len(src)} source texts, {len(tgt)} translations")
        way = self._route(src_lang, tgt_lang)
        distinct = [pair for pair in dict.fromkeys(zip(src, tgt, strict=True)) if all(map(str.strip, pair))]
        parts = {pair: self._halves(pair, way) for pair in distinct}
        jobs = {
            part: Job(part[0], self._source(part[0], way), part[1], self._target(part[1]))
            for pair in distinct for part in parts[pair]
        }  # fmt: skip
        batcher = self.batcher
        self._run(jobs, lambda batch: batcher.score(batch, way))
        whole = {pair: _concatenated([jobs[part].scores for part in parts[pair]]) for pair in distinct}
        return [whole.get(pair, TokenScores((), (), (), ())) for pair in zip(src, tgt, strict=True)]

    def _run(self, jobs: dict[Any, Job], work: Any) -> None:
        """Put all jobs through the queue; remembers a budget that memory has forced down."""
        import torch

        ordered = sorted(jobs.values(), key=lambda job: (job.size, job.text, job.given))
        with torch.inference_mode(), self.device.ready():
            self.device.budget = batching.run(
                [job.size for job in ordered], self.device.budget,
                lambda batch: self._work(work, [ordered[i] for i in batch]),
                self.device.workers, self.progress,
            )  # fmt: skip

    def _work(self, work: Any, batch: list[Job]) -> None:
        import torch

        try:
            with torch.inference_mode():
                work(batch)
        except RuntimeError:
            self.device.tidy()
            raise

    def _route(self, src_lang: str, tgt_lang: str) -> Route:
        loaded = self.loaded
        return route(loaded.family, loaded.tokenizer, loaded.model.config, (src_lang, tgt_lang), self.name)

    def _room(self, way: Route) -> int:
        return self.loaded.longest - len(way.prefix) - len(way.suffix)

    def _size(self, text: str) -> int:
        return len(source_ids(self.loaded.tokenizer, text))

    def _source(self, text: str, way: Route) -> list[int]:
        return [*way.prefix, *source_ids(self.loaded.tokenizer, text), *way.suffix]

    def _target(self, text: str) -> list[int]:
        return target_ids(self.loaded.family, self.loaded.tokenizer, text)

    def _halves(self, pair: tuple[str, str], way: Route) -> list[tuple[str, str]]:
        """One pair, or as many parts as it takes for both sides to fit."""
        room = self._room(way)
        fits = all(size <= room for size in (self._size(pair[0]), len(self._target(pair[1]))))
        if fits or min(map(len, pair)) < 2:
            return [pair]
        return [part for half in splitting.halves(*pair, 2) for part in self._halves(half, way)]


def _concatenated(parts: list[TokenScores]) -> TokenScores:
    """Scores of consecutive parts of one translation as scores of the whole."""
    if len(parts) == 1:
        return parts[0]
    at, offsets = 0, []
    for part in parts:
        offsets += [(left + at, right + at) for left, right in part.offsets]
        at += part.offsets[-1][1]
    return TokenScores(
        tuple(t for p in parts for t in p.tokens), tuple(offsets),
        tuple(x for p in parts for x in p.logprobs), tuple(x for p in parts for x in p.favourites),
    )  # fmt: skip


def nmtscore_direct(
    translator: NeuralTranslator, src: Sequence[str], tgt: Sequence[str], src_lang: str, tgt_lang: str
) -> list[float]:
    """NMTScore's direct score in nats a token: mean log p(tgt|src) − mean log p(tgt|tgt).

    Vamvas & Sennrich 2022; only for multilingual models, which can be asked for
    `tgt_lang` → `tgt_lang`. Raises `TishinaError` where the model cannot.
    """
    if not translator.loaded.family.forced and translator.loaded.family.name != "small100":
        raise TishinaError(translator.signature, "the model has no direction from a language to itself",
                           "use NLLB, M2M-100 or mBART-50, or `TokenScores.self_normalised`")  # fmt: skip
    given = translator.score(src, tgt, src_lang, tgt_lang)
    own = translator.score(tgt, tgt, tgt_lang, tgt_lang)
    return [round(one.mean - other.mean, 3) for one, other in zip(given, own, strict=True)]
