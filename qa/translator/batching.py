"""One queue for all sentences: sorted by length, filled by padded tokens, halved on out-of-memory.

The filling rule is CTranslate2's `rebatch_input` (src/batch_reader.cc): longest first, a
row joins while (rows + 1) × longest ≤ budget. Batches that run at the same time take from
the same queue, so an out-of-memory in one makes the next ones of all smaller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from qa.errors import TishinaError
from qa.translator.types import Progress

LEAST = 256
"""Padded tokens: batches are not made smaller than this only to spread them over workers."""

Work = Callable[[list[int]], None]
"""Does the jobs with these indices, and keeps their results."""


@dataclass
class Queue:
    """Jobs left to do, longest last; `budget` is padded tokens a batch."""

    sizes: Sequence[int]
    budget: int
    left: list[int] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.left = sorted(range(len(self.sizes)), key=lambda i: (self.sizes[i], -i))

    def take(self) -> list[int]:
        """The next batch, longest first; empty when nothing is left."""
        with self.lock:
            batch: list[int] = []
            while self.left:
                longest = self.sizes[batch[0]] if batch else 0
                if batch and (len(batch) + 1) * longest > self.budget:
                    break
                batch.append(self.left.pop())
            return batch

    def give_back(self, batch: list[int]) -> None:
        """Return a batch that did not fit, and halve the budget; raises when it was one job."""
        with self.lock:
            if len(batch) == 1:
                raise TishinaError("translator", "out of memory with a single sentence in the batch",
                                   "use --device cpu or a smaller model")  # fmt: skip
            held = sum(self.sizes[i] for i in batch)
            self.budget = max(1, min(self.budget, held) // 2)
            self.left = sorted([*self.left, *batch], key=lambda i: (self.sizes[i], -i))


def spread(sizes: Sequence[int], budget: int, workers: int) -> int:
    """A budget that leaves work for every worker, yet makes no needlessly small batches."""
    if workers == 1:
        return budget
    return min(budget, max(LEAST, -(-sum(sizes) // workers)))


def run(sizes: Sequence[int], budget: int, work: Work, workers: int = 1, progress: Progress | None = None) -> int:
    """Do all jobs, in batches; returns the budget at the end, smaller than given after out-of-memory.

    `sizes` are padded tokens a job. An exception in one batch stops the others before
    their next one, and is raised.
    """
    queue = Queue(sizes, spread(sizes, budget, workers))
    before, done = queue.budget, 0

    def drain() -> None:
        nonlocal done
        while batch := queue.take():
            finished = _attempt(queue, work, batch)
            with queue.lock:
                done += finished
                if progress and finished:
                    progress(done, len(sizes))

    _everywhere(drain, min(workers, len(sizes)))
    return budget if queue.budget == before else queue.budget


def _attempt(queue: Queue, work: Work, batch: list[int]) -> int:
    """Do one batch, or put it back where memory ran out; how many jobs got done."""
    try:
        work(batch)
        return len(batch)
    except (RuntimeError, MemoryError) as error:
        if not out_of_memory(error):
            queue.left.clear()
            raise
    except BaseException:
        queue.left.clear()
        raise
    queue.give_back(batch)
    return 0


def _everywhere(drain: Callable[[], None], workers: int) -> None:
    """Run `drain` on so many threads; on this one if that is enough."""
    if workers <= 1:
        drain()
        return
    with ThreadPoolExecutor(workers, "translate") as pool:
        done, _ = wait([pool.submit(drain) for _ in range(workers)], return_when=FIRST_EXCEPTION)
    for future in done:
        future.result()


def out_of_memory(error: BaseException) -> bool:
    """True for the ways in which torch and Python say that memory ran out."""
    said = str(error).lower()
    return isinstance(error, MemoryError) or "out of memory" in said or "can't allocate memory" in said


@contextmanager
def one_thread_each() -> Iterator[None]:
    """Inside, a tensor operation uses one thread; before and after, as many as it did."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
