"""The types that travel through a run: article, hit, finding, score, report.

All are frozen. Offsets count Unicode code points of the text as read, ends are
exclusive. MQM names are used throughout: category (type), severity, penalty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple


class Severity(StrEnum):
    """MQM severity levels, in ascending order of `rank`."""

    NEUTRAL = "neutral"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Article:
    """One article to check.

    `text` is the text as read; every offset counts in it. `title` is None when the
    title is part of the text (first line) or there is none. `ignored` are ranges that
    are not prose (code, front matter, link targets). `pairs` are aligned segments of
    source and target where the input had them. `error` says why an article could not
    be read; it then travels to the report without being checked.
    """

    id: str
    text: str
    title: str | None = None
    path: str | None = None
    source_lang: str | None = None
    target_lang: str | None = None
    source: str | None = None
    pairs: tuple[tuple[str, Span], ...] = ()
    ignored: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `[start, end)` by `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """What a check yields: a place, why, what to write instead, and the proof.

    `suggestions` replace the whole span, best first; an empty string deletes it.
    `edits` is the smallest repair, where it is smaller than the span (the two marks of
    a quotation): it lets two findings that share a span be repaired together.
    `cause` groups repetitions of one systematic error for the score (a concept, a name);
    by default all hits of a rule in an article are one cause.
    `unquote` says that quotation marks around just this span go with it.
    """

    start: int
    end: int
    message: str
    suggestions: tuple[str, ...] = ()
    evidence: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity | None = None
    confidence: float | None = None
    edits: tuple[Edit, ...] = ()
    cause: str = ""
    unquote: bool = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit as it is reported: with rule, MQM category, severity and place."""

    rule: str
    category: str
    severity: Severity
    start: int
    end: int
    line: int
    column: int
    text: str
    message: str
    suggestions: tuple[str, ...]
    evidence: Mapping[str, Any]
    confidence: float
    fingerprint: str
    cause: str
    field: str = "body"
    side: str = "target"


@dataclass(frozen=True, slots=True)
class Score:
    """MQM figures of one article: see qa/scoring.py for the formulas.

    `penalty` in MQM points, `npt` in points per 1,000 words, `raw` and `calibrated`
    on 0–100 (raw may fall below 0 on a very short text and is then 0).
    """

    words: int
    penalty: float
    npt: float
    raw: float
    calibrated: float
    sample: str


@dataclass(frozen=True, slots=True)
class Cascade:
    """How little of a text a model had to read: counts of sentences, the title's among them.

    `asked` were sent to the translator, `translated` by the model itself: the others were in
    its cache, or stood elsewhere too. The former follow from text and configuration; the
    last does not, so it takes no part in comparisons and is written in no JSON.
    """

    sentences: int = 0
    asked: int = 0
    translated: int = field(default=0, compare=False)

    def __add__(self, other: Cascade) -> Cascade:
        return Cascade(self.sentences + other.sentences, self.asked + other.asked, self.translated + other.translated)


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of one article after a run; `cascade` is None where no model was at hand."""

    id: str
    path: str | None = None
    text: str = ""
    source_lang: str | None = None
    source_lang_basis: str = "unknown"
    target_lang: str | None = None
    segments: int = 0
    score: Score | None = None
    passed: bool = False
    reasons: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    adequacy: Mapping[str, Any] | None = None
    cascade: Cascade | None = None
    notes: tuple[str, ...] = ()
    error: str | None = None
    signature: str = ""
