"""The floors of the literal-name and calque rules on our own cases."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import quality  # noqa: E402

import qa  # noqa: E402

CASES = list(quality.items(ROOT / "tests" / "cases"))
CHECKER = qa.Checker(qa.Config(neural="off"))


@pytest.mark.parametrize("given", [True, False], ids=["source language given", "inferred"])
def test_recall_and_false_alarms(given: bool) -> None:
    outcomes = [(item["context"] == "bad", quality.outcome(CHECKER, item, given)[0]) for item in CASES]
    bad = [right for is_bad, right in outcomes if is_bad]
    other = [right for is_bad, right in outcomes if not is_bad]
    assert len(bad) + len(other) >= 300
    assert sum(bad) >= (0.95 if given else 0.9) * len(bad)
    assert sum(not right for right in other) <= 0.01 * len(other)


def test_built_in_glossary_is_sound() -> None:
    """No duplicates, conflicts, dead or dangerous entries."""
    for path in sorted((Path(qa.__file__).parent / "data" / "glossary").glob("*.csv")):
        assert [str(problem) for problem in qa.Glossary.read(str(path)).check()] == [], path.name
