"""Average the weights of several states of one training: flatter, and better on texts not seen.

Why: runs from one start stay close, and their mean is at least as good as the best of them
(after Wortsman et al. 2022, "model soups"). Usage: ``average.py OUT STATE [STATE …]``; a
STATE is an ``ema.pt`` or a ``state.pt`` of train.py; writes ``OUT/ema.pt``, for export.py.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor


def weights(path: Path) -> dict[str, Tensor]:
    """Return the averaged weights that a run left in a file."""
    state: dict[str, Tensor] = torch.load(path, map_location="cpu")
    return state.get("average", state)  # type: ignore[return-value]


def average(paths: list[Path]) -> dict[str, Tensor]:
    """Return the mean of the weights of some files, each of the same shape."""
    states = [weights(path) for path in paths]
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


def main() -> None:
    """Run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("states", type=Path, nargs="+")
    args = parser.parse_args()
    torch.save(average(args.states), args.out / "ema.pt")


if __name__ == "__main__":
    main()
