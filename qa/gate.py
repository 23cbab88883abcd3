"""The gate: whether all articles of a run pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from qa.config import Config
from qa.schema import Report
from qa.scoring import verdict


@dataclass(frozen=True)
class Policy:
    """What an article needs to pass; None and empty mean the defaults of `qa.Config`.

    `min_score`: calibrated score, 0–100. `max_findings`: the most findings of a severity.
    """

    min_score: float | None = None
    max_findings: Mapping[str, int] = field(default_factory=dict)
    critical_fails: bool | None = None


@dataclass(frozen=True)
class Judgement:
    """The outcome of a run. `status`: 0 passed, 1 failed, 2 passed but some articles had errors."""

    reports: tuple[Report, ...]

    @property
    def passed(self) -> bool:
        return all(r.passed for r in self.reports if r.error is None)

    @property
    def errors(self) -> int:
        return sum(r.error is not None for r in self.reports)

    @property
    def status(self) -> int:
        return 1 if not self.passed else 2 if self.errors else 0


def judge(reports: Iterable[Report], policy: Policy | None = None, config: Config | None = None) -> Judgement:
    """Judges reports anew under a policy."""
    policy, config = policy or Policy(), config or Config()
    rules = replace(
        config,
        critical_fails=config.critical_fails if policy.critical_fails is None else policy.critical_fails,
        min_score=config.min_score if policy.min_score is None else policy.min_score,
        max_findings=policy.max_findings or config.max_findings,
    )
    return Judgement(tuple(_judged(report, rules) for report in reports))


def _judged(report: Report, config: Config) -> Report:
    if report.score is None:
        return report
    passed, reasons = verdict(report.findings, report.score, config)
    return replace(report, passed=passed, reasons=reasons)
