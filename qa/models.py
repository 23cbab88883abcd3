"""Translation models at hand: `tishina models list`, `verify` and `add` as functions.

>>> from qa import models
>>> [model.terms for model in models.list_models()]       # doctest: +SKIP
"""

from qa.translator.adding import add
from qa.translator.registry import ModelInfo, find_model, find_named, list_models, resolve, verify

__all__ = [
    "ModelInfo",
    "add",
    "find_model",
    "find_named",
    "list_models",
    "resolve",
    "verify",
]
