"""Machine translation as evidence: any sequence-to-sequence model behind two verbs.

    >>> translator = open_translator("en", "ru")           # doctest: +SKIP
    >>> translator.translate(["Sailor silence"], "en", "ru", n_best=3)[0][0].text
    'Матросская тишина'

torch and transformers are imported when a model is first used, never by this import.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa.translator.bitext import Bead, align_texts
    from qa.translator.cache import CachedTranslator, Store
    from qa.translator.fleet import Fleet
    from qa.translator.forced import Look
    from qa.translator.neural import NeuralTranslator, nmtscore_direct
    from qa.translator.opening import open_translator
    from qa.translator.selftest import batch_drift, device_drift
    from qa.translator.streaming import translate_stream
    from qa.translator.types import Decoding, Hypothesis, Link, TokenScores, Translator

_WHERE = {
    **dict.fromkeys(["Bead", "align_texts"], "bitext"),
    **dict.fromkeys(["CachedTranslator", "Store"], "cache"),
    **dict.fromkeys(["NeuralTranslator", "nmtscore_direct"], "neural"),
    **dict.fromkeys(["batch_drift", "device_drift"], "selftest"),
    **dict.fromkeys(["Decoding", "Hypothesis", "Link", "TokenScores", "Translator"], "types"),
    "Fleet": "fleet",
    "Look": "forced",
    "open_translator": "opening",
    "translate_stream": "streaming",
}


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(f"qa.translator.{_WHERE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "Bead",
    "CachedTranslator",
    "Decoding",
    "Fleet",
    "Hypothesis",
    "Link",
    "Look",
    "NeuralTranslator",
    "Store",
    "TokenScores",
    "Translator",
    "align_texts",
    "batch_drift",
    "device_drift",
    "nmtscore_direct",
    "open_translator",
    "translate_stream",
]
