"""Which translation models there are: the embedded ones, then those that the user added.

A model is a folder with a `model.toml` (name, pairs, licence, sha256 of each file) beside
its files. Embedded: `qa/_models` in an installed wheel, `models/bundle` in a checkout.
The user's: the folder named by TISHINA_MODELS, else `models` in the user data directory.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from qa.errors import TishinaError

CARD = "model.toml"
HERE = Path(__file__).resolve().parents[1]
NON_COMMERCIAL_RE = re.compile(r"(?<![a-z])nc(?![a-z])|non-?commercial", re.I)


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """One model: what it translates, where it lies, on which terms.

    `pairs` are `en-ru` (BCP 47, source first); `languages` are those between which a
    multilingual model translates in all directions. `files` is file → sha256 (hexadecimal).
    """

    name: str
    folder: Path
    pairs: tuple[str, ...]
    licence: str
    origin: str  # "embedded" or "user"
    revision: str = ""
    languages: tuple[str, ...] = ()
    files: dict[str, str] = field(default_factory=dict, hash=False)
    alignment: tuple[int, int] | None = None  # decoder layer, shift (qa.translator.forced.Look)
    kind: str = "translation"  # or "words": a table that says which word translates which
    dtype: str = "auto"  # int8 where the model's maker has seen that it finds the same on a CPU

    @property
    def commercial(self) -> bool:
        """False where the licence forbids commercial use (NLLB, for one)."""
        return not NON_COMMERCIAL_RE.search(self.licence) and "nllb" not in self.name.lower()

    @property
    def terms(self) -> str:
        """The licence, and what a user must be told of it."""
        return self.licence if self.commercial else f"{self.licence} (non-commercial use only)"

    def translates(self, src_lang: str, tgt_lang: str) -> bool:
        """True if the model has this direction; a region or script that it does not name is dropped."""
        src, tgt = (names(src_lang), names(tgt_lang))
        if any(f"{one}-{other}" in self.pairs for one in src for other in tgt):
            return True
        return bool(src & set(self.languages)) and bool(tgt & set(self.languages)) and src != tgt


def names(tag: str) -> set[str]:
    """A BCP 47 tag as a model may list it: whole, and without region or script."""
    tag = tag.replace("_", "-")
    return {tag, tag.split("-")[0].lower()}


def embedded_folder() -> Path:
    """Where the models that come with the package are."""
    installed = HERE / "_models"
    return installed if installed.is_dir() else HERE.parent / "models" / "bundle"


def user_folder() -> Path:
    """Where `add` puts models: TISHINA_MODELS, else the user data directory."""
    if chosen := os.environ.get("TISHINA_MODELS"):
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("tishina", appauthor=False) / "models"


def list_models() -> list[ModelInfo]:
    """All models at hand, embedded first, each kind by name. Raises `TishinaError` for a bad card."""
    return [*_in(embedded_folder(), "embedded"), *_in(user_folder(), "user")]


def _in(folder: Path, origin: str) -> Iterator[ModelInfo]:
    cards = sorted(folder.glob(f"*/{CARD}")) if folder.is_dir() else []
    return (read_card(card.parent, origin) for card in cards)


def read_card(folder: Path, origin: str = "user") -> ModelInfo:
    """The model described by `folder`/model.toml."""
    path = folder / CARD
    try:
        card = tomllib.loads(path.read_text("utf-8"))
        licence = str(card.get("licence", card.get("license", "unknown")))
        return ModelInfo(
            str(card["name"]), folder, tuple(card.get("pairs", ())), licence,
            origin, str(card.get("revision", "")), tuple(card.get("languages", ())), _files(card), _alignment(card),
            str(card.get("kind", "translation")), str(card.get("dtype", "auto")),
        )  # fmt: skip
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        fix = "remove the folder or add the model anew"
        raise TishinaError(str(path), f"not a model's card ({error})", fix) from error


def _files(card: dict[str, Any]) -> dict[str, str]:
    """sha256 of each file: a table `sha256` or `files` (file = hash, or file = {sha256 = hash})."""
    listed = card.get("sha256") or card.get("files") or {}
    return {name: str(value["sha256"] if isinstance(value, dict) else value) for name, value in listed.items()}


def _alignment(card: dict[str, Any]) -> tuple[int, int] | None:
    chosen = card.get("alignment")
    return (int(chosen["layer"]), int(chosen.get("shift", 0))) if chosen else None


def find_model(src_lang: str, tgt_lang: str, kind: str = "translation") -> ModelInfo | None:
    """The model of a kind for a language pair: an embedded one if there is one, else a user's, else None.

    Among the user's, one made for the pair comes before a multilingual one.
    """
    fitting = [model for model in list_models() if model.kind == kind and model.translates(src_lang, tgt_lang)]
    return min(fitting, key=lambda m: (m.origin != "embedded", bool(m.languages)), default=None)


def find_named(name: str) -> ModelInfo | None:
    """The model of this name, if it is at hand."""
    return next((model for model in list_models() if model.name == name), None)


def verify(name: str) -> list[str]:
    """What is wrong with a model's files, one line each; nothing if they are whole.

    Raises `TishinaError` if there is no model of this name.
    """
    model = find_named(name)
    if model is None:
        raise TishinaError(name, "no model of this name", "see `tishina models list`")
    if not model.files:
        return [f"{model.folder / CARD}: lists no files"]
    return [said for file, wanted in sorted(model.files.items()) if (said := _check(model.folder / file, wanted))]


def _check(path: Path, wanted: str) -> str | None:
    if not path.is_file():
        return f"{path}: missing"
    return None if digest(path) == wanted else f"{path}: changed (sha256 differs from {CARD})"


def digest(path: Path) -> str:
    """sha256 of a file, hexadecimal."""
    with path.open("rb") as file:
        whole = sha256()
        while block := file.read(1 << 22):
            whole.update(block)
    return whole.hexdigest()


def resolve(name_or_folder: str) -> Path:
    """The folder of a model given by name, by folder, or by hub id (from the local cache only)."""
    if model := find_named(name_or_folder):
        return model.folder
    if Path(name_or_folder).is_dir():
        return Path(name_or_folder)
    cached = _cached(name_or_folder) if name_or_folder.count("/") == 1 else None
    if cached is None:
        raise TishinaError(name_or_folder, "no model of this name, no such folder, and not in the local hub cache",
                           "see `tishina models list`, or get it with `tishina models add`")  # fmt: skip
    return cached


def _cached(hub_id: str) -> Path | None:
    """A model's folder in the local hub cache; the network is never asked."""
    try:
        from huggingface_hub import snapshot_download

        return Path(snapshot_download(hub_id, local_files_only=True))
    except (ImportError, OSError, ValueError):
        return None
