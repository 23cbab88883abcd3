"""A feed without an end: iterator in, iterator out, memory bounded by the window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from qa.translator.types import Hypothesis, Translator

WINDOW = 2048
"""Texts in memory at once; enough for batches of like length."""

K = TypeVar("K")


def translate_stream(
    translator: Translator, items: Iterable[tuple[K, str]], src_lang: str, tgt_lang: str, *,
    n_best: int = 1, window: int = WINDOW,
) -> Iterator[tuple[K, list[Hypothesis]]]:  # fmt: skip
    """(key, text) pairs → (key, hypotheses), in order, reading `window` items ahead at most.

    Keys are handed through untouched: an article and a sentence number, for instance.
    The answers are those of `translate` on the whole feed at once.
    """
    rest = iter(items)
    while part := list(islice(rest, window)):
        answers = translator.translate([text for _, text in part], src_lang, tgt_lang, n_best)
        yield from zip([key for key, _ in part], answers, strict=True)
