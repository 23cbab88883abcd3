"""A model's folder → weights and tokenizer, without the network, and what identifies them.

A plain Marian model is read by marian.py. Any other goes through transformers' loaders, which
this module alone opens; every call is `local_files_only`.
"""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from qa.errors import TishinaError
from qa.translator.families import Family, family_of
from qa.translator.marian import open_marian
from qa.translator.types import Decoding

TOKENIZER_FILES = ("*.spm", "*.model", "vocab*.json", "tokenizer*.json", "special_tokens_map.json")
WEIGHTS = ("*.safetensors", "*.bin")
LONGEST = 512
"""Tokens; the limit of a model whose configuration names none."""


@dataclass(frozen=True)
class Loaded:
    """A model ready to be built on: `identity` and `tokens` are hashes of its files' bytes."""

    model: Any
    tokenizer: Any
    family: Family
    longest: int
    identity: str
    tokens: str


def load(folder: Path, device: str, dtype: str) -> Loaded:
    """Load a model from a folder. Raises `TishinaError` if it is missing, broken or not a translator."""
    identity, tokens = identify(folder)
    try:
        model, tokenizer = open_marian(folder, device, dtype) or through_transformers(folder, device, dtype)
    except Exception as error:  # whatever the broken part raises
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise TishinaError(str(folder), f"the model cannot be loaded ({reason})",
                           "run `tishina models verify`, or copy the model anew") from error  # fmt: skip
    family = family_of(model.config, tokenizer, str(folder))
    return Loaded(model, tokenizer, family, _longest(model.config), identity, tokens)


def identify(folder: Path) -> tuple[str, str]:
    """Hashes of a model's weights and configuration, and of its tokenizer, without loading it.

    Raises `TishinaError` if there is no model in the folder.
    """
    if not (folder / "config.json").is_file():
        raise TishinaError(str(folder), "there is no model here (no config.json)",
                           "give the folder of a model, or see `tishina models list`")  # fmt: skip
    return fingerprint(folder, ("config.json", *WEIGHTS)), fingerprint(folder, TOKENIZER_FILES)


def decoding_of(folder: Path) -> Decoding:
    """How to search with a model: as usual, but with what its generation_config.json says of lengths and repeats."""
    try:
        said = json.loads((folder / "generation_config.json").read_text("utf-8"))
        penalty, size = said.get("length_penalty"), said.get("no_repeat_ngram_size")
    except (OSError, ValueError, AttributeError):  # none, or broken: `load` says so
        return Decoding()
    usual = Decoding()
    return Decoding(
        length_penalty=float(penalty) if isinstance(penalty, int | float) else usual.length_penalty,
        no_repeat_ngram_size=size if isinstance(size, int) and size > 0 else 0,
    )


def through_transformers(folder: Path, device: str, dtype: str) -> tuple[Any, Any]:
    """Model and tokenizer by transformers' loaders: silent, offline, without remote code."""
    import torch
    from transformers import AutoConfig, AutoModelForSeq2SeqLM, AutoTokenizer
    from transformers.utils import logging

    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        config = AutoConfig.from_pretrained(folder, local_files_only=True)
        model = AutoModelForSeq2SeqLM.from_pretrained(
            folder, config=config, local_files_only=True, dtype=getattr(torch, dtype), attn_implementation="eager"
        )
        with warnings.catch_warnings():  # Marian's would like sacremoses, and never calls it
            warnings.simplefilter("ignore")
            tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]
    return model.eval().requires_grad_(False).to(device), tokenizer


def _longest(config: Any) -> int:
    """Most tokens of a source or a translation."""
    limit = getattr(config, "max_position_embeddings", None) or getattr(config, "n_positions", None)
    return min(int(limit or LONGEST), LONGEST)


def fingerprint(folder: Path, patterns: tuple[str, ...]) -> str:
    """12 hexadecimal digits of the names and bytes of the files that match, in order of name."""
    found = sorted({path for pattern in patterns for path in folder.glob(pattern)})
    whole = blake2b(digest_size=6)
    for path in found:
        status = path.stat()
        whole.update(path.name.encode() + _digest(path, status.st_size, status.st_mtime_ns))
    return whole.hexdigest()


@cache
def _digest(path: Path, size: int, changed: int) -> bytes:
    """Hash of one file's bytes, kept while it does not change."""
    whole = blake2b(size.to_bytes(8, "big"))
    with path.open("rb") as file:
        while block := file.read(1 << 22):
            whole.update(block)
    return whole.digest()
