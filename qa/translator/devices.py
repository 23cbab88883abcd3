"""Which device, which number format, how much at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.errors import TishinaError
from qa.translator.batching import one_thread_each
from qa.translator.engine import Network, network

CPU_BUDGET, GPU_BUDGET = 1024, 16384
"""Padded source tokens a batch."""
MOST_WORKERS = 16
DTYPES = ("float32", "int8", "bfloat16", "float16")


@dataclass
class Device:
    """Where a model runs: `workers` batches at once, `budget` padded source tokens each."""

    name: str
    dtype: str
    workers: int
    budget: int

    @contextmanager
    def ready(self) -> Iterator[None]:
        """Set up for decoding: one thread a batch on a CPU, exact float32 products on a GPU."""
        if self.name == "cpu":
            with one_thread_each():
                yield
            return
        import torch

        before = torch.backends.cuda.matmul.allow_tf32
        torch.backends.cuda.matmul.allow_tf32 = False
        try:
            yield
        finally:
            torch.backends.cuda.matmul.allow_tf32 = before

    def searcher(self, model: Any, folder: Path) -> Network:
        """A second network, in this device's number format, to search with."""
        if self.dtype == "int8":
            return network(model, "int8")
        from qa.translator.loading import load

        return network(load(folder, self.name, self.dtype).model, self.dtype)

    def tidy(self) -> None:
        """Give freed memory back after an out-of-memory."""
        import torch

        if self.name.startswith("cuda"):
            torch.cuda.empty_cache()


def cores() -> int:
    """CPU cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pick(device: str, dtype: str, workers: int | None, budget: int | None) -> Device:
    """A device with its number format and its load; raises `TishinaError` if it is not possible."""
    name = kind_of(device)
    if dtype == "auto":
        dtype = _dtype(name)
    if dtype not in DTYPES or (dtype == "int8") > (name == "cpu"):
        raise TishinaError(f"dtype {dtype}", f"not possible on {name}", f"use auto or one of {', '.join(DTYPES)}")
    on_cpu = name == "cpu"
    if name.startswith("cuda"):
        import torch

        torch.cuda.get_device_properties(name)
    at_once = (workers or min(cores(), MOST_WORKERS)) if on_cpu else 1
    return Device(name, dtype, at_once, budget or (CPU_BUDGET if on_cpu else GPU_BUDGET))


def kind_of(device: str) -> str:
    """The device meant by `auto` or a name; raises `TishinaError` if it is not there.

    torch is not imported for `cpu`: what a cache knows is then said without it.
    """
    if device == "cpu":
        return device
    import torch

    if device == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    kind, _, number = device.partition(":")
    there = {"cpu": True, "mps": torch.backends.mps.is_available(),
             "cuda": torch.cuda.is_available() and int(number or 0) < torch.cuda.device_count()}  # fmt: skip
    if not there.get(kind, False):
        raise TishinaError(f"--device {device}", "there is no such device here", "use --device auto or cpu")
    return device


def _dtype(name: str) -> str:
    """The search's number format: float32, but on a GPU bfloat16 where it has it, else float16.

    int8 on a CPU is for models whose card says that it finds the same (`dtype = "int8"`): it
    is 1.5 times as fast for a base-size model, and changes what an unsure model says.
    """
    if not name.startswith("cuda"):
        return "float32"
    import torch

    return "bfloat16" if torch.cuda.is_bf16_supported() else "float16"
