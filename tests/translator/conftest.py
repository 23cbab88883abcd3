"""One model trained for the whole session, and tiny untrained ones of the other families."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qa.translator import NeuralTranslator

from . import families, tongue, training


@pytest.fixture(scope="session", autouse=True)
def offline() -> Iterator[None]:
    """No test may reach a network; and one thread, for two wait for each other on busy cores."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The trained model: English → the made-up language."""
    path = tmp_path_factory.mktemp("models") / "made-up"
    training.train(path)
    return path


@pytest.fixture(scope="session")
def translator(folder: Path) -> NeuralTranslator:
    return NeuralTranslator(folder, dtype="float32")


@pytest.fixture(scope="session")
def pairs() -> list[tongue.Pair]:
    """Sentences that the model was not trained on."""
    trained = {pair[0] for pair in tongue.corpus(6000, seed=1)}
    return [pair for pair in tongue.corpus(150, seed=99) if pair[0] not in trained]


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders of tiny untrained models, by family."""
    root = tmp_path_factory.mktemp("families")
    return {name: build(root / name) for name, build in families.BUILDERS.items()}


@pytest.fixture(scope="session")
def opened(tiny: dict[str, Path]) -> dict[str, Any]:
    return {name: NeuralTranslator(path, dtype="float32") for name, path in tiny.items()}
