"""Write the trained weights as a folder that transformers loads, with its papers.

Why eight bits in small shards: the folder lives in a repository, and with a scale for every 32
weights the model says the same (the README has the figures); `unpack.py` makes it plain again. Only the pieces
that can be written may be generated; the others get a bias that forbids them,
because training never took a softmax over them. Usage:
``export.py CONFIG DATA OUT FOLDER``; reads ``OUT/ema.pt`` and ``OUT/tokenizer``,
and puts what evaluate.py printed (``OUT/scores.json``) into ``card.md``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

import network
import torch
from card import card
from huggingface_hub import save_torch_state_dict
from tokenizer import EOS, PAD
from torch import Tensor
from transformers import GenerationConfig

from qa.translator.marian import BIAS, BLOCK, SCALE, STEMS, open_marian

SHARD = "15MB"
FORBID = -1e4  # fits fp16


def packed(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return every matrix as whole numbers of eight bits and a scale (fp16) for every `BLOCK`, the rest as fp16."""
    found: dict[str, Tensor] = {}
    for name, weight in weights.items():
        if weight.ndim < 2 or name == BIAS:
            found[name] = weight.to(torch.float16)
            continue
        blocks = weight.view(len(weight), -1, BLOCK)
        scale = (blocks.abs().amax(2) / 127).clamp(min=1e-7).to(torch.float16)
        found[name + SCALE] = scale
        found[name] = (blocks / scale.float()[..., None]).round().clamp(-127, 127).flatten(1).to(torch.int8)
    return found


def weights(config: dict[str, Any], out: Path, folder: Path) -> int:
    """Write the model and its generation settings; return the number of parameters."""
    words = json.loads((out / "tokenizer" / "vocab.json").read_text("utf-8"))
    written = json.loads((out / "vocabulary.json").read_text("utf-8"))["written"]
    model = network.create(config["model"], len(words), words[EOS], words[PAD])
    missing = model.load_state_dict(torch.load(out / "ema.pt", map_location="cpu"), strict=False)
    if missing.unexpected_keys:
        raise SystemExit(f"{out / 'ema.pt'} is not of this configuration: {missing.unexpected_keys[:3]}")
    model.tie_weights()
    model.final_logits_bias[0, written:] = FORBID
    model.final_logits_bias[0, words[PAD]] = FORBID
    model.config.dropout = 0.0
    model.generation_config = GenerationConfig(  # type: ignore[no-untyped-call]
        eos_token_id=words[EOS],
        pad_token_id=words[PAD],
        decoder_start_token_id=words[PAD],
        **{"num_beams": 4, **config.get("search", {})},
        max_length=256,
    )
    model.config.save_pretrained(folder)
    model.generation_config.save_pretrained(folder)
    # The sinusoids of the positions are computed; the output layer and both tables are the shared one.
    own = {
        name: weight for name, weight in model.state_dict().items() if "embed_" not in name and "lm_head" not in name
    }
    pattern = STEMS[1] + "{suffix}.safetensors"
    save_torch_state_dict(
        packed(own), folder, filename_pattern=pattern, max_shard_size=SHARD, metadata={"format": "pt"}
    )
    for path in folder.iterdir():
        path.chmod(0o644)
    return sum(weight.numel() for weight in model.parameters() if weight.requires_grad)


def check(folder: Path) -> None:
    """Load what was written, and see that the forbidding bias came back."""
    found = open_marian(folder, "cpu", "float32")
    if found is None or float(found[0].final_logits_bias.min()) > FORBID / 2:
        raise SystemExit(f"{folder}: not what qa loads, or the bias that forbids source pieces was lost")


def manifest(config: dict[str, Any], folder: Path, parameters: int) -> str:
    """Return model.toml: what it is, and the hash of every other file."""
    files = sorted(path for path in folder.iterdir() if path.name != "model.toml")
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    # The revision names the weights and pieces: a card may be reworded.
    solid = [hashes[name] for name in sorted(hashes) if not name.endswith(".md")]
    revision = hashlib.sha256("".join(solid).encode()).hexdigest()[:12]
    tags = "\n".join(f'{pair} = "{tag}"' for pair, tag in config["tags"].items())
    lines = [
        f'name = "{config["name"]}"',
        f'revision = "{revision}"',
        f"pairs = {json.dumps(config['pairs'])}",
        f"parameters = {parameters}",
        *(f'{name} = "{config["card"][name]}"' for name in ("licence", "status") if "card" in config),
        "",
        "# What to put before the source text, a pair.",
        "[tags]",
        tags,
        "",
        "# Where its attention is an alignment: decoder layer, steps after the token.",
        "[alignment]",
        *(f"{name} = {value}" for name, value in config["alignment"].items()),
        "",
        "[sha256]",
    ]
    return "\n".join([*lines, *(f'"{name}" = "{value}"' for name, value in hashes.items()), ""])


def export(config: dict[str, Any], data: Path | None, out: Path, folder: Path) -> None:
    """Write the folder anew; without `data` it gets no card, and is for this machine only."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    parameters = weights(config, out, folder)
    for path in (out / "tokenizer").iterdir():
        shutil.copyfile(path, folder / path.name)
    check(folder)
    if data:
        (folder / "card.md").write_text(card(config, data / "SOURCES.md", out, parameters, folder), "utf-8")
    (folder / "model.toml").write_text(manifest(config, folder, parameters), "utf-8")


def main() -> None:
    """Run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("config", "data", "out", "folder"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--bare", action="store_true", help="no card: DATA is not read")
    args = parser.parse_args()
    data = None if args.bare else args.data
    export(tomllib.loads(args.config.read_text("utf-8")), data, args.out, args.folder)


if __name__ == "__main__":
    main()
