"""Judging reports anew under a policy."""

from __future__ import annotations

import pytest

import qa

CHECKER = qa.Checker(qa.Config(neural="off"))
CLEAN = CHECKER.check(qa.Article("clean", "The court adjourned on Monday. It meets again on Friday.", target_lang="en"))
MINOR = CHECKER.check(
    qa.Article("minor", "The court adjourned on Monday.. It meets again on Friday.", target_lang="en")
)
BROKEN = CHECKER.check(qa.Article("broken", "", error="cannot be read; check it"))


@pytest.mark.parametrize(
    ("reports", "policy", "status"),
    [
        ([CLEAN, MINOR], None, 0),
        ([CLEAN, MINOR], qa.Policy(max_findings={"minor": 0}), 1),
        ([CLEAN, BROKEN], None, 2),
        ([MINOR, BROKEN], qa.Policy(max_findings={"minor": 0}), 1),
        ([], None, 0),
    ],
)
def test_status(reports: list[qa.Report], policy: qa.Policy | None, status: int) -> None:
    assert qa.judge(reports, policy).status == status


def test_reasons_are_those_of_the_policy_and_errors_stay() -> None:
    judged = qa.judge([MINOR, BROKEN], qa.Policy(max_findings={"minor": 0}))
    assert judged.reports[0].reasons == ("1 minor finding, at most 0 allowed",)
    assert judged.reports[1] == BROKEN
    assert MINOR.passed and judged.errors == 1
