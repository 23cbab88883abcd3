"""Which models are at hand, for which pairs, and on which terms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import qa.translator
from qa import models
from qa.errors import TishinaError
from qa.translator import CachedTranslator, NeuralTranslator, open_translator, registry


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of the user's models, and no embedded ones."""
    monkeypatch.setenv("TISHINA_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr(registry, "embedded_folder", lambda: tmp_path / "none")
    return tmp_path / "models"


def test_add_list_find_verify(own: Path, folder: Path) -> None:
    added = models.add(str(folder), pairs=["en-ru"], licence="CC-BY-4.0")
    assert models.list_models() == [added]
    assert (added.name, added.origin, added.terms) == ("made-up", "user", "CC-BY-4.0")
    assert models.find_model("en", "ru") == models.find_model("en-GB", "ru-RU") == added
    assert models.find_model("ru", "en") is None
    assert models.verify("made-up") == []
    (added.folder / "vocab.json").write_text("{}")
    (added.folder / "source.spm").unlink()
    assert [line.split(": ")[1].split(" ")[0] for line in models.verify("made-up")] == ["missing", "changed"]


def test_an_added_model_translates(own: Path, folder: Path, tmp_path: Path) -> None:
    models.add(str(folder), name="mine", pairs=["en-ru"])
    opened = open_translator("en", "ru", cache=tmp_path / "c.sqlite", dtype="float32")
    assert isinstance(opened, CachedTranslator)
    assert opened.translate(["Anna sees the prison."], "en", "ru")[0][0].text == "Ana turmu vidit."
    assert opened.signature.startswith("mine@")
    bare = open_translator("en", "ru", model="mine", cache=False)
    assert isinstance(bare, NeuralTranslator)


def test_embedded_comes_first_and_special_before_general(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def card(root: Path, name: str, pairs: list[str], languages: list[str]) -> None:
        (root / name).mkdir(parents=True)
        (root / name / "model.toml").write_text(
            f'name = "{name}"\npairs = {json.dumps(pairs)}\nlanguages = {json.dumps(languages)}\nlicence = "MIT"\n'
            '[files."config.json"]\nsha256 = "00"\n[alignment]\nlayer = -1\nshift = 0\n'
        )

    embedded = own.parent / "embedded"
    monkeypatch.setattr(registry, "embedded_folder", lambda: embedded)
    card(own, "all", [], ["de", "en", "ru"])
    card(own, "special", ["en-ru", "en-de"], [])
    card(embedded, "inside", ["en-ru"], [])
    chosen = {pair: models.find_model(*pair) for pair in (("en", "ru"), ("en", "de"), ("ru", "de"))}
    assert [model and model.name for model in chosen.values()] == ["inside", "special", "all"]
    assert models.find_model("en", "en") is None
    assert models.verify("inside") == [f"{embedded / 'inside' / 'config.json'}: missing"]
    assert models.list_models()[0].alignment == (-1, 0)


@pytest.mark.parametrize(
    ("licence", "name", "free"),
    [("cc-by-nc-4.0", "x", False), ("MIT", "nllb-200", False), ("CC-BY-4.0", "opus", True), ("apache-2.0", "x", True)],
)
def test_non_commercial_is_said(licence: str, name: str, free: bool) -> None:
    model = models.ModelInfo(name, Path(), (), licence, "user")
    assert model.commercial is free
    assert ("non-commercial use only" in model.terms) is not free


def test_pairs_and_licence_are_read_from_the_model(own: Path, tiny: dict[str, Path]) -> None:
    (tiny["m2m100"] / "README.md").write_text("---\nlicense: mit\n---\n# M2M-100\n")
    found = models.add(str(tiny["m2m100"]))
    assert found.licence == "mit"
    assert {"en", "ru", "uk"} <= set(found.languages)
    nllb = models.add(str(tiny["nllb"]))
    assert "zh-Hant" in nllb.languages
    assert not nllb.commercial
    config = tiny["marian"] / "tokenizer_config.json"
    config.write_text(json.dumps({**json.loads(config.read_text()), "source_lang": "eng"}))
    assert models.add(str(tiny["marian"])).pairs == ("en-ru", "en-uk")
    with pytest.raises(TishinaError, match="which languages"):
        models.add(str(tiny["madlad"]))
    assert not (own / "madlad").exists()


def test_mistakes_say_what_to_do(own: Path, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(TishinaError, match="pinned revision"):
        models.add("owner/name")
    with pytest.raises(TishinaError, match="neither a folder nor a hub id"):
        models.add("./nowhere")
    with pytest.raises(TishinaError, match="no model here"):
        models.add(str(tmp_path))
    models.add(str(folder), pairs=["en-ru"])
    with pytest.raises(TishinaError, match="already"):
        models.add(str(folder), pairs=["en-ru"])
    with pytest.raises(TishinaError, match="no translation model for this pair"):
        open_translator("ja", "ru")
    with pytest.raises(TishinaError, match="not in the local hub cache"):
        open_translator("en", "ru", model="owner/unknown")
    with pytest.raises(TishinaError, match="no model of this name"):
        models.verify("nothing")
    (own / "made-up" / "model.toml").write_text("name = [")
    with pytest.raises(TishinaError, match="not a model's card"):
        models.list_models()


def test_importing_is_cheap() -> None:
    import subprocess
    import sys

    code = (
        "import sys, qa.translator, qa.models; print(sorted({'torch', 'transformers', 'sacrebleu'} & set(sys.modules)))"
    )
    root = Path(qa.translator.__file__).parents[2]
    out = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
