"""How a run is written down: one module a format, one table.

A format is a function from reports, as they come, and the run's signature to pieces of
text, so that a feed of any length is written without being held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from qa.reports import json_report, text
from qa.schema import Report

Format = Callable[[Iterable[Report], str], Iterator[str]]

FORMATS: dict[str, Format] = {
    "text": text.plain,
    "json": json_report.whole,
    "jsonl": json_report.lines,
}
