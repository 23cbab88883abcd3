"""The headline stands again inside the article.

Text extraction took the page's heading twice. The reader meets the headline as a
paragraph in the middle of the story.

Flagged:
    [en] Two ministers resign over budget⏎⏎The prime minister accepted both letters on Friday.⏎⏎Two ministers resign over budget⏎⏎A vote is due next week. => ∅

Clean:
    [en] Two ministers resign over budget⏎⏎Two ministers resigned over the budget on Friday, a spokesman said.
    [en] Poll⏎⏎The poll opened on Friday.⏎⏎Poll results are due on Monday.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.check import Kit
from qa.document import Document
from qa.schema import Hit, Severity

CATEGORY = "accuracy/addition"
SEVERITY = Severity.MINOR
CONFIDENCE = 0.97

MIN_WORDS = 3


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    headline = doc.headline
    wanted = normalised(headline or "")
    if len(wanted.split()) < MIN_WORDS and len(wanted) < 8:
        return
    for place, block in enumerate(doc.blocks):
        own = doc.article.title is not None and place == 0
        if block != doc.title and not own and normalised(block.of(doc.text)) == wanted:
            yield Hit(block.start, block.end, "The headline stands here again.", ("",), {"headline": headline})


def normalised(text: str) -> str:
    """The words alone: no case, punctuation or line breaks."""
    return " ".join(re.findall(r"\w+", text.casefold()))
