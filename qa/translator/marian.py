"""A Marian model opened without transformers, whose import takes longer than a sentence does.

Only where a folder holds just what such a model consists of; `open_marian` returns None for
any other, and loading.py opens that one with transformers. Both ways give the same tensors,
pieces and numbers (tests/translator/test_marian.py).
"""

from __future__ import annotations

import json
import math
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from qa.translator.pieces import Pieces, open_pieces

if TYPE_CHECKING:
    from torch import Tensor

SIDES = ("encoder", "decoder")
NUMBERS = (
    "vocab_size", "d_model", "max_position_embeddings", "eos_token_id", "pad_token_id", "decoder_start_token_id",
    *(f"{side}_{part}" for side in SIDES for part in ("layers", "attention_heads", "ffn_dim")),
)  # fmt: skip
"""Settings that have to be there, whole numbers."""
STEMS = ("model", "int8")
"""Names of the files of weights; the second is ours, which transformers does not find (and so does not misread)."""
SCALE, BLOCK = "_scale", 32
"""A matrix of whole numbers (out, in) has scales (out, in / BLOCK) beside it, under its name with this ending."""
KNOWN: dict[str, tuple[Any, ...]] = {
    "model_type": ("marian",), "scale_embedding": (True, False),
    "activation_function": ("relu", "swish", "silu", "gelu"),
    "share_encoder_decoder_embeddings": (True, None), "tie_word_embeddings": (True, None),
    "tokenizer_class": ("MarianTokenizer", None), "quantization_config": (None,), "auto_map": (None,),
}  # fmt: skip
"""Settings of the models that this module knows; None stands for a setting that is not there."""
SHARED, BIAS = "model.shared.weight", "final_logits_bias"
FLOATS = ("F16", "BF16", "F32")
INTEGER = "I8"


class Part(SimpleNamespace):
    """A node of the tree of weights, under transformers' names; a normalisation can be called."""

    def __call__(self, x: Tensor) -> Tensor:
        from torch.nn.functional import layer_norm

        return layer_norm(x, x.shape[-1:], self.weight, self.bias)


class Marian:
    """What `LeanNetwork` reads of a model; the embeddings of both sides and the output layer are one tensor."""

    def __init__(self, config: Any, generation_config: Any, weights: dict[str, Tensor]) -> None:
        from torch.nn import functional

        self.config, self.generation_config = config, generation_config
        self.final_logits_bias, self.lm_head = weights[BIAS], Part(weight=weights[SHARED])
        activation = getattr(functional, {"swish": "silu"}.get(config.activation_function, config.activation_function))
        self._sides = _tree(weights).model
        for side in (self.get_encoder(), self.get_decoder()):
            side.embed_tokens, side.embed_scale = self.lm_head, _scale(config)
            for layer in side.layers:
                layer.activation_fn = activation

    def get_encoder(self) -> Any:
        """The layers that read."""
        return self._sides.encoder

    def get_decoder(self) -> Any:
        """The layers that write."""
        return self._sides.decoder


def _scale(config: Any) -> float:
    return math.sqrt(config.d_model) if config.scale_embedding else 1.0


def _tree(weights: dict[str, Tensor]) -> Any:
    """{"layers.0.fc1.weight": …} as attributes of attributes; numbered parts are a list."""
    parts: dict[str, Any] = {}
    for name, weight in weights.items():
        first, dot, rest = name.partition(".")
        if dot:
            parts.setdefault(first, {})[rest] = weight
        else:
            parts[first] = weight
    grown = {name: _tree(part) if isinstance(part, dict) else part for name, part in parts.items()}
    if all(map(str.isdecimal, grown)):
        return [grown[name] for name in sorted(grown, key=int)]
    return Part(**grown)


def open_marian(folder: Path, device: str, dtype: str) -> tuple[Marian, Pieces] | None:
    """Model and tokenizer, or None if the folder is not just what is expected.

    Raises whatever a broken file makes its reader raise.
    """
    config = json.loads((folder / "config.json").read_text("utf-8"))
    generation = folder / "generation_config.json"
    if not _known(config) or not generation.is_file() or (folder / "adapter_config.json").exists():
        return None
    tokenizer = open_pieces(folder, config["vocab_size"])
    weights = _weights(folder, config, device, dtype) if tokenizer else None
    if tokenizer is None or weights is None:
        return None
    said = json.loads(generation.read_text("utf-8"))
    chosen = {name: said.get(name) for name in ("bad_words_ids", "suppress_tokens", "forced_eos_token_id")}
    return Marian(SimpleNamespace(**config), SimpleNamespace(**chosen), weights), tokenizer


