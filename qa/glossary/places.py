"""Where an article writes something as a name: a few ordinary words in quotation marks, or several with capitals.

Only these reach a translation model (roundtrip.py); the capitals need a head noun beside them.
"""

from __future__ import annotations

import re

from qa.document import Document
from qa.glossary.capitals import has_inner_capitals
from qa.glossary.context import is_quoted
from qa.glossary.heads import head_beside
from qa.glossary.judge import is_word, quoted, unknown
from qa.glossary.literal import Anticipation, telling_words
from qa.glossary.matcher import Matcher
from qa.glossary.model import KINDS
from qa.schema import Span

NAME_RE = re.compile(r"[A-Z][a-z]{2,}(?:(?: of| the| and|-)? [A-Z][a-z]{2,}){1,3}")


def candidates(doc: Document, matcher: Matcher, words: Anticipation | None = None) -> list[Span]:
    """Places written as names, in ordinary words, that the glossary does not know as accepted.

    Where a table knows the words, one of them has to translate a word of some source term.
    """
    found = [span for span in named_places(doc, matcher) if _is_ordinary(doc, span)]
    return [span for span in found if words is None or words.is_thinkable(span.of(doc.text))]


def named_places(doc: Document, matcher: Matcher) -> list[Span]:
    """Places written as names that the glossary does not know, whatever their words."""
    spelled = [s for m in NAME_RE.finditer(doc.text) if _has_head(doc, s := Span(*m.span()))]
    return sorted(unknown(doc, matcher, [*quoted(doc), *spelled]))


def _has_head(doc: Document, span: Span) -> bool:
    several = len(telling_words(span.of(doc.text))) > 1
    return several and has_inner_capitals(doc, span) and any(head_beside(doc, span, kind) for kind in KINDS)


def _is_ordinary(doc: Document, span: Span) -> bool:
    """True if the target language's dictionary has every word, or one of them in quotation marks: no foreign name."""
    known = [is_word(word, doc.lang) for word in telling_words(span.of(doc.text))]
    return any(known) if is_quoted(doc.text, span) else bool(known) and all(known)
