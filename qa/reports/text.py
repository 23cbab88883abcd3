"""For a person: the article's score and verdict, then each finding with place, why and repair."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from qa.reports.summary import Summary
from qa.schema import Finding, Report, Severity

Painter = Callable[[str, str], str]
CONTEXT = 36
COLOURS = {Severity.CRITICAL: "1;31", Severity.MAJOR: "31", Severity.MINOR: "33", Severity.NEUTRAL: "36"}
SHOWN_SUGGESTIONS = 3


def plain(reports: Iterable[Report], signature: str) -> Iterator[str]:
    return render(reports, signature, colour=False)


def coloured(reports: Iterable[Report], signature: str) -> Iterator[str]:
    return render(reports, signature, colour=True)


def render(reports: Iterable[Report], signature: str, colour: bool) -> Iterator[str]:
    """The report in pieces, one an article."""
    paint = _paint if colour else _unpainted
    summary = Summary()
    for report in summary.watch(reports):
        yield "\n".join([*_head(report, paint), *(_finding(f, report.text, paint) for f in report.findings), "", ""])
    counts = ", ".join(f"{summary.findings[s]} {s}" for s in reversed(Severity) if summary.findings[s])
    outcome = f"{summary.passed} passed, {summary.failed} failed"
    errors = f", {summary.errors} could not be read" if summary.errors else ""
    number = f"{summary.articles} article{'' if summary.articles == 1 else 's'}"
    share = f"{summary.share}\n" if summary.share else ""
    yield f"{number}: {outcome}{errors} ({counts or 'no findings'})\n{share}{paint('2', signature)}\n"


def _head(report: Report, paint: Painter) -> list[str]:
    if report.score is None:
        return [f"{paint('1', report.id)}: {paint('31', 'error')}: {report.error}"]
    score = report.score
    verdict = paint("1;32", "PASS") if report.passed else paint("1;31", "FAIL")
    source = f"{report.source_lang} ({report.source_lang_basis})" if report.source_lang else "unknown"
    number, reasons = len(report.findings), "; ".join(report.reasons)
    sample = " (small sample)" if score.sample == "small" else ""
    lines = [
        f"{paint('1', report.id)}  {paint('1', f'{score.calibrated:g}')}/100{sample}  {verdict}: {reasons}",
        f"  {source} → {report.target_lang or 'unknown'}, {score.words} words, "
        f"{number} finding{'' if number == 1 else 's'}, penalty {score.penalty:g} ({score.npt:g} per 1,000 words)",
    ]
    return lines + [f"  note: {note}" for note in report.notes]


def _finding(finding: Finding, text: str, paint: Painter) -> str:
    place = f"{finding.line}:{finding.column}" if finding.field == "body" else finding.field
    colour = COLOURS[finding.severity]
    lines = ["", f"  {paint('1', place)}  {paint(colour, finding.severity)}  {paint('1', finding.rule)}"]
    if finding.field == "body":
        lines.append(f"    {_excerpt(finding, text, paint, colour)}")
    lines.append(f"    {finding.message}")
    if finding.suggestions:
        lines.append(
            f"    {paint('32', '→')} {' | '.join(_shown(s, paint) for s in finding.suggestions[:SHOWN_SUGGESTIONS])}"
        )
    return "\n".join(lines)


def _shown(suggestion: str, paint: Painter) -> str:
    shown = "a blank" if suggestion.isspace() else _one_line(suggestion) or "delete it"
    return paint("32", shown)


def _excerpt(finding: Finding, text: str, paint: Painter, colour: str) -> str:
    """The words around a finding, on one line, the span marked."""
    left = text[max(finding.start - CONTEXT, 0) : finding.start].rpartition("\n")[2]
    right = text[finding.end : finding.end + CONTEXT].partition("\n")[0]
    inside = _one_line(finding.text)
    if len(inside) > 3 * CONTEXT:
        inside = f"{inside[:CONTEXT]} … {inside[-CONTEXT:]}"
    before = (
        "…" if finding.start > CONTEXT and left and "\n" not in text[finding.start - CONTEXT : finding.start] else ""
    )
    after = "…" if finding.end + CONTEXT < len(text) and right and len(right) == CONTEXT else ""
    mark = paint(f"{colour};4", inside) if paint is _paint else f"[{inside}]"
    return f"{before}{_one_line(left)}{mark}{_one_line(right)}{after}"


def _one_line(text: str) -> str:
    return "".join("⏎" if c in "\r\n" else c if c.isprintable() else " " for c in text)


def _paint(code: str, text: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def _unpainted(code: str, text: str) -> str:
    return str(text)
