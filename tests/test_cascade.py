"""The cascade is counted: how many sentences there were, how many a model was asked about, and what its cache had.

A stand-in translates, so that nothing here waits for a model.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

import qa
from qa import backtranslation
from qa.cli import main
from qa.reports import FORMATS
from qa.reports.summary import Summary
from qa.schema import Cascade
from qa.translator import CachedTranslator, Hypothesis, Store, TokenScores

SCHEMA = json.loads((Path(qa.__file__).parent / "data" / "report.schema.json").read_text(encoding="utf-8"))
NAMED = "He is held in the prison “Sailor Silence”."
# Has a word of the name in NAMED, but not both: the table of words leaves that to the model.
HOUSE = "ru,en\nДолгая тишина,Dolgaya Tishina\n"
TEXT = f"The talks ended on Monday. {NAMED} Both sides were content."


class Echo:
    """A translator that says what it was told, and remembers it."""

    signature = "echo@1"

    def __init__(self) -> None:
        self.texts: list[str] = []

    def translate(self, texts: Sequence[str], src_lang: str, tgt_lang: str, n_best: int = 1) -> list[list[Hypothesis]]:
        self.texts += texts
        return [[Hypothesis(text, (text,), (-0.5,))] for text in texts]

    def score(self, src: Sequence[str], tgt: Sequence[str], src_lang: str, tgt_lang: str) -> list[TokenScores]:
        return [TokenScores((text,), ((0, len(text)),), (-0.5,), (-0.5,)) for text in tgt]


@pytest.fixture
def echo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Echo:
    """Every pair is translated by one stand-in, through one cache."""
    inner, store = Echo(), Store(tmp_path / "cache.sqlite")
    monkeypatch.setattr(
        backtranslation, "open_translator", lambda *_, on_miss, **__: CachedTranslator(inner, store, on_miss)
    )
    return inner


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("house") / "house.csv"
    path.write_text(HOUSE, encoding="utf-8")
    return str(path)


@pytest.fixture
def config(echo: Echo, house: str) -> qa.Config:
    return qa.Config(neural="on", model="echo", glossaries=(house,), builtin_glossary=False)


def article(id: str = "x", text: str = TEXT, **fields: object) -> qa.Article:
    return qa.Article(id, text, source_lang="ru", target_lang="en", **fields)  # type: ignore[arg-type]


def counts(report: qa.Report) -> tuple[int, int, int]:
    assert report.error is None, report.error
    assert report.cascade is not None
    return report.cascade.sentences, report.cascade.asked, report.cascade.translated


def written(form: str, checker: qa.Checker, articles: Sequence[qa.Article]) -> str:
    return "".join(FORMATS[form](checker.check_many(articles), "signature"))


def test_only_the_sentence_of_a_candidate_is_sent_and_only_once_to_the_model(config: qa.Config) -> None:
    assert counts(qa.Checker(config).check(article())) == (3, 1, 1)
    assert counts(qa.Checker(config).check(article())) == (3, 1, 0)
    assert counts(qa.Checker(config).check(article(text="The talks ended on Monday."))) == (1, 0, 0)


def test_a_sentence_of_several_articles_is_translated_for_one_of_them(config: qa.Config) -> None:
    reports = list(qa.Checker(config).check_many([article(str(n)) for n in range(3)]))
    assert [counts(r) for r in reports] == [(3, 1, 1), (3, 1, 0), (3, 1, 0)]
    assert len({r.cascade for r in reports}) == 1, "what the cache had makes no difference between reports"


def test_a_title_of_its_own_counts(config: qa.Config) -> None:
    assert counts(qa.Checker(config).check(article(text="The talks ended.", title=NAMED))) == (2, 1, 1)


def test_with_a_source_every_sentence_is_sent(config: qa.Config) -> None:
    assert counts(qa.Checker(config).check(article(source=TEXT))) == (3, 3, 3)


def test_an_aligned_segment_counts_for_all_its_sentences(config: qa.Config) -> None:
    text = "One came. Two went.\n\nThree stayed. Four slept."
    pairs = (("source", qa.Span(0, text.index("\n"))),)
    assert counts(qa.Checker(config).check(article(text=text, title="", pairs=pairs))) == (4, 2, 2)


def test_a_rule_that_does_not_run_sends_nothing(echo: Echo, config: qa.Config) -> None:
    reports = list(qa.Checker(replace(config, ignore=("literal-name",))).check_many([article("1"), article("2")]))
    assert [counts(r) for r in reports] == [(3, 0, 0)] * 2
    assert echo.texts == []


def test_text_says_the_share_and_what_the_cache_had(config: qa.Config) -> None:
    line = "back-translation: 2 of 6 sentences (33.3%) sent to the model, {} of them answered from the cache"
    articles = [article("1"), article("2")]
    assert line.format(1) in written("text", qa.Checker(config), articles).splitlines()
    assert line.format(2) in written("text", qa.Checker(config), articles).splitlines()


def test_json_has_the_share_and_is_the_same_with_a_cache_and_without(config: qa.Config) -> None:
    articles = [article("1"), article("2", "The talks ended.")]
    first, second = (written("json", qa.Checker(config), articles) for _ in range(2))
    assert first == second
    data = json.loads(first)
    jsonschema.validate(data, SCHEMA)
    assert [a["back_translation"] for a in data["articles"]] == [
        {"sentences": 3, "asked": 1},
        {"sentences": 1, "asked": 0},
    ]
    assert data["summary"]["back_translation"] == {"sentences": 4, "asked": 1}


def test_a_run_that_writes_json_says_it_when_asked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, config: qa.Config
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    call = ["score", str(tmp_path / "a.txt"), "--source-lang=ru", "--model=echo", "--no-builtin-glossary",
            f"--glossary={config.glossaries[0]}", "--format=json"]  # fmt: skip
    assert main(call) == 0
    assert "back-translation" not in capsys.readouterr().err
    assert main([*call, "-v"]) == 0
    assert "back-translation: 1 of 3 sentences (33.3%)" in capsys.readouterr().err


def test_nothing_is_said_where_there_is_no_model(config: qa.Config) -> None:
    off = qa.Checker(qa.Config(neural="off", builtin_glossary=False))
    assert off.check(article()).cascade is None
    assert "back-translation" not in written("text", off, [article()])
    assert "back_translation" not in written("json", off, [article()])


def test_sums() -> None:
    summary = Summary()
    reports = [qa.Report("1", cascade=Cascade(300, 5, 2)), qa.Report("2"), qa.Report("3", cascade=Cascade(112, 2, 0))]
    assert list(summary.watch(reports)) == reports
    assert summary.cascade == Cascade(412, 7)
    assert summary.share.endswith("7 of 412 sentences (1.7%) sent to the model, 5 of them answered from the cache")
