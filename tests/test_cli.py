"""The command: exit status, formats, errors in three parts, nothing lost."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import qa
from qa.cli import main

ARTICLES = Path(__file__).parent / "articles"
DEMO = str(ARTICLES / "demo.txt")
CLEAN = str(ARTICLES / "clean" / "en.txt")
SCHEMA = json.loads((Path(qa.__file__).parent / "data" / "report.schema.json").read_text(encoding="utf-8"))


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    try:
        status = main(list(argv))
    except SystemExit as stop:
        status = int(stop.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


def report(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, Any]:
    _, out, _ = run(capsys, "score", "--neural", "off", "--format", "json", *argv)
    data: dict[str, Any] = json.loads(out)
    jsonschema.validate(data, SCHEMA)
    return data


def test_text(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "score", "--neural", "off", DEMO)
    assert status == 0
    assert "FAIL" in out and "Matrosskaya Tishina" in out and "tishina:" in out
    assert "\x1b" not in out


def test_json_follows_the_schema_and_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    data = report(capsys, DEMO)
    text = Path(DEMO).read_text(encoding="utf-8")
    (article,) = data["articles"]
    assert article["verdict"] == "fail"
    for finding in article["findings"]:
        assert finding["text"] == text[finding["start"] : finding["end"]]
        lines = text[: finding["start"]].split("\n")
        assert (finding["line"], finding["column"]) == (len(lines), len(lines[-1]) + 1)
    assert data["summary"]["findings"]["minor"] == sum(f["severity"] == "minor" for f in article["findings"])


def test_two_runs_are_byte_identical(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = (run(capsys, "score", "--neural", "off", "--format", "json", DEMO, CLEAN)[1] for _ in range(2))
    assert first == second


def test_jsonl(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "score", "--neural", "off", "--format", "jsonl", DEMO, CLEAN)
    assert [json.loads(line)["verdict"] for line in out.splitlines()] == ["fail", "pass"]


def test_several_processes_give_the_same_in_the_same_order(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = [json.dumps({"id": str(n), "target": f"Item {n} ended.. So be it."}) for n in range(50)]
    (tmp_path / "feed.jsonl").write_text("\n".join(rows), encoding="utf-8")
    feed = str(tmp_path / "feed.jsonl")
    assert report(capsys, feed) == report(capsys, feed, "--jobs", "2")


def test_gate(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "gate", "--neural", "off", CLEAN)[0] == 0
    assert run(capsys, "gate", "--neural", "off", CLEAN, DEMO)[0] == 1
    assert run(capsys, "gate", "--neural", "off", "--min-score", "0", DEMO)[0] == 0
    assert run(capsys, "gate", "--neural", "off", "--min-score", "0", "--max-major", "0", DEMO)[0] == 1


def test_one_bad_article_does_not_stop_the_others(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(bytes(range(256)) * 50)
    status, out, _ = run(capsys, "score", "--neural", "off", "--format", "json", str(bad), CLEAN)
    broken, fine = json.loads(out)["articles"]
    assert status == 2
    assert "error" in broken and fine["verdict"] == "pass"
    assert run(capsys, "gate", "--neural", "off", str(bad), CLEAN)[0] == 2
    assert run(capsys, "gate", "--neural", "off", str(bad), DEMO)[0] == 1


@pytest.mark.parametrize(
    "argv",
    [
        ["score", "no-such-file.txt"],
        ["score", CLEAN, "--select", "no-such-rule"],
        ["score", CLEAN, "--glossary", "no-such.csv"],
        ["score", CLEAN, "--config", "no-such.toml"],
        ["score", CLEAN, DEMO, "--source", CLEAN],
        ["score", CLEAN, "-o", "no/such/folder/x.json"],
        ["gate", CLEAN, "--max-major", "-1"],
        ["rules", "no-such-rule"],
    ],
    ids=lambda argv: " ".join(argv[-2:])[-40:],
)
def test_errors_have_three_parts(capsys: pytest.CaptureFixture[str], argv: list[str]) -> None:
    status, _, err = run(capsys, *argv)
    assert status == 2
    assert re.fullmatch(r"tishina: [^\n]+: [^\n]+; [^\n]+\n", err), err


@pytest.mark.parametrize(
    "argv", [["score"], ["nonsense"], ["score", CLEAN, "--format", "x"], ["score", CLEAN, "--jobs", "0"]]
)
def test_wrong_calls(capsys: pytest.CaptureFixture[str], argv: list[str]) -> None:
    assert run(capsys, *argv)[0] == 2


def test_output_file_appears_only_when_whole(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("old", encoding="utf-8")
    assert run(capsys, "score", CLEAN, "--glossary", "missing.csv", "-o", str(target))[0] == 2
    assert target.read_text(encoding="utf-8") == "old"
    assert run(capsys, "score", "--neural", "off", "--format", "json", "-o", str(target), CLEAN)[0] == 0
    assert json.loads(target.read_text(encoding="utf-8"))["summary"]["passed"] == 1
    assert [p.name for p in tmp_path.iterdir()] == ["report.json"]


def test_configuration_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tishina.toml").write_text(
        'ignore = ["literal-name"]\nthreshold = 10\n[severities]\n"foreign-quotes" = "critical"\n', encoding="utf-8"
    )
    data = report(capsys, DEMO)
    rules = {f["rule"]: f["severity"] for f in data["articles"][0]["findings"]}
    assert "literal-name" not in rules
    assert rules["foreign-quotes"] == "critical"
    assert "pt10" in data["signature"]
    (tmp_path / "tishina.toml").write_text("treshold = 10\n", encoding="utf-8")
    status, _, err = run(capsys, "score", DEMO)
    assert status == 2 and "treshold" in err and "threshold" in err


def test_regions_of_languages_are_kept_and_do_no_harm(capsys: pytest.CaptureFixture[str]) -> None:
    (article,) = report(capsys, DEMO, "--source-lang", "ru-RU", "--target-lang", "en-GB")["articles"]
    assert (article["source_lang"], article["target_lang"]) == ("ru-RU", "en-GB")
    assert any(f["rule"] == "literal-name" for f in article["findings"])


def test_rules(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "rules")
    assert status == 0 and len(out.splitlines()) == len(qa.rules())
    status, out, _ = run(capsys, "rules", "foreign-quotes")
    assert status == 0 and "Flagged:" in out
