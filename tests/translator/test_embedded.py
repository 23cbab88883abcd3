"""The model that comes with the package: found, whole, and of use."""

from __future__ import annotations

from pathlib import Path

import pytest

import qa
from qa import models
from qa.cli import main

ARTICLES = Path(__file__).parent.parent / "articles"
NAME = "en-ru-uk-small"


def test_is_found_and_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert [m.name for m in models.list_models() if m.origin == "embedded" and m.kind == "translation"] == [NAME]
    assert models.verify(NAME) == []
    assert main(["models", "list"]) == 0
    assert NAME in capsys.readouterr().out


def test_demo_has_a_name_that_only_back_translation_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TISHINA_CACHE", str(tmp_path))
    (article,) = qa.read([str(ARTICLES / "demo.txt")])
    house = {"select": ("literal-name",), "glossaries": (str(ARTICLES / "house.csv"),), "device": "cpu"}
    without = {f.text for f in qa.Checker(qa.Config(neural="off", **house)).check(article).findings}  # type: ignore[arg-type]
    found = {f.text: f for f in qa.Checker(qa.Config(neural="on", **house)).check(article).findings}  # type: ignore[arg-type]
    assert "Northern Wind" in without, "its words say it: северный, ветер"
    assert set(found) - without == {"Polar Bear"}, "in Russian it is a white one"
    assert found["Polar Bear"].suggestions == ("Bely Medved",)
    assert NAME in found["Polar Bear"].evidence["model"]


def test_no_model_for_a_pair_is_a_note_or_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TISHINA_MODELS", str(tmp_path))
    article = qa.Article("x", "He works for the newspaper “Green Lamp”.", source_lang="tr", target_lang="en")
    report = qa.Checker(qa.Config()).check(article)
    assert report.notes == ("no model translates en to tr; names were not back-translated",)
    with pytest.raises(qa.TishinaError, match="no translation model"):
        qa.Checker(qa.Config(neural="on")).check(article)
