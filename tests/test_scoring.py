"""MQM figures: the formulas, the policy for repetitions, the verdict."""

from __future__ import annotations

import pytest

from qa.config import Config
from qa.schema import Finding, Severity
from qa.scoring import penalty, score, verdict


def finding(severity: Severity, cause: str) -> Finding:
    return Finding("r", "a/b", severity, 0, 1, 1, 1, "x", "m", (), {}, 1.0, "f", cause)


MINOR, MAJOR, CRITICAL = Severity.MINOR, Severity.MAJOR, Severity.CRITICAL


def test_each_cause_counts_once_and_a_tenth_for_each_repetition() -> None:
    found = [finding(MINOR, "quotes")] * 12 + [finding(MAJOR, "name")] * 2
    assert penalty(found, Config()) == pytest.approx(1 + 11 * 0.1 + 5 + 0.5)


def test_a_cause_counts_at_its_gravest() -> None:
    assert penalty([finding(MINOR, "a"), finding(MAJOR, "a")], Config()) == pytest.approx(5 + 0.1)


def test_formulas() -> None:
    figures = score([finding(MAJOR, "a"), finding(MINOR, "b")], 500, Config())
    assert (figures.penalty, figures.npt, figures.raw) == (6, 12, 98.8)
    assert figures.calibrated == 100 - 12 * (100 - 80) / 20
    assert figures.sample == "sufficient"


def test_acceptable_points_score_exactly_the_threshold() -> None:
    config = Config(threshold=95, acceptable=10)
    assert score([finding(MAJOR, "a")], 500, config).calibrated == 95


@pytest.mark.parametrize("words", [0, 1, 3])
def test_scores_stay_within_bounds(words: int) -> None:
    figures = score([finding(CRITICAL, "a")], words, Config())
    assert figures.raw == figures.calibrated == 0
    assert score([], words, Config()).calibrated == 100


def test_critical_fails_whatever_the_score() -> None:
    found = [finding(CRITICAL, "a")]
    figures = score(found, 100_000, Config())
    assert figures.calibrated > 99
    assert not verdict(found, figures, Config())[0]
    assert verdict(found, figures, Config(critical_fails=False))[0]


@pytest.mark.parametrize(
    ("found", "words", "passed"),
    [
        ([], 50, True),
        ([finding(MINOR, "a")], 50, True),
        ([finding(MAJOR, "a")], 50, False),
        ([finding(MINOR, str(n)) for n in range(7)], 50, False),
        ([finding(MAJOR, "a")], 400, True),
        ([finding(MAJOR, "a"), finding(MAJOR, "b")], 400, False),
    ],
)
def test_verdict(found: list[Finding], words: int, passed: bool) -> None:
    assert verdict(found, score(found, words, Config()), Config())[0] is passed


def test_limits_and_minimum() -> None:
    found = [finding(MINOR, "a")] * 3
    figures = score(found, 1000, Config())
    assert verdict(found, figures, Config())[0]
    assert verdict(found, figures, Config(max_findings={"minor": 2}))[1] == ("3 minor findings, at most 2 allowed",)
    assert not verdict(found, figures, Config(min_score=99.5))[0]
