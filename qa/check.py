"""What a check is, and how one is run.

A check is a module in `qa/checks/` with `CATEGORY`, `SEVERITY` and `find`; its docstring
is its page in the catalogue and its test.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from qa.config import Config
from qa.document import Document
from qa.schema import Finding, Hit, Severity, Span

if TYPE_CHECKING:
    from qa.glossary import Matcher
    from qa.glossary.literal import Anticipation
    from qa.translator.types import Translator


class Check(Protocol):
    """The shape of a module in `qa/checks/`.

    `CONFIDENCE` is what a hit is worth when it does not say so itself: the share of such
    findings that were right on the measured texts.
    """

    CATEGORY: str
    SEVERITY: Severity
    CONFIDENCE: float

    def find(self, doc: Document, kit: Kit) -> Iterator[Hit]: ...


@dataclass(frozen=True)
class Kit:
    """What checks lean on; nothing in it is loaded until a check asks.

    `translator` back-translates into the source language, `words` knows which of its words
    translate which; None where that is not to be had.
    `source_lang` is the language that the article was translated from, as given or as
    inferred from the article; None when it is not known.
    """

    config: Config = field(default_factory=Config)
    matcher: Matcher | None = None
    translator: Translator | None = None
    words: Anticipation | None = None
    source_lang: str | None = None


@dataclass(frozen=True, slots=True)
class Raised:
    """A hit with the rule that raised it and the severity it counts at."""

    rule: str
    category: str
    severity: Severity
    confidence: float
    hit: Hit


def run(name: str, check: Check, doc: Document, kit: Kit) -> Iterator[Raised]:
    """All hits of one check, outside the parts of the text that are not prose."""
    for hit in check.find(doc, kit):
        if not doc.is_ignored(Span(hit.start, max(hit.end, hit.start + 1))):
            severity = kit.config.severities.get(name) or hit.severity or check.SEVERITY
            confidence = check.CONFIDENCE if hit.confidence is None else hit.confidence
            yield Raised(name, check.CATEGORY, severity, round(confidence, 3), hit)


def findings(raised: Iterable[Raised], doc: Document, field: str = "body") -> Iterator[Finding]:
    """Hits in text order as they are reported: with place and fingerprint."""
    seen: Counter[str] = Counter()
    for item in raised:
        hit = item.hit
        line, column = doc.lines.place(hit.start)
        key = _key(item.rule, doc.text, hit)
        seen[key] += 1
        yield Finding(
            rule=item.rule,
            category=item.category,
            severity=item.severity,
            start=hit.start,
            end=hit.end,
            line=line,
            column=column,
            text=doc.text[hit.start : hit.end],
            message=hit.message,
            suggestions=hit.suggestions,
            evidence=hit.evidence,
            confidence=item.confidence,
            fingerprint=_digest(f"{doc.article.id}\0{field}\0{key}\0{seen[key]}"),
            cause=f"{item.rule}:{hit.cause}",
            field=field,
        )


def _key(rule: str, text: str, hit: Hit) -> str:
    """The rule, the words and 20 code points of the same line either side."""
    left = text[max(hit.start - 20, 0) : hit.start].rpartition("\n")[2]
    right = text[hit.end : hit.end + 20].partition("\n")[0]
    return "\0".join([rule, left, " ".join(text[hit.start : hit.end].split()), right])


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
