"""Whether the place where a rendering stands speaks for the concept.

Three questions, each answered from the target text alone. Form: is it written as a name
(quotation marks around just it, capitals inside a sentence, a head noun of its kind
beside it). Context: is a word of its `near`, or of its home country, close by? Veto: a word of
`not-near`, or an accepted rendering in the same sentence, which makes it a gloss.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from qa.document import Document, Token
from qa.glossary.capitals import has_capitals_of
from qa.glossary.heads import head_beside, phrase_keys, present
from qa.glossary.homes import home_words, homes
from qa.glossary.matcher import Match, Matcher
from qa.glossary.model import Status
from qa.glossary.normalise import keys
from qa.schema import Span

OPENING, CLOSING = "\"'“‘«‹»›„‚「『《〈", "\"'”’»›«‹“‘」』》〉"
BLANKS = " \u00a0\u202f"  # French writes them inside its quotation marks
ARTICLE_RE = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Dd](?:er|ie|as|e[nmr])|[Ll][aeo]s?|[Ee]l) $")
GLOSS_RE = re.compile(
    r"\b(?:literally|means?(?! of)|meaning|translat(?:es?|ed|ion)(?! into)|"
    r"(?:Russian|Ukrainian|German|French|Spanish|Italian|Polish|"
    r"Turkish|Arabic|Chinese|Mandarin) (?:word )?for|in (?:English|Russian|Ukrainian|German|French|Spanish|Italian|"
    r"Polish|Turkish|Arabic|Chinese)|nicknamed|dubbed|loosely|roughly|or simply|named after|word play|"
    r"wörtlich|bedeutet|übersetzt|zu deutsch|auf deutsch|dt(?=\.)|deutsch für|genannt|spitzname|"
    r"littéralement|signifie|traduit|en français|surnommée?s?|"
    r"literalmente|significa|traducid[oa]s?|en español|en castellano|apodad[oa]s?)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What a place says for and against a concept."""

    quoted: bool = False
    capitals: bool = False
    head: str = ""
    near: tuple[str, ...] = ()
    home: str = ""
    veto: str = ""

    @property
    def form(self) -> bool:
        return self.quoted or self.capitals or bool(self.head)

    def evidence(self) -> dict[str, object]:
        """What spoke, for the finding."""
        said = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items() if value}


def around(doc: Document, match: Match, matcher: Matcher) -> Context:
    """The context of one match in its document; looked at once."""
    seen: dict[tuple[str, int, int], Context] = doc.memo.setdefault("contexts", {})
    key = (match.concept.id, match.start, match.end)
    if key not in seen:
        seen[key] = _around(doc, match, matcher)
    return seen[key]


def _around(doc: Document, match: Match, matcher: Matcher) -> Context:
    concept, span = match.concept, match.span
    sentence = doc.sentence_at(span.start)
    others = [t for t in doc.tokens_in(sentence) if not span.start <= t.start < span.end]
    wide = [t for t in doc.tokens_in(doc.neighbours(sentence)) if not span.start <= t.start < span.end]
    return Context(
        quoted=is_quoted(doc.text, span),
        capitals=has_capitals_of(doc, span, match.term, concept.kind),
        head=head_beside(doc, span, concept.kind),
        near=tuple(present(_mentioned(doc, concept.near), wide, doc.lang)),
        home=_home(doc, match, wide),
        veto=_veto(doc, match, matcher, sentence, others),
    )


def _home(doc: Document, match: Match, tokens: Sequence[Token]) -> str:
    """A word close by that tells of a country of the concept's language: Russian, Moscow."""
    known: dict[str, list[str]] = doc.memo.setdefault("homes", {})
    for lang in dict.fromkeys(t.lang.partition("-")[0] for t in match.concept.terms if t.status.accepted):
        if lang == doc.lang:
            continue
        if lang not in known:
            known[lang] = _mentioned(doc, {doc.lang: homes(doc.lang).get(lang, ())})
        for word in present(known[lang], tokens, doc.lang) if known[lang] else ():
            return word
    return ""


def _veto(doc: Document, match: Match, matcher: Matcher, sentence: Span, others: Sequence[Token]) -> str:
    concept = match.concept
    against = next(iter(present(_mentioned(doc, concept.not_near), others, doc.lang)), "")
    if against:
        return against
    gloss = next(
        (
            m
            for m in matcher.find(doc)
            if m.concept.id == concept.id
            and m.term.status.accepted
            and sentence.contains(m.span)
            and not m.span.overlaps(match.span)
        ),
        None,
    )
    if gloss:
        return gloss.span.of(doc.text)
    said = GLOSS_RE.search(doc.text, max(sentence.start, match.start - 60), min(sentence.end, match.end + 40))
    return said.group() if said and match.term.status is Status.DEPRECATED else ""


def is_quoted(text: str, span: Span) -> bool:
    """True if quotation marks stand around just the span, or around it and its article."""
    article = ARTICLE_RE.search(text, max(span.start - 5, 0), span.start)
    start = article.start() if article else span.start
    before, after = text[max(start - 2, 0) : start], text[span.end : span.end + 3]
    before = before[:1] if before[:1] in ("«", "‹") and before[1:] in BLANKS else before[-1:]
    after = after[1:] if after[:1] in BLANKS and after[1:2] in ("»", "›") else after[:2]
    closed = after[:1] in CLOSING or (after[:1] in ".,!?" and after[1:2] in CLOSING and len(after) == 2)
    return bool(before) and before in OPENING and bool(after) and closed


def _mentioned(doc: Document, phrases: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Those of a concept's phrases whose first word the article has anywhere: few, and cheap to tell."""
    if "keys" not in doc.memo:
        doc.memo["keys"] = {key for word in {t.text for t in doc.tokens} for key in keys(word, doc.lang)}
    known: set[str] = doc.memo["keys"]
    return [
        phrase
        for phrase in phrases.get(doc.lang, ())
        if (words := phrase_keys(phrase, doc.lang)) and not known.isdisjoint(words[0])
    ]


def may_be_meant(match: Match, text: str) -> bool:
    """False where no context can help: a single word that is not written as a name."""
    single = match.concept.is_name and " " not in match.term.text and match.term.status is Status.DEPRECATED
    return not single or text[match.start].isupper() or is_quoted(text, match.span)


def is_meant(match: Match, context: Context) -> bool:
    """Whether a rendering that is not accepted stands for its concept here."""
    if context.veto:
        return False
    if match.term.status is Status.FORBIDDEN:
        return True
    if not match.concept.is_name:
        return bool(context.near)
    if " " not in match.term.text:  # a town says little of an ordinary word: many lighthouses, many papers
        told = [word for word in context.near if word not in home_words(match.term.lang)]
        return bool(told or context.head) and (context.quoted or context.capitals)
    at_home = bool(context.home) and not (context.quoted and match.concept.kind == "place")  # no place is quoted
    return context.form and (bool(context.near or context.head) or at_home or not match.concept.near)


def is_strong(match: Match, context: Context) -> bool:
    """Whether the evidence is enough for a concept of a language that nobody said the text is from."""
    if match.term.status is Status.FORBIDDEN:
        return True
    if not match.concept.is_name:
        return bool(context.near) and " " in match.term.text
    single = " " not in match.term.text
    return bool(context.near) and (
        context.quoted or (context.capitals and bool(context.head)) if single else context.form
    )
