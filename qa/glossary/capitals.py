"""Whether its capitals say that some words are a name."""

from __future__ import annotations

import re

from qa.document import Document
from qa.glossary.heads import head_among
from qa.glossary.homes import adjectives
from qa.glossary.inflection import dictionary_forms
from qa.glossary.model import Term
from qa.schema import Span
from qa.text import TOKEN_RE

# Every noun has a capital there.
CAPITAL_NOUNS = frozenset({"de", "lb"})
# Of a name's words only the first has one there: Aigle royal, Corriente del norte.
CAPITAL_FIRST = frozenset({"fr", "es", "it", "pt", "ca", "ro"})
ATTRIBUTIVE_RE = re.compile("e[rsnm]?$")
TYPE_OF = frozenset({"typ", "typs", "namens", "marke"})


def has_capitals_of(doc: Document, span: Span, term: Term, kind: str) -> bool:
    """True if the words are capitalised as only a name of the kind would be."""
    span = _proper(doc, span, term)
    if doc.lang in CAPITAL_NOUNS:
        return _stands_out(doc, span, kind)
    words = doc.tokens_in(span)
    if doc.lang in CAPITAL_FIRST and len(words) > 1:
        return words[0].text[0].isupper() and not doc.starts_sentence(span.start) and not _shouts(doc, span)
    return has_inner_capitals(doc, span)


def _proper(doc: Document, span: Span, term: Term) -> Span:
    """The span from the term's first capital on: of "place du Marais" the Marais."""
    capital = next((m.start() for m in TOKEN_RE.finditer(term.text) if m.group()[0].isupper()), 0)
    skipped = len(TOKEN_RE.findall(term.text[:capital]))
    words = doc.tokens_in(span)
    return Span(words[skipped].start, span.end) if 0 < skipped < len(words) else span


def in_longer_name(doc: Document, span: Span) -> bool:
    """True if a capitalised word stands right before or after: "External Action Service", but not "Russian Alder"."""
    sentence = doc.tokens_in(doc.sentence_at(span.start))
    before = [t for t in sentence if t.end <= span.start][-1:]
    after = [t for t in sentence if t.start >= span.end][:1]
    left = before and doc.text[before[0].end : span.start] in (" ", "-") and not doc.starts_sentence(before[0].start)
    right = after and doc.text[span.end : after[0].start] in (" ", "-")
    named = left and _is_capital(before[0].text) and before[0].text not in {"The", *adjectives(doc.lang)}
    return bool(named or (right and _is_capital(after[0].text)))


def _is_capital(word: str) -> bool:
    return word[0].isupper() and not word.endswith(("'s", "’s"))


def has_inner_capitals(doc: Document, span: Span) -> bool:
    """True if the words are capitalised where a sentence would not capitalise them."""
    spelled = [t.text for t in doc.tokens_in(span)]
    content = [w for w in spelled if len(w) > 3 or w[:1].isupper()] or spelled
    if not all(w[:1].isupper() for w in content) or _shouts(doc, span):
        return False
    if len(spelled) == 1 and in_longer_name(doc, span):
        return False
    return len(content) > 1 or not doc.starts_sentence(span.start)


def _shouts(doc: Document, span: Span) -> bool:
    """True if the rest of the sentence is in capitals or title case, so that capitals say nothing."""
    sentence = doc.tokens_in(doc.sentence_at(span.start))
    tokens = [t.text for t in sentence if len(t.text) > 3 and not span.start <= t.start < span.end]
    capital = sum(t[0].isupper() for t in tokens)
    return len(tokens) > 3 and capital >= 0.8 * len(tokens)


def _stands_out(doc: Document, span: Span, kind: str) -> bool:
    """True where nouns have capitals anyway, and an adjective has one too, or a head noun leads: Drohne Geranie."""
    words = [t.text for t in doc.tokens_in(span)]
    if len(words) > 1:
        inside = words[0][0].isupper() and not doc.starts_sentence(span.start)
        return inside and _is_adjective(words[0], doc.lang)
    before = [t for t in doc.tokens_in(doc.sentence_at(span.start)) if t.end <= span.start][-1:]
    if not before or doc.text[before[0].end : span.start] != " ":
        return False
    return before[0].text.lower() in TYPE_OF or bool(head_among(before, kind, doc.lang))


def _is_adjective(word: str, lang: str) -> bool:
    """True for an attributive form whose base form is no noun and no verb."""
    lemma = next(iter(dictionary_forms(word.lower(), lang)), word)
    return bool(ATTRIBUTIVE_RE.search(word)) and lemma.islower() and not lemma.endswith("en")
