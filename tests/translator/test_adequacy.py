"""Adequacy by back-translation, with a model that really translates."""

from __future__ import annotations

from pathlib import Path

import pytest

import qa
from qa import adequacy

from . import tongue


@pytest.fixture
def sentences(pairs: list[tongue.Pair]) -> tuple[list[str], list[str]]:
    """Ten sentences and their source, the sixth of them another sentence's translation."""
    chosen = [pair for pair in pairs if pair[0].endswith(".")][:11]
    english, foreign = [pair[0] for pair in chosen], [pair[1] for pair in chosen]
    return [*english[:5], english[10], *english[6:10]], foreign[:10]


@pytest.fixture
def checker(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> qa.Checker:
    monkeypatch.setenv("TISHINA_CACHE", str(tmp_path))
    return qa.Checker(qa.Config(select=("low-adequacy",), neural="on", model=str(folder), device="cpu"))


def test_aligned_segments_and_the_one_that_does_not_fit(
    checker: qa.Checker, sentences: tuple[list[str], list[str]]
) -> None:
    target, source = sentences
    text = "\n\n".join(target)
    pairs = tuple((s, qa.Span(text.index(t), text.index(t) + len(t))) for s, t in zip(source, target, strict=True))
    report = checker.check(qa.Article("x", text, title="", pairs=pairs, source_lang="ru", target_lang="en"))
    assert report.error is None, report.error
    assert report.adequacy is not None and report.adequacy["chrf"] > 60
    assert "chrF" in report.adequacy["signature"] and "made-up" in report.adequacy["signature"]
    assert [(f.text, f.severity) for f in report.findings] == [(target[5], "neutral")]


def test_texts_are_aligned_where_nobody_did(checker: qa.Checker, sentences: tuple[list[str], list[str]]) -> None:
    target, source = sentences
    text = "\n\n".join([*target[:5], *target[6:]])
    report = checker.check(
        qa.Article("x", text, title="", source="\n\n".join(source), source_lang="ru", target_lang="en")
    )
    assert report.adequacy is not None
    found = [text[s["start"] : s["end"]] for s in report.adequacy["segments"]]
    assert found == [*target[:5], *target[6:]]


def test_nothing_without_a_source(checker: qa.Checker, sentences: tuple[list[str], list[str]]) -> None:
    report = checker.check(qa.Article("x", "\n\n".join(sentences[0]), source_lang="ru", target_lang="en"))
    assert (report.adequacy, report.findings) == (None, ())


def test_what_a_model_must_not_write_says_nothing_of_a_translation() -> None:
    """A letter that the model's bias forbids has −10,000 nats: it would make any segment that quotes it an outlier."""
    assert adequacy.per_token([-1.0, -10_000.0, -2.0]) == -1.5
    assert adequacy.per_token([-10_000.0]) == adequacy.per_token([]) == 0.0


def test_short_segments_are_left_alone(checker: qa.Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    def segment(number: int, tokens: int) -> adequacy.SegmentScore:
        odd = number == 3
        return adequacy.SegmentScore(
            qa.Span(2 * number, 2 * number + 1), "s", "b", 5.0 if odd else 60.0, 5.0, -9.0 if odd else -1.0, tokens
        )

    for tokens, wanted in ((9, 0), (10, 1)):
        segments = tuple(segment(number, tokens) for number in range(8))
        measured = adequacy.Adequacy(segments, 50.0, 20.0, -1.0, "x")
        monkeypatch.setattr("qa.checks.low_adequacy.measure", lambda *arguments, m=measured: m)
        report = checker.check(qa.Article("x", "a b c d e f g h", title="", source_lang="ru", target_lang="en"))
        assert len(report.findings) == wanted
