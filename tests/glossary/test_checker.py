"""The checker names what is wrong with entries, and leaves sound ones alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.glossary import Glossary

HEAD = "id,kind,ru,en,en:forbidden,en:deprecated,en:near,en:not-near,valid-from,valid-to,qq\n"

WRONG = {
    "one term twice": ("duplicate", "a,media,Б,C|C,,,,,,,\n"),
    "one wrong term twice": ("duplicate", "a,media,Б,C,dead end|Dead End,,,,,,\n"),
    "one concept twice": ("duplicate", "a,media,Б,C,,,,,,,\nb,media,Б,C,,,,,,,\n"),
    "accepted and forbidden": ("conflict", "a,media,Б,C,C,,,,,,\n"),
    "accepted and deprecated": ("conflict", "a,media,Б,C,,C,x,,,,\n"),
    "forbidden here, accepted there": ("conflict", "a,media,Б,C,D,,,,,,\nb,media,В,D,,,,,,,\n"),
    "deprecated here, accepted there": ("conflict", "a,media,Б,C,,D e,,,,,\nb,media,В,D e,,,,,,,\n"),
    "single word without near": ("dangerous", "a,weapon,Б,C,,Newbie,,,,,\n"),
    "calque without near": ("dangerous", "a,calque,Б,C,,dead end,,,,,\n"),
    "idiom without near": ("dangerous", "a,idiom,Б,C,,dead end,,,,,\n"),
    "contained": ("contained", "a,media,Б,The Dead End Daily,dead end,,,,,,\n"),
    "no word": ("dead", "a,media,Б,…,,,,,,,\n"),
    "near without wrong": ("dead", "a,media,Б,C,,,x,,,,\n"),
    "wrong without right": ("dead", "a,media,Б,,dead end,,,,,,\n"),
    "dates": ("dead", "a,media,Б,C,,,,,2024,2020,\n"),
    "language": ("language", "a,media,Б,C,,,,,,,D\n"),
}
SOUND = {
    "spellings": "a,media,Б,El País|El Pais|el País,,,,,,,\n",
    "deprecated with near, accepted elsewhere": "a,media,Б,C,,Mirror,weekly,,,,\nb,media,В,Mirror,,,,,,,\n",
    "contained, but near decides": "a,media,Б,Le Point,,Point,weekly,,,,\n",
    "case tells apart": "a,media,Б,C,,Time{case=exact}|time{case=exact},weekly,,,,\n",
    "forbidden single word": "a,calque,оппозиционер,opposition politician,oppositionist,,,,,,\n",
    "homonyms of two kinds": "a,media,Мир,Mir,,,,,,,\nb,brand,Мир,Mir,,,,,,,\n",
}


def glossary(folder: Path, rows: str) -> Glossary:
    (folder / "g.csv").write_text(HEAD + rows, encoding="utf-8")
    return Glossary.read(str(folder / "g.csv"))


@pytest.mark.parametrize("name", WRONG)
def test_wrong(tmp_path: Path, name: str) -> None:
    kind, rows = WRONG[name]
    (problem,) = glossary(tmp_path, rows).check()
    assert problem.kind == kind
    assert problem.where and problem.what and problem.fix


@pytest.mark.parametrize("name", SOUND)
def test_sound(tmp_path: Path, name: str) -> None:
    assert glossary(tmp_path, SOUND[name]).check() == []
