"""A turn of phrase carried over word by word.

The words are English, the phrase is the source language's: "oppositionist", "special
services", "Head of the Ministry of Health". A reader stumbles or, worse, understands
something else. Phrases that may be ordinary English count only beside words that speak
for the meaning of the source.

Flagged:
    [ru-en] Two oppositionists were detained in Kazan. => opposition politicians

Clean:
    [ru-en] Two opposition politicians were detained in Kazan.
    [en] The company moved its headquarters to Berlin.
"""

from __future__ import annotations

from collections.abc import Iterator

from qa.check import Kit
from qa.document import Document
from qa.glossary.suspects import suspects
from qa.schema import Hit, Severity

CATEGORY = "style/unidiomatic-style"
SEVERITY = Severity.MINOR
CONFIDENCE = 0.85


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    for suspect in suspects(doc, kit.matcher, kit.source_lang, names=False):
        source = f" of {suspect.source_term}" if suspect.source_term else ""
        yield Hit(
            suspect.start,
            suspect.end,
            f"A word-by-word rendering{source}{suspect.note}; say {suspect.preferred}.",
            suspect.suggestions,
            suspect.evidence,
            cause=suspect.concept.id,
        )
