"""Write an exported folder as transformers loads it: float32, one file.

Why: the bundle keeps eight bits a weight, which transformers does not read; other tools, and
a run that begins at its weights (``train.py --start``), want them plain. Usage: ``unpack.py FOLDER OUT``.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from safetensors.torch import load_file, save_file
from torch import Tensor

from qa.translator.marian import SCALE, unblocked

LEFT = ("*.safetensors", "*.safetensors.index.json", "model.toml", "card.md")


def weights(folder: Path) -> dict[str, Tensor]:
    """Return the weights of a folder by their names, in float32."""
    stored = {name: tensor for path in sorted(folder.glob("*.safetensors")) for name, tensor in load_file(path).items()}
    scales = {name: stored.pop(name).float() for name in list(stored) if name.endswith(SCALE)}
    return {n: unblocked(t, scales[n + SCALE]) if n + SCALE in scales else t.float() for n, t in stored.items()}


def unpack(folder: Path, out: Path) -> None:
    """Write the folder; what identifies the packed one (model.toml, card.md) stays behind."""
    shutil.copytree(folder, out, ignore=shutil.ignore_patterns(*LEFT))
    save_file(weights(folder), out / "model.safetensors", metadata={"format": "pt"})


def main() -> None:
    """Run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    unpack(args.folder, args.out)


if __name__ == "__main__":
    main()
