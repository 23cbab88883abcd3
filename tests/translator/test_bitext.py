"""Aligning texts that are not aligned."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from qa.translator import Hypothesis, NeuralTranslator, TokenScores, align_texts
from qa.translator.bitext import align_by, chrf

from . import tongue


class Dictionary:
    """Back-translates by looking the sentence up."""

    signature = "dictionary"

    def __init__(self, said: dict[str, str]) -> None:
        self.said = said

    def translate(self, texts: Sequence[str], src_lang: str, tgt_lang: str, n_best: int = 1) -> list[list[Hypothesis]]:
        return [[Hypothesis(self.said[text], (), ())] for text in texts]

    def score(self, src: Sequence[str], tgt: Sequence[str], src_lang: str, tgt_lang: str) -> list[TokenScores]:
        raise NotImplementedError


SOURCE = ["Its prison stood by the river.", "The judge read a letter.", "Nobody knew the doctor.",
          "A swan swam under the bridge, and then the general came.", "Snow fell."]  # fmt: skip


@pytest.mark.parametrize(
    ("target", "beads"),
    [
        (SOURCE, [((i,), (i,)) for i in range(5)]),
        ([SOURCE[0], SOURCE[2], SOURCE[3], SOURCE[4]],
         [((0,), (0,)), ((1,), ()), ((2,), (1,)), ((3,), (2,)), ((4,), (3,))]),
        ([*SOURCE[:2], "Qwertz uiop asdf ghjk.", *SOURCE[2:]],
         [((0,), (0,)), ((1,), (1,)), ((), (2,)), ((2,), (3,)), ((3,), (4,)), ((4,), (5,))]),
        ([*SOURCE[:3], "A swan swam under the bridge.", "And then the general came.", SOURCE[4]],
         [((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3,), (3, 4)), ((4,), (5,))]),
        ([SOURCE[0], "The judge read a letter, nobody knew the doctor.", *SOURCE[3:]],
         [((0,), (0,)), ((1, 2), (1,)), ((3,), (2,)), ((4,), (3,))]),
        ([], [((i,), ()) for i in range(5)]),
    ],
)  # fmt: skip
def test_links(target: list[str], beads: list[tuple[tuple[int, ...], tuple[int, ...]]]) -> None:
    found = align_by(SOURCE, target, chrf)
    assert [(bead.src, bead.tgt) for bead in found] == beads
    assert all(bead.similarity > 0 for bead in found if bead.src and bead.tgt)


def test_aligning_by_back_translation() -> None:
    said = {f"перевод {i}": text for i, text in enumerate(SOURCE)}
    found = align_texts(SOURCE[1:], list(said), "en", "ru", Dictionary(said))
    assert [(b.src, b.tgt) for b in found] == [((), (0,)), *(((i,), (i + 1,)) for i in range(4))]


def test_aligning_with_the_trained_model(translator: NeuralTranslator, pairs: list[tongue.Pair]) -> None:
    """English sentences against made-up ones, two of which are missing."""
    english, foreign = [p[0] for p in pairs[:20]], [p[1] for p in pairs[:20]]
    kept = [text for i, text in enumerate(english) if i not in (5, 11)]
    found = align_texts(foreign, kept, "ru", "en", translator)
    linked = {bead.src[0]: kept[bead.tgt[0]] for bead in found if len(bead.src) == len(bead.tgt) == 1}
    assert sum(linked.get(i) == text for i, text in enumerate(english)) >= 16


def test_long_texts_stay_near_the_diagonal() -> None:
    calls = [0]

    def same(one: str, other: str) -> float:
        calls[0] += 1
        return float(one == other)

    texts = [f"sentence {i}" for i in range(300)]
    assert all(bead.src == bead.tgt for bead in align_by(texts, texts, same))
    assert calls[0] < 300 * 300