def _known(config: Any) -> bool:
    """True for the settings of a model that this module can open."""
    if not isinstance(config, dict) or not all(type(config.get(name)) is int for name in NUMBERS):
        return False
    whole = all(config[f"{side}_layers"] > 0 == config["d_model"] % config[f"{side}_attention_heads"] for side in SIDES)
    one = config.get("decoder_vocab_size") in (None, config["vocab_size"])
    return whole and one and all(config.get(name) in values for name, values in KNOWN.items())


def _weights(folder: Path, config: dict[str, Any], device: str, dtype: str) -> dict[str, Tensor] | None:
    """All weights by name, each read and converted once; None if others are there than expected."""
    import torch
    from safetensors import safe_open

    wanted, optional = _shapes(config), _optional(config)
    kind: torch.dtype = getattr(torch, dtype)
    with ExitStack() as stack:
        files = [stack.enter_context(safe_open(path, "pt")) for path in _files(folder)]
        found = {name: file for file in files for name in file.keys()}  # noqa: SIM118 (not a dict)
        slices = {name: file.get_slice(name) for name, file in found.items()}
        shapes = {name: tuple(one.get_shape()) for name, one in slices.items()}
        whole = {name for name, one in slices.items() if one.get_dtype() == INTEGER}
        scales = {name + SCALE: (shapes[name][0], shapes[name][-1] // BLOCK) for name in whole}
        usual = all((file.metadata() or {}).get("format") == "pt" for file in files)
        floats = all(one.get_dtype() in FLOATS for name, one in slices.items() if name not in whole)
        most = wanted | scales | optional
        if not (usual and floats and (wanted | scales).items() <= shapes.items() <= most.items()):
            return None
        read = {name: file.get_tensor(name) for name, file in found.items()}
    for name in whole:
        read[name] = unblocked(read[name], read.pop(name + SCALE))
    weights: dict[str, Tensor] = {name: tensor.to(device=device, dtype=kind) for name, tensor in read.items()}
    places = positions(config["max_position_embeddings"], config["d_model"])
    fresh = {name: places if shape[0] > 1 else torch.zeros(shape) for name, shape in optional.items()}
    return {name: tensor.to(device=device, dtype=kind) for name, tensor in fresh.items()} | weights


def unblocked(whole: Tensor, scales: Tensor) -> Tensor:
    """Float32 weights (out, in) from whole numbers (out, in) and a scale a block (out, blocks)."""
    return (whole.view(*scales.shape, -1) * scales.float()[..., None]).flatten(1)


def _files(folder: Path) -> list[Path]:
    """The files that hold the weights, as transformers chooses them; none if they are in another format."""
    for stem in STEMS:
        whole, index = folder / f"{stem}.safetensors", folder / f"{stem}.safetensors.index.json"
        if whole.is_file():
            return [whole]
        if index.is_file():
            listed = json.loads(index.read_text("utf-8"))["weight_map"]
            return [folder / name for name in sorted(set(listed.values()))]
    return []


def _shapes(config: dict[str, Any]) -> dict[str, tuple[int, ...]]:
    """Name → shape of every weight that has to be there."""
    width = config["d_model"]
    shapes: dict[str, tuple[int, ...]] = {SHARED: (config["vocab_size"], width)}
    for side, blocks in zip(SIDES, (["self_attn"], ["self_attn", "encoder_attn"]), strict=True):
        inner = config[f"{side}_ffn_dim"]
        products = {"fc1": (inner, width), "fc2": (width, inner)}
        products |= {f"{block}.{part}_proj": (width, width) for block in blocks for part in ("q", "k", "v", "out")}
        norms = ["final_layer_norm", *(f"{block}_layer_norm" for block in blocks)]
        for at in (f"model.{side}.layers.{number}" for number in range(config[f"{side}_layers"])):
            shapes |= {f"{at}.{name}.weight": shape for name, shape in products.items()}
            shapes |= {f"{at}.{name}.bias": shape[:1] for name, shape in products.items()}
            shapes |= {f"{at}.{name}.{part}": (width,) for name in norms for part in ("weight", "bias")}
    return shapes


def _optional(config: dict[str, Any]) -> dict[str, tuple[int, ...]]:
    """Name → shape of the weights that need not be there: no bias, and the positions as they are computed."""
    room = (config["max_position_embeddings"], config["d_model"])
    return {BIAS: (1, config["vocab_size"])} | {f"model.{side}.embed_positions.weight": room for side in SIDES}


def positions(count: int, width: int) -> Tensor:
    """Marian's sinusoids (count, width): sines in the first half of a row, cosines in the second."""
    import numpy
    import torch

    pace = numpy.array([numpy.power(10000, 2 * (at // 2) / width) for at in range(width)])
    angles = numpy.arange(count)[:, None] / pace
    return torch.from_numpy(numpy.hstack([numpy.sin(angles[:, 0::2]), numpy.cos(angles[:, 1::2])])).float()
