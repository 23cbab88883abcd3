"""Head nouns beside a name ("prison", "nerve agent"), and phrases among the words of a text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from qa.document import Document, Token
from qa.glossary.normalise import keys, term_keys
from qa.schema import Span
from qa.text import TOKEN_RE

HEAD_REACH = 3
MIN_PART = 5  # letters of a noun that ends a compound
# A name's apposition, up to what follows its noun: "Medusa, the Riga-based outlet that …".
APPOSITION_RE = re.compile(
    r"[\"'”’»“]?, (?:the|an?)"
    r"(?: (?!(?:of|in|at|on|for|from|with|by|to|and|or|where|who|whose|which|that|is|was|has|had|are|were)\b)"
    r"[^\W_][\w'’-]*){1,6}"
)


def head_beside(doc: Document, span: Span, kind: str) -> str:
    """A head noun of the kind within a few words of the span or in its apposition, in its sentence, else ''."""
    sentence = doc.sentence_at(span.start)
    tokens = doc.tokens_in(sentence)
    inside = [i for i, t in enumerate(tokens) if span.start <= t.start < span.end]
    if not inside:
        return ""
    reach = HEAD_REACH
    if apposition := APPOSITION_RE.match(doc.text, span.end, sentence.end):
        reach = max(reach, sum(t.start < apposition.end() for t in tokens[inside[-1] + 1 :]))
    window = [
        *tokens[max(inside[0] - HEAD_REACH, 0) : inside[0]],
        *tokens[inside[-1] + 1 : inside[-1] + 1 + reach],
    ]
    return head_among(window, kind, doc.lang)


def head_among(tokens: Sequence[Token], kind: str, lang: str) -> str:
    """A head noun of the kind among some words, in German also as the end of a compound; else ''."""
    nouns = heads(kind, lang)
    found = next(iter(present(nouns, tokens, lang)), "")
    if found or lang != "de":
        return found
    ends = [(key, noun) for noun in nouns if len(noun) >= MIN_PART for key in phrase_keys(noun, lang)[-1]]
    spelled = [key for token in tokens if token.text[0].isupper() for key in keys(token.text, lang)]
    return next((noun for key, noun in ends if any(word.endswith(key) for word in spelled)), "")


@cache
def heads(kind: str, lang: str) -> tuple[str, ...]:
    """Head nouns of a kind of name in a language (`data/heads.csv`)."""
    rows = csv.DictReader((files("qa") / "data" / "heads.csv").read_text("utf-8").splitlines())
    return tuple(noun for row in rows if row["kind"] == kind for noun in (row.get(lang) or "").split("|") if noun)


def present(phrases: Iterable[str], tokens: Sequence[Token], lang: str) -> Iterable[str]:
    """Those of `phrases` that occur among the tokens, through inflection."""
    if not phrases or not tokens:
        return
    spelled = [keys(t.text, lang) for t in tokens]
    firsts: dict[str, list[int]] = {}
    for place, options in enumerate(spelled):
        for key in options:
            firsts.setdefault(key, []).append(place)
    for phrase in phrases:
        words = phrase_keys(phrase, lang)
        if words and any(_follows(words, spelled, place) for key in words[0] for place in firsts.get(key, ())):
            yield phrase


def _follows(words: Sequence[tuple[str, ...]], spelled: Sequence[tuple[str, ...]], place: int) -> bool:
    return place + len(words) <= len(spelled) and all(
        set(words[i]) & set(spelled[place + i]) for i in range(1, len(words))
    )


@cache
def phrase_keys(phrase: str, lang: str) -> tuple[tuple[str, ...], ...]:
    return tuple(term_keys(m.group(), lang) for m in TOKEN_RE.finditer(phrase))
