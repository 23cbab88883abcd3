"""From a language pair to a translator: which model, on which devices, with which memory."""

from __future__ import annotations

from pathlib import Path

from qa.errors import TishinaError
from qa.translator.cache import CachedTranslator, OnMiss, Store, default_path
from qa.translator.registry import CARD, ModelInfo, find_model, find_named, read_card, resolve
from qa.translator.types import Decoding, Progress, Translator


def open_translator(
    src_lang: str, tgt_lang: str, *, model: str | None = None, device: str = "auto", dtype: str = "auto",
    decoding: Decoding | None = None, cache: str | Path | bool = True, progress: Progress | None = None,
    on_miss: OnMiss | None = None,
) -> Translator:  # fmt: skip
    """A translator for a pair: `model` by name, folder or cached hub id, else the best at hand.

    `device` may be "cuda:all" for one process a GPU. `cache` is a file, True for the
    default one, False for none; `on_miss` is told what it does not have. Nothing is loaded
    before the first sentence, and nothing is ever fetched.

    Raises:
        TishinaError: no model for the pair is at hand.
    """
    from qa.translator.devices import kind_of
    from qa.translator.fleet import Fleet, devices
    from qa.translator.forced import Look
    from qa.translator.neural import NeuralTranslator

    info = _choose(src_lang, tgt_lang, model)
    look = Look(*info.alignment) if info.alignment else None
    names = devices(device)
    if dtype == "auto" and info.dtype != "auto" and kind_of(names[0]) == "cpu":
        dtype = info.dtype
    inner: Translator
    if len(names) > 1:
        inner = Fleet(info.folder, names, name=info.name, dtype=dtype, decoding=decoding, look=look, progress=progress)
    else:
        inner = NeuralTranslator(info.folder, name=info.name, device=names[0], dtype=dtype, decoding=decoding,
                                 look=look, progress=progress)  # fmt: skip
    if cache is False:
        return inner
    return CachedTranslator(inner, Store(default_path() if cache is True else cache), on_miss)


def _choose(src_lang: str, tgt_lang: str, model: str | None) -> ModelInfo:
    """The model to use; one that has no card is known by its folder alone."""
    info = find_named(model) if model else find_model(src_lang, tgt_lang)
    if info is not None:
        return info
    if model is None:
        raise TishinaError(f"{src_lang}-{tgt_lang}", "no translation model for this pair is at hand",
                           "get one with `tishina models add`, or use --neural off")  # fmt: skip
    folder = resolve(model)
    return read_card(folder) if (folder / CARD).is_file() else ModelInfo(folder.name, folder, (), "unknown", "user")
