"""MQM figures of an article from its findings.

Absolute penalty: the sum over causes. One cause is one systematic error (all quotes in
«», one concept rendered literally five times): it counts at its severity's weight once,
and each repetition adds a share of the weight (`repeat`), since one decision of one
editor mends them all. MQM allows any stated policy for repetitions.

Per 1,000 words (npt): penalty / words * 1000, words of the target text.
Raw score: (1 - penalty / words) * 100. Calibrated score (MQM linear calibrated model):
100 - npt * (100 - threshold) / acceptable, so that `acceptable` points per 1,000 words
score exactly `threshold`; not below 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.config import Config
from qa.schema import Finding, Score, Severity


def penalty(findings: Sequence[Finding], config: Config) -> float:
    """MQM points of all findings under the stated policy for repetitions."""
    total = 0.0
    seen: set[str] = set()
    for finding in sorted(findings, key=lambda f: -config.weights[f.severity]):
        weight = config.weights[finding.severity]
        total += weight * (config.repeat if finding.cause in seen else 1.0)
        seen.add(finding.cause)
    return round(total, 4)


def score(findings: Sequence[Finding], words: int, config: Config) -> Score:
    """The figures of one article of `words` words."""
    points = penalty(findings, config)
    per_word = points / words if words else (1.0 if points else 0.0)
    slope = (100 - config.threshold) / config.acceptable if config.acceptable else float("inf")
    npt = per_word * 1000
    return Score(
        words=words,
        penalty=round(points, 2),
        npt=round(npt, 2),
        raw=round(max(0.0, (1 - per_word) * 100), 2),
        calibrated=round(max(0.0, 100 - npt * slope), 2) if npt else 100.0,
        sample="small" if words < config.min_words else "sufficient",
    )


def verdict(findings: Sequence[Finding], score: Score, config: Config) -> tuple[bool, tuple[str, ...]]:
    """Whether an article passes, and why (not), in sentences.

    On a small sample the score says little, so the findings decide: no major or critical
    one, and no more points than a text of `min_words` words may have.
    """
    counts = {s: sum(f.severity is s for f in findings) for s in Severity}
    failures = [
        f"{_number(counts[Severity(s)], s)}, at most {n} allowed"
        for s, n in config.max_findings.items()
        if counts[Severity(s)] > n
    ]
    if config.critical_fails and counts[Severity.CRITICAL]:
        failures.append("a critical finding fails an article whatever its score")
    wanted = config.threshold if config.min_score is None else config.min_score
    allowed = config.acceptable * config.min_words / 1000
    if score.sample == "small":
        if counts[Severity.MAJOR]:
            failures.append(f"{_number(counts[Severity.MAJOR], Severity.MAJOR)} in a text of {score.words} words")
        elif score.penalty > allowed:
            failures.append(f"penalty {score.penalty:g} in a text of {score.words} words, at most {allowed:g}")
    elif score.calibrated < wanted:
        failures.append(f"score {score.calibrated:g} is below {wanted:g}")
    if failures:
        return False, tuple(failures)
    basis = f"score {score.calibrated:g}, at least {wanted:g} wanted"
    return True, (basis if score.sample == "sufficient" else "short text: no major finding, few minor ones",)


def _number(count: int, severity: str) -> str:
    return f"{count} {severity} finding{'' if count == 1 else 's'}"
