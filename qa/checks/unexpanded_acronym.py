"""An acronym that the article never explains.

A transliterated acronym ("FBK") says nothing to a reader of the translation, the less so
where the article uses the full name elsewhere and never connects the two. Acronyms that
papers use without explanation (FSB, NATO) are left alone; which those are, the glossary
knows: its preferred form is then the acronym.

Flagged:
    [ru-en] Ashurkov heads the Anti-Corruption Foundation. The FBK published a list. => Anti-Corruption Foundation (FBK)

Clean:
    [ru-en] Ashurkov heads the Anti-Corruption Foundation (FBK). The FBK published a list.
    [ru-en] The FSB denied it. NATO and the EU did not reply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.check import Kit
from qa.document import Document
from qa.glossary.matcher import Match
from qa.glossary.model import Status
from qa.language import base
from qa.names import is_acronym
from qa.schema import Hit, Severity

CATEGORY = "linguistic-conventions/textual-conventions"
SEVERITY = Severity.MINOR
CONFIDENCE = 0.85


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    if kit.matcher is None:
        return
    groups: dict[str, list[Match]] = {}
    for match in kit.matcher.find(doc):
        if match.concept.is_name and base(match.concept.terms[0].lang) == base(kit.source_lang):
            groups.setdefault(match.concept.id, []).append(match)
    for matches in groups.values():
        yield from _unexplained(doc, matches)


def _unexplained(doc: Document, matches: list[Match]) -> Iterator[Hit]:
    """The first use of an acronym whose full name the glossary prefers."""
    acronyms = [m for m in matches if m.term.status is Status.ADMITTED and _stands_alone(doc, m)]
    if not acronyms:
        return
    first = acronyms[0]
    full = first.concept.accepted(doc.lang)[0].text
    acronym = first.span.of(doc.text)
    if is_acronym(full) or " " not in full or acronym in full or _is_connected(doc, matches, first):
        return
    if all(is_acronym(m.span.of(doc.text)) for m in matches):
        return
    yield Hit(
        first.start,
        first.end,
        f"{acronym} is never explained; the article names the {full} elsewhere and does not connect the two.",
        (f"{full} ({acronym})", full),
        {"concept": first.concept.id, "full_name": full},
        cause=first.concept.id,
    )


def _stands_alone(doc: Document, match: Match) -> bool:
    """True for an acronym that is not a word among others in capitals."""
    around = (
        doc.text[max(match.start - 12, 0) : match.start].split()[-1:] + doc.text[match.end : match.end + 12].split()[:1]
    )
    return is_acronym(match.span.of(doc.text)) and not any(w.isupper() and len(w) > 2 and w.isalpha() for w in around)


def _is_connected(doc: Document, matches: list[Match], acronym: Match) -> bool:
    """True if a full name and the acronym stand side by side, one in brackets."""
    form = acronym.span.of(doc.text)
    return any(
        (
            re.match(rf"[”\"'’»]?,?\s?\(?[^()\n]{{0,40}}\b{re.escape(form)}\b", doc.text[m.end : m.end + 60])
            and "(" in doc.text[m.end : m.end + 4]
        )
        or re.search(rf"\b{re.escape(form)}\s?\((?:the )?[^()]{{0,20}}$", doc.text[max(m.start - 40, 0) : m.start])
        for m in matches
        if not is_acronym(m.span.of(doc.text))
    )
