"""Several devices, one process each: the same answers, in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.errors import TishinaError
from qa.translator import Fleet, NeuralTranslator
from qa.translator.fleet import devices

from . import tongue


def test_two_processes_say_what_one_says(folder: Path, translator: NeuralTranslator, pairs: list[tongue.Pair]) -> None:
    texts = [pair[0] for pair in pairs[:30]] + [pairs[0][0], ""]
    seen: list[tuple[int, int]] = []
    with Fleet(folder, ["cpu", "cpu"], progress=lambda *done: seen.append(done), dtype="float32", workers=1) as fleet:
        assert fleet.signature == translator.signature
        found = fleet.translate(texts, "en", "ru", 2)
        assert found == translator.translate(texts, "en", "ru", 2)
        said = [one[0].text for one in found[:5]]
        assert fleet.score(texts[:5], said, "en", "ru") == translator.score(texts[:5], said, "en", "ru")
        with pytest.raises(TishinaError, match="no model here"):
            raise_from_another_process(folder)
    assert (31, 31) in seen


def raise_from_another_process(folder: Path) -> None:
    """An error in a worker arrives as the error that it was."""
    with Fleet(folder / "nowhere", ["cpu"]) as fleet:
        fleet.translate(["x"], "en", "ru")


def test_device_names() -> None:
    assert devices("cpu") == ["cpu"]
    assert devices("cuda:0, cuda:1") == ["cuda:0", "cuda:1"]
