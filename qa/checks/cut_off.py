"""A sentence that ends in the air.

The text was cut: its last word is one that must be followed by another, such as an
article or a preposition. What is missing stands in the source only.

Flagged:
    [en] The two sides met in Geneva on Monday and agreed on the exchange of => ?
    [ru] Стороны встретились в Женеве в понедельник и договорились об обмене пленными и => ?

Clean:
    [en] The two sides met in Geneva on Monday and this is what it comes to.
    [en] Ten things the minister stands for
    [en] What the talks were about
"""

from __future__ import annotations

from collections.abc import Iterator

from qa.check import Kit
from qa.document import Document
from qa.schema import Hit, Severity

CATEGORY = "design-and-markup/truncation-text-expansion"
SEVERITY = Severity.MAJOR
CONFIDENCE = 0.9

MIN_WORDS = 9
# Words that no sentence ends with: articles, conjunctions, some prepositions and auxiliaries.
DANGLING = {
    "en": {"the", "a", "an", "and", "or", "of", "from", "into", "because", "which", "whose", "than", "their", "its"},
    "de": {"der", "die", "das", "dem", "den", "des", "ein", "eine", "einen", "einem", "und", "oder", "von", "weil"},
    "fr": {"le", "la", "les", "un", "une", "des", "du", "de", "et", "ou", "à", "dans", "que", "qui", "aux"},
    "es": {"el", "la", "los", "las", "un", "una", "de", "del", "y", "o", "que", "con", "por", "a", "al"},
    "it": {"il", "la", "le", "gli", "un", "una", "di", "del", "della", "e", "o", "che", "con", "per", "nel"},
    "pt": {"o", "a", "os", "as", "um", "uma", "de", "do", "da", "e", "ou", "que", "com", "no", "na"},
    "pl": {"i", "w", "z", "na", "do", "o", "oraz", "lub", "że", "od", "dla", "przez"},
    "ru": {"и", "в", "на", "с", "к", "о", "об", "от", "для", "что", "или", "из", "по", "у", "при"},
    "uk": {"і", "й", "в", "у", "на", "з", "до", "про", "від", "для", "що", "або", "із", "по", "при"},
}


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    dangling = DANGLING.get(doc.lang, set())
    for block in doc.blocks:
        tokens = doc.tokens_in(block)
        if len(tokens) < MIN_WORDS or tokens[-1].end != block.end or block == doc.title:
            continue
        last = tokens[-1]
        if last.text in dangling:
            yield Hit(last.start, last.end, f"The text is cut off after “{last.text}”; restore it from the source.")
