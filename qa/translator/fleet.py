"""Several devices at once: one process each, one queue, order kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cached_property
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from qa.translator.types import Hypothesis, Progress, TokenScores

CHUNK = 256
"""Most texts that go to a device at a time."""

T = TypeVar("T")

_here: Any = None
"""In a worker process: its translator."""


def devices(name: str) -> list[str]:
    """Devices meant by a name; "cuda:all" are all GPUs, and a comma separates several."""
    if name != "cuda:all":
        return [one.strip() for one in name.split(",")]
    import torch

    return [f"cuda:{i}" for i in range(torch.cuda.device_count())] or ["cpu"]


def _start(folder: str, options: dict[str, Any]) -> None:
    global _here
    from qa.translator.neural import NeuralTranslator

    _here = NeuralTranslator(folder, **options)


def _call(verb: str, arguments: tuple[Any, ...]) -> Any:
    return getattr(_here, verb)(*arguments)


def _signature() -> str:
    return str(_here.signature)


class Fleet:
    """One `NeuralTranslator` in a process of its own for each device (see `Translator`).

    `options` are those of `NeuralTranslator` except `device`. Use as a context manager, or
    call `close`, to end the processes.
    """

    def __init__(
        self, folder: str | Path, names: Sequence[str], *, progress: Progress | None = None, **options: Any
    ) -> None:
        context = get_context("spawn")
        self.progress = progress
        self.pools = [
            ProcessPoolExecutor(1, context, _start, (str(folder), {**options, "device": name})) for name in names
        ]

    def __enter__(self) -> Fleet:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes."""
        for pool in self.pools:
            pool.shutdown()

    @cached_property
    def signature(self) -> str:
        """As that of one of its translators; they all say the same."""
        return self.pools[0].submit(_signature).result()

    def translate(self, texts: Sequence[str], src_lang: str, tgt_lang: str, n_best: int = 1) -> list[list[Hypothesis]]:
        """See `Translator.translate`."""
        return self._share(list(texts), lambda part: ("translate", (part, src_lang, tgt_lang, n_best)))

    def score(self, src: Sequence[str], tgt: Sequence[str], src_lang: str, tgt_lang: str) -> list[TokenScores]:
        """See `Translator.score`."""
        pairs = list(zip(src, tgt, strict=True))
        return self._share(
            pairs, lambda part: ("score", ([s for s, _ in part], [t for _, t in part], src_lang, tgt_lang))
        )

    def _share(self, items: list[Any], call: Callable[[list[Any]], tuple[str, tuple[Any, ...]]]) -> list[Any]:
        """Distinct items, longest first, in chunks dealt out to the devices."""
        distinct = sorted(dict.fromkeys(items), key=lambda item: -len(str(item)))
        size = max(1, min(CHUNK, -(-len(distinct) // len(self.pools))))
        chunks = [distinct[i : i + size] for i in range(0, len(distinct), size)]
        futures: list[Future[Any]] = [
            self.pools[i % len(self.pools)].submit(_call, *call(chunk)) for i, chunk in enumerate(chunks)
        ]
        answers: dict[Any, Any] = {}
        for chunk, future in zip(chunks, futures, strict=True):
            answers.update(zip(chunk, future.result(), strict=True))
            if self.progress:
                self.progress(len(answers), len(distinct))
        return [answers[item] for item in items]
