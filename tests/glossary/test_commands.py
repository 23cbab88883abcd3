"""`tishina glossary check|convert|find|anticipate`; what a model anticipates is in test_anticipate.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.cli import main
from qa.glossary import Glossary

DATA = Path(__file__).parent / "all.csv"
Output = pytest.CaptureFixture[str]


def test_check(tmp_path: Path, capsys: Output) -> None:
    assert main(["glossary", "check", str(DATA)]) == 0
    assert "2 concepts, 0 problems" in capsys.readouterr().out
    (tmp_path / "bad.csv").write_text("id,kind,en,en:deprecated\na,calque,b,c\n", encoding="utf-8")
    assert main(["glossary", "check", str(DATA), str(tmp_path / "bad.csv")]) == 1
    assert "bad.csv: a: dangerous: 'c' is deprecated" in capsys.readouterr().out
    assert main(["glossary", "check", str(tmp_path / "none.csv"), str(tmp_path / "bad.csv")]) == 2


def test_convert_says_what_is_lost(tmp_path: Path, capsys: Output) -> None:
    out = tmp_path / "g.deepl.tsv"
    assert main(["glossary", "convert", str(DATA), str(out), "--from", "ru", "--to", "en"]) == 0
    assert "warning" in (said := capsys.readouterr().err)
    assert "4 deprecated and forbidden terms left out" in said
    assert out.read_text(encoding="utf-8").splitlines()[0] == "Матросская тишина\tMatrosskaya Tishina"


def test_convert_by_name_and_back(tmp_path: Path, capsys: Output) -> None:
    assert main(["glossary", "convert", str(DATA), str(tmp_path / "g.out"), "--format", "tbx-dct"]) == 0
    assert capsys.readouterr().err == ""
    assert "min:administrativeStatus" in (tmp_path / "g.out").read_text(encoding="utf-8")
    assert main(["glossary", "convert", str(tmp_path / "g.out"), str(tmp_path / "again.csv")]) == 0
    assert Glossary.read(str(tmp_path / "again.csv")).concepts == Glossary.read(str(DATA)).concepts


@pytest.mark.parametrize(
    "arguments",
    [
        [str(DATA), "g.docx"],
        [str(DATA), "g.csv", "--format", "docx"],
        [str(DATA), "g.xlf"],  # which of four languages?
        [str(DATA), "no/such/folder/g.csv"],
    ],
)
def test_convert_wrongly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["glossary", "convert", *arguments]) == 2
    assert not list(tmp_path.iterdir())


def test_languages_come_from_options(tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text("кот,cat\n", encoding="utf-8")
    assert main(["glossary", "convert", str(tmp_path / "g.csv"), str(tmp_path / "g.tbx")]) == 2
    pair = ["--from", "ru", "--to", "EN_gb"]
    assert main(["glossary", "convert", str(tmp_path / "g.csv"), str(tmp_path / "g.tbx"), *pair]) == 0
    assert Glossary.read(str(tmp_path / "g.tbx")).concepts[0].languages() == ["ru", "en-GB"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("в Матросской тишине", "preferred in ru (Матросская тишина), matrosskaya-tishina"),
        ("newbies", "deprecated in en (Newbie), novichok"),
        ("Sailor silence", "forbidden in en (Sailor silence), matrosskaya-tishina"),
    ],
)
def test_find(words: str, shown: str, capsys: Output) -> None:
    only = ["--glossary", str(DATA), "--no-builtin-glossary"]
    status = main(["glossary", "find", words, *only])
    out = capsys.readouterr().out
    if words == "newbies":  # the entry asks for its own spelling
        assert (status, out) == (1, "nothing found\n")
        assert main(["glossary", "find", "Newbie", *only]) == 0
        out = capsys.readouterr().out
    assert shown in out
    assert "en preferred:" in out and f"from {DATA}" in out


def test_find_in_a_file(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "a.txt").write_text("He was held in “Sailor silence” for months, said the lawyers.", encoding="utf-8")
    assert main(["glossary", "find", str(tmp_path / "a.txt")]) == 0
    assert "16-30 Sailor silence: forbidden in en" in capsys.readouterr().out
    assert main(["glossary", "find", "xyzzy", "--lang", "en"]) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "give --from ru --to en or the like"),
        (["--from", "ru"], "give --from ru --to en or the like"),
        (["--from", "ru", "--to", "qq"], "no translation model"),
        (["--from", "ru", "--to", "en", "--model", "nowhere"], "nowhere"),
    ],
)
def test_anticipate_wrongly(arguments: list[str], said: str, tmp_path: Path, capsys: Output) -> None:
    assert main(["glossary", "anticipate", str(DATA), *arguments, "--output", str(tmp_path / "new.csv")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "new.csv").exists()


def test_anticipate_says_before_the_work_that_it_cannot_write(capsys: Output) -> None:
    assert main(["glossary", "anticipate", str(DATA), "--from", "ru", "--to", "en", "--output", "new.docx"]) == 2
    said = capsys.readouterr()
    assert "unknown ending" in said.err
    assert said.out == ""
