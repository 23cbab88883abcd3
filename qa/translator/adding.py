"""`tishina models add`: a model's folder, or a hub id at a pinned revision, into the user's models.

The one place that may use the network, and only for a hub id that the user named.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from pathlib import Path

from qa.errors import TishinaError
from qa.translator import languages
from qa.translator.registry import CARD, ModelInfo, digest, read_card, user_folder

WANTED = ("config.json", "generation_config.json", "*.safetensors", "*.safetensors.index.json", "*.spm", "*.model",
          "vocab*.json", "tokenizer*.json", "special_tokens_map.json", "added_tokens.json", "merges.txt", "README.md",
          "LICENSE*")  # fmt: skip
PICKLED = "pytorch_model*.bin"
REVISION_RE = re.compile(r"[0-9a-f]{40}")
LICENCE_RE = re.compile(r"^licen[cs]e:\s*[\"']?([^\s\"']+)", re.M)
KINDS = {"m2m_100": "m2m100", "mbart": "mbart50"}


def add(
    source: str, *, revision: str | None = None, name: str | None = None, pairs: list[str] | None = None,
    licence: str | None = None,
) -> ModelInfo:  # fmt: skip
    """Copy a model from a folder, or fetch a hub id at a 40-digit revision; returns what was added.

    `pairs` and `licence` are read from the model's own files where they are not given.
    Raises `TishinaError` if the model is there already, is no model, or says no pairs.
    """
    folder = Path(source)
    chosen = name or (folder.resolve().name if folder.is_dir() else source.rsplit("/", 1)[-1])
    goal = user_folder() / chosen
    if goal.exists():
        raise TishinaError(str(goal), "there is a model of this name already", "give another with --name")
    goal.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=goal.parent) as work:
        fresh = Path(work) / "model"
        if folder.is_dir():
            _copy(folder, fresh)
        else:
            _fetch(source, revision, fresh)
        _describe(fresh, chosen, revision or "", pairs, licence)
        fresh.rename(goal)
    return read_card(goal)


def _copy(source: Path, goal: Path) -> None:
    """The model's own files and nothing else; pickled weights only where there are no others."""
    if not (source / "config.json").is_file():
        raise TishinaError(str(source), "there is no model here (no config.json)", "give the folder of a model")
    goal.mkdir()
    patterns = WANTED if any(source.glob("*.safetensors")) else (*WANTED, PICKLED)
    for path in {found for pattern in patterns for found in source.glob(pattern)}:
        shutil.copyfile(path, goal / path.name)


def _fetch(hub_id: str, revision: str | None, goal: Path) -> None:
    """Download one revision of a hub id, because the user asked for it by name."""
    if hub_id.count("/") != 1 or hub_id.startswith((".", "/")):
        raise TishinaError(hub_id, "neither a folder nor a hub id", "give a folder, or an id like owner/name")
    if not revision or not REVISION_RE.fullmatch(revision):
        raise TishinaError(hub_id, "a hub id needs a pinned revision", "give --revision with all 40 digits")
    from huggingface_hub import HfApi, snapshot_download

    try:
        listed = HfApi().list_repo_files(hub_id, revision=revision)
        safe = any(file.endswith(".safetensors") for file in listed)
        wanted = [*WANTED] if safe else [*WANTED, PICKLED]
        snapshot_download(hub_id, revision=revision, local_dir=goal, allow_patterns=wanted)
    except Exception as error:  # the client has a dozen kinds of error
        fix = "check the id, the revision and the network"
        raise TishinaError(hub_id, f"could not be fetched ({error})", fix) from error
    shutil.rmtree(goal / ".cache", ignore_errors=True)


def _describe(folder: Path, name: str, revision: str, pairs: list[str] | None, licence: str | None) -> None:
    """Write the card: pairs, licence, and a hash of every file."""
    spoken = [] if pairs else languages_of(folder)
    found = pairs or ([] if spoken else pairs_of(folder))
    if not found and not spoken:
        raise TishinaError(name, "its files do not say which languages it translates", "give --pairs, such as en-ru")
    files = {path.name: digest(path) for path in sorted(folder.iterdir()) if path.is_file()}
    lines = [f"name = {json.dumps(name)}", f"pairs = {json.dumps(found)}", f"languages = {json.dumps(spoken)}",
             f"licence = {json.dumps(licence or licence_of(folder), ensure_ascii=False)}",
             f"revision = {json.dumps(revision)}", "", "[sha256]",
             *(f"{json.dumps(file)} = {json.dumps(value)}" for file, value in files.items())]  # fmt: skip
    (folder / CARD).write_text("\n".join(lines) + "\n", "utf-8")


def licence_of(folder: Path) -> str:
    """The licence that the model's README names in its head, or "unknown"."""
    readme = folder / "README.md"
    match = LICENCE_RE.search(readme.read_text("utf-8", "replace")) if readme.is_file() else None
    return match.group(1) if match else "unknown"


def _json(path: Path) -> dict[str, object]:
    if not path.is_file():
        return {}
    loaded = json.loads(path.read_text("utf-8"))
    return loaded if isinstance(loaded, dict) else {}


def languages_of(folder: Path) -> list[str]:
    """Languages of a model that translates between all of its languages (NLLB, M2M-100, mBART-50)."""
    kind = KINDS.get(str(_json(folder / "config.json").get("model_type", "")))
    if kind == "m2m100" and "nllb" in str(_json(folder / "tokenizer_config.json").get("tokenizer_class", "")).lower():
        kind = "nllb"
    return sorted(codes.tag for codes in languages.table().values() if kind and getattr(codes, kind))


def pairs_of(folder: Path) -> list[str]:
    """Pairs of an OPUS-MT model: its two languages, or its source and every >>tag<< it knows."""
    config = _json(folder / "tokenizer_config.json")
    source = languages.find(str(config.get("source_lang") or "?"))
    tags = [name[2:-2] for name in _json(folder / "vocab.json") if name.startswith(">>") and name.endswith("<<")]
    targets = [languages.find(tag) for tag in tags or [str(config.get("target_lang") or "?")]]
    return sorted({f"{source.tag}-{target.tag}" for target in targets if source and target})
