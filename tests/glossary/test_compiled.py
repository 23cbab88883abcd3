"""The compiled cache: the same matches as without, whatever happens to its files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given

from qa.glossary import Concept, Matcher, Term, builtin, compiled, load_matcher
from qa.glossary.matcher import tokens
from qa.glossary.model import Concepts
from tests.glossary.strategies import GLOSSARIES

TEXT = "He was held in Sailor silence, wrote the New Newspaper; two oppositionists and the FBK disagreed. Newbie!"
OWN = [str(Path(__file__).parent / "all.csv")]


def found(matcher: Matcher) -> list[tuple[int, int, str, str]]:
    return [(m.start, m.end, m.term.text, m.concept.id) for m in matcher.search(TEXT, tokens(TEXT), "en")]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TISHINA_CACHE", str(tmp_path))
    monkeypatch.setattr(sys.modules["qa.glossary.builtin"], "_code_version", lambda: b"1")  # whoever edits meanwhile
    return tmp_path / "glossary"


def test_same_matches(cache: Path) -> None:
    plain = found(Matcher(builtin().concepts))
    assert plain
    assert found(load_matcher([])) == plain  # built
    assert found(load_matcher([])) == plain  # loaded
    assert len(list(cache.glob("*.bin"))) == 2
    assert load_matcher([]).digest == Matcher(builtin().concepts).digest


@given(GLOSSARIES)
def test_rows_hold_everything(concepts: tuple[Concept, ...]) -> None:
    rows = [concept.row for concept in concepts]
    kept = Concepts(compiled.Shelf(compiled.pack(rows)))
    assert tuple(kept) == tuple(kept[:]) == tuple(kept[n] for n in range(len(kept))) == concepts
    assert Matcher(kept).digest == Matcher(concepts).digest


@pytest.mark.parametrize(
    ("lang", "term"), [("ar", "قال ﷺ كلمة"), ("en", "⑴ Sea|Side{x}"), ("en", "a ͺ b"), ("en", "½")]
)
def test_signs_that_fold_to_several(lang: str, term: str) -> None:
    matcher = Matcher([Concept("c", "idiom", (Term(term, lang),))])
    assert [m.term.text for m in matcher.search(f"x {term} y", tokens(f"x {term} y"), lang)] == [term]


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b"", lambda b: b[:40] + b"x" + b[41:], lambda b: b + b"x",
                                    lambda b: os.urandom(len(b))])  # fmt: skip
def test_damaged_files_are_built_anew(cache: Path, damage: object) -> None:
    assert callable(damage)
    before = found(load_matcher(OWN, with_builtin=False))
    assert before
    whole = {path: path.read_bytes() for path in cache.glob("*.bin")}
    for path, data in whole.items():
        path.write_bytes(damage(data))
    assert found(load_matcher(OWN, with_builtin=False)) == before
    assert {path: path.read_bytes() for path in cache.glob("*.bin")} == whole


def test_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("TISHINA_CACHE", str(tmp_path / "file"))
    assert found(load_matcher([])) == found(Matcher(builtin().concepts))


def test_changed_glossary_is_read_anew(cache: Path, tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    for word in ("blue", "gray"):
        path.write_text(f"id,en,en:forbidden\na,right,{word}\n", encoding="utf-8")
        matcher = load_matcher([str(path)], with_builtin=False)
        assert [m.term.text for m in matcher.search("a blue, gray sea", tokens("a blue, gray sea"), "en")] == [word]


def test_own_concept_wins(cache: Path, tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    path.write_text("id,kind,ru,en\nnovichok,weapon,Новичок,Novitschok\n", encoding="utf-8")
    (concept,) = [c for c in load_matcher([str(path)]).concepts if c.id == "novichok"]
    assert [t.text for t in concept.accepted("en")] == ["Novitschok"]


def test_runs_in_parallel(cache: Path) -> None:
    code = "import sys; from qa.glossary import load_matcher; m = load_matcher(sys.argv[1:], False); print(m.digest)"
    runs = [subprocess.Popen([sys.executable, "-c", code, *OWN], stdout=subprocess.PIPE) for _ in range(4)]
    outputs = {run.communicate()[0] for run in runs}
    assert [run.returncode for run in runs] == [0] * 4
    assert outputs == {f"{load_matcher(OWN, with_builtin=False).digest}\n".encode()}
    assert not list(cache.glob(".*.part"))


def test_old_files_leave(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "MOST_FILES", 3)
    for number in range(6):
        compiled.recall(str(number), lambda: ("value",))
    assert len(list(cache.glob("*.bin"))) == 3
