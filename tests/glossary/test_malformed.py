"""Malformed input of every kind: the line is named, and what to do; the exit status is 2."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qa.cli import main
from qa.errors import TishinaError
from qa.glossary import Glossary

HEAD = '<?xml version="1.0"?>\n'
LANG = '<langSet xml:lang="en">\n<tig><term>a</term></tig></langSet>'
ENTRY = f'<termEntry id="c1">{LANG}</termEntry>\n'


def martif(body: str, before: str = "") -> str:
    return f"{HEAD}{before}<martif><text><body>\n{body}</body></text></martif>"


def xliff(entry: str, attributes: str = 'version="2.1" srcLang="ru" trgLang="en"') -> str:
    spaces = 'xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0"'
    return f"{HEAD}<xliff {attributes} {spaces}>\n<gls:glossEntry>{entry}</gls:glossEntry></xliff>"


MALFORMED: dict[str, tuple[str, str | bytes, str]] = {
    "empty file": ("g.csv", "", ""),
    "blank file": ("g.csv", " \n\n", ""),
    "unknown column": ("g.csv", "id,ru,en,colour\na,б,c,d\n", ":1"),
    "column twice": ("g.csv", "id,ru,en,en\na,б,c,d\n", ":1"),
    "no language": ("g.csv", "id,kind\na,prison\n", ":1"),
    "cells missing": ("g.csv", "id,ru,en\na,б,c\nb,в\n", ":3"),
    "cells too many": ("g.csv", "id,ru,en\na,б,c,d\n", ":2"),
    "after a row of two lines": ("g.csv", 'id,ru,en\na,б,"c\nd"\nb,в\n', ":4"),
    "open quote": ("g.csv", 'id,ru,en\na,б,"c\n', ":2"),
    "text after a quote": ("g.csv", 'id,ru,en\na,б,"c"d\n', ":2"),
    "id twice": ("g.csv", "id,ru,en\na,б,c\na,в,d\n", ":3"),
    "no term": ("g.csv", "id,ru,en\na,,\n", ":2"),
    "unknown kind": ("g.csv", "id,kind,ru\na,gaol,б\n", ":2"),
    "unknown case": ("g.csv", "id,ru,case\na,б,upper\n", ":2"),
    "unknown match": ("g.csv", "id,ru\na,б{match=fuzzy}\n", ":2"),
    "unknown attribute": ("g.csv", "id,ru\na,б{colour=red}\n", ":2"),
    "no term before brace": ("g.csv", "id,ru\na,{case=exact}\n", ":2"),
    "bad date": ("g.csv", "id,ru,valid-from\na,б,31.3.2024\n", ":2"),
    "not UTF-8": ("g.csv", b"id,ru\na,\xe9\n", ":2:3"),
    "no languages": ("g.csv", "кот,cat\nпёс,dog\n", ":1"),
    "three columns": ("g.tsv", "кот\tcat\tru\ten\nпёс\tdog\tх\n", ":2"),
    "term missing": ("g.tsv", "кот\tcat\tru\ten\nпёс\t\tru\ten\n", ":2"),
    "bad tag": ("g.csv", "кот,cat,r!,en\n", ":1"),
    "not XML": ("g.tbx", "kot", ":1:1"),
    "cut off": ("g.tbx", martif(ENTRY)[:-30], ":4:"),
    "unclosed": ("g.tbx", martif(f"{ENTRY}<x>"), ":5:"),
    "wrong encoding": ("g.tbx", martif(ENTRY).replace("a<", "é<").encode("latin-1"), ":4:"),
    "unknown encoding": ("g.tbx", martif(ENTRY).replace("1.0", '1.0" encoding="klingon'), ":1"),
    "null": ("g.tbx", martif(ENTRY).replace("a<", "\0<"), ":4:"),
    "other root": ("g.xml", f"{HEAD}<html/>", ":2"),
    "entity": ("g.tbx", martif(ENTRY, '<!DOCTYPE martif [<!ENTITY x "y">]>'), ":2"),
    "entity bomb": ("g.tbx", martif(ENTRY, '<!DOCTYPE m [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>'), ":2"),
    "file entity": ("g.tbx", martif(ENTRY, '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/hosts">]>'), ":2"),
    "undeclared entity": ("g.tbx", martif(ENTRY, '<!DOCTYPE m SYSTEM "m.dtd">').replace("a<", "&a;<"), ":4"),
    "no xml:lang": ("g.tbx", martif(ENTRY.replace(' xml:lang="en"', "")), ":3"),
    "bad xml:lang": ("g.tbx", martif(ENTRY.replace('"en"', '"!"')), ":3"),
    "empty term": ("g.tbx", martif(ENTRY.replace(">a<", "> <")), ":4"),
    "entry without term": ("g.tbx", martif('\n<termEntry id="c1"/>'), ":4"),
    "entry twice": ("g.tbx", martif(ENTRY + ENTRY), ":5"),
    "unknown status": (
        "g.tbx",
        martif(ENTRY.replace("</term>", '</term><termNote type="administrativeStatus">nice</termNote>')),
        ":4",
    ),
    "deep": ("g.tbx", HEAD + "<a>" * 500 + "</a>" * 500, ":2:"),
    "XLIFF 1.2": ("g.xlf", xliff("", 'version="1.2"'), ":2"),
    "no target language": ("g.xlf", xliff("", 'version="2.1" srcLang="ru"'), ":2"),
    "entry without gls:term": ("g.xlf", xliff("<gls:translation>a</gls:translation>"), ":3"),
    "empty gls:term": ("g.xlf", xliff("<gls:term/>"), ":3"),
}


@pytest.fixture(params=MALFORMED, ids=str)
def malformed(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    name, data, line = MALFORMED[request.param]
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path, line


def test_error_has_three_parts(malformed: tuple[Path, str]) -> None:
    path, line = malformed
    with pytest.raises(TishinaError) as caught:
        Glossary.read(str(path))
    assert caught.value.where.startswith(f"{path}{line}")
    assert caught.value.what and caught.value.fix
    assert "\n" not in str(caught.value)
    assert line or not re.search(r":\d", caught.value.where.removeprefix(str(path)))


def test_exit_status(malformed: tuple[Path, str], capsys: pytest.CaptureFixture[str]) -> None:
    path, line = malformed
    assert main(["glossary", "check", str(path)]) == 2
    assert f"{path}{line}" in capsys.readouterr().err
    assert main(["glossary", "convert", str(path), str(path.with_name("out.csv"))]) == 2
    assert not path.with_name("out.csv").exists()


def test_score_says_so_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("A text.", encoding="utf-8")
    (tmp_path / "g.csv").write_text("id,ru,en\na,б\n", encoding="utf-8")
    assert main(["score", str(tmp_path / "a.txt"), "--glossary", str(tmp_path / "g.csv")]) == 2
    assert "g.csv:2: 2 columns, expected 3" in capsys.readouterr().err


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(TishinaError):
            Glossary.read(str(path))
