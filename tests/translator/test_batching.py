"""The queue: longest first, full by padded tokens, halved when memory runs out."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import TishinaError
from qa.translator.batching import Queue, out_of_memory, run, spread


def batches(sizes: list[int], budget: int) -> list[list[int]]:
    queue, found = Queue(sizes, budget), []
    while batch := queue.take():
        found.append(batch)
    return found


@given(st.lists(st.integers(1, 64), max_size=60), st.integers(1, 200))
def test_every_job_once_longest_first_within_budget(sizes: list[int], budget: int) -> None:
    found = batches(sizes, budget)
    assert sorted(i for batch in found for i in batch) == list(range(len(sizes)))
    flat = [sizes[i] for batch in found for i in batch]
    assert flat == sorted(flat, reverse=True)
    assert all(len(batch) == 1 or len(batch) * sizes[batch[0]] <= budget for batch in found)


def test_batches_are_as_full_as_the_rule_allows() -> None:
    assert batches([10, 10, 10, 5, 5, 5, 5], 20) == [[0, 1], [2, 3], [4, 5, 6]]


def limited(most: int, seen: list[list[int]]) -> Callable[[list[int]], None]:
    """Work that runs out of memory with more than `most` jobs."""
    lock = Lock()

    def work(batch: list[int]) -> None:
        if len(batch) > most:
            raise MemoryError
        with lock:
            seen.append(batch)

    return work


@pytest.mark.parametrize("workers", [1, 3])
def test_budget_halves_and_everything_is_done(workers: int) -> None:
    seen: list[list[int]] = []
    left = run([8] * 100, 10_000, limited(7, seen), workers)
    assert sorted(i for batch in seen for i in batch) == list(range(100))
    assert left < 10_000


def test_a_single_job_that_does_not_fit_is_an_error() -> None:
    with pytest.raises(TishinaError, match="out of memory"):
        run([8, 8], 100, limited(0, []))


def test_other_errors_are_raised_and_stop_the_rest() -> None:
    done: list[int] = []

    def work(batch: list[int]) -> None:
        done.extend(batch)
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        run([10] * 50, 10, work)
    assert len(done) == 1


def test_workers_share_small_work() -> None:
    assert spread([16] * 40, 4096, 2) == 320
    assert spread([16] * 40, 4096, 1) == 4096
    assert spread([16] * 4, 4096, 8) == 256
    assert out_of_memory(RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried"))
    assert not out_of_memory(RuntimeError("shape mismatch"))
