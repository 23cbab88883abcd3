"""A letter of another script that looks like the right one.

A Cyrillic «о» in a Latin word, or the other way round: the eye sees nothing, search,
links and spell-checkers fail.

Flagged:
    [en] The Mоscow court adjourned. => Moscow
    [ru] Глава Mинфина подал в отставку. => Минфина

Clean:
    [ru] ИТ-компания и IT-отдел выпустили iPhone 15.
    [en] The Москва embankment and β-carotene at 5 μm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.check import Kit
from qa.document import Document
from qa.schema import Hit, Severity
from qa.text import script_of

CATEGORY = "linguistic-conventions/spelling"
SEVERITY = Severity.MINOR
CONFIDENCE = 0.97

# Pairs of letters that look the same (Unicode confusables, upright forms).
CYRILLIC = "АВЕКМНОРСТУХаеорсухіІјЈѕЅԁһӏ"
LATIN_OF = "ABEKMHOPCTYXaeopcyxiIjJsSdhl"
GREEK, LATIN_OF_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονα", "ABEZHIKMNOPTYXova"
TO_LATIN = {**dict(zip(CYRILLIC, LATIN_OF, strict=True)), **dict(zip(GREEK, LATIN_OF_GREEK, strict=True))}
TO_CYRILLIC = {v: k for k, v in zip(CYRILLIC, LATIN_OF, strict=True)}
MIXED_RE = re.compile(
    r"[^\W\d_]*(?:[A-Za-z\u00c0-\u024f][\u0370-\u03ff\u0400-\u052f]|[\u0370-\u03ff\u0400-\u052f][A-Za-z\u00c0-\u024f])[^\W\d_]*"
)


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    if doc.text.isascii():
        return
    for match in MIXED_RE.finditer(doc.text):
        repaired = _repaired(match.group())
        if repaired:
            yield Hit(
                match.start(), match.end(), "Letters of two scripts in one word.", (repaired,), cause=match.group()
            )


def _repaired(word: str) -> str:
    """The word in the script of its tell-tale letters; '' where not all the others have a twin."""
    scripts = {script_of(c) for c in word}
    telling = {script_of(c) for c in word if c not in TO_LATIN and c not in TO_CYRILLIC}
    if telling == {"Latin"} or (not telling and sum(script_of(c) == "Latin" for c in word) * 2 > len(word)):
        return "".join(TO_LATIN.get(c, c) for c in word)
    if telling == {"Cyrillic"} or (not telling and "Cyrillic" in scripts):
        fixed = "".join(TO_CYRILLIC.get(c, c) if script_of(c) == "Latin" else c for c in word)
        return fixed if all(script_of(c) == "Cyrillic" for c in fixed) else ""
    return ""
