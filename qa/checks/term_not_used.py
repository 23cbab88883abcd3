"""The source names something, and the translation does not call it by its name.

With the source at hand, the glossary knows what has to be in the text: the prison, the
paper, the agency that the source names, through inflection. Where no accepted rendering
is there, a rendering that is known to be wrong, or whose words translate those of the
source one by one, needs no further proof; one that was only transliterated, or left in the source language, leaves the reader with a word nobody
uses. Where nothing stands for the name, that is said without a penalty: a translation
may be right in words that no glossary lists.

Flagged:
    [ru-en] Соединения группы «Новичок» нашли на ручке двери. ⇒ Compounds of the rookie group were found on the door handle. => Novichok
    [ru-en] Его перевели в «Матросскую тишину». ⇒ He was moved to Matrosskuyu Tishinu. => Matrosskaya Tishina
    [de-en] Der Generalbundesanwalt hat Anklage erhoben. ⇒ The Generalbundesanwalt has filed charges. => federal prosecutor general
    [ru-en] Об этом пишет «Новая газета». ⇒ This was reported on Monday by several outlets. => ?

Clean:
    [ru-en] Соединения группы «Новичок» нашли на ручке двери. ⇒ Novichok compounds were found on the door handle.
    [ru-en] Он новичок в шахматах. ⇒ He is a newbie at chess.
    [ru-en] Его перевели в «Матросскую тишину». ⇒ He was moved to Moscow's Matrosskaya Tishina prison.
    [ru-en] ФБК признали экстремистским. ⇒ The Anti-Corruption Foundation was declared extremist.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from qa.check import Kit
from qa.document import Document, Token
from qa.glossary.context import is_quoted
from qa.glossary.demands import Demand, counterpart, demands
from qa.glossary.grammar import fit, with_article
from qa.glossary.judge import MAX_WORDS
from qa.glossary.literal import Anticipation, Rendering
from qa.glossary.matcher import Match, Matcher, tokens
from qa.glossary.model import Concept, Status, Term
from qa.glossary.normalise import fold
from qa.glossary.romanise import romanised
from qa.glossary.suspects import suspects
from qa.language import base, detect
from qa.names import sound_key
from qa.schema import Hit, Severity, Span
from qa.text import TOKEN_RE

CATEGORY = "terminology/wrong-term"
SEVERITY = Severity.MAJOR
CONFIDENCE = 0.85

MIN_WORD = 5
MIN_TELLING = 4
LITERAL, UNTRANSLATED, TRANSLITERATED, ABSENT = 0.75, 0.7, 0.7, 0.4


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    if not doc.article.source or kit.matcher is None:
        return
    lang = base(doc.article.source_lang) or detect(doc.article.source[:4000]) or kit.source_lang
    if not lang or lang == doc.lang:
        return
    source, wanted = demands(doc, lang, kit.matcher)
    found = [*kit.matcher.find(doc), *_in_title(doc, kit.matcher)]
    used = {m.concept.id for m in found if m.term.status.accepted and not _is_inside_wrong(m, found)}
    open_to_doubt = [d for d in wanted if d.concept.id not in used and d.concept.accepted(doc.lang)]
    if not open_to_doubt:
        return
    said = [Span(s.start, s.end) for names in (True, False) for s in suspects(doc, kit.matcher, kit.source_lang, names)]
    for demand in open_to_doubt:
        yield from _unmet(doc, source, demand, said, lang, kit)


def _is_inside_wrong(match: Match, found: Sequence[Match]) -> bool:
    return any(
        o.concept.id == match.concept.id and not o.term.status.accepted and o.span.contains(match.span) for o in found
    )


def _in_title(doc: Document, matcher: Matcher) -> list[Match]:
    title = doc.article.title or ""
    return list(matcher.search(title, tokens(title), doc.lang)) if title else []


def _unmet(doc: Document, source: Document, demand: Demand, said: Sequence[Span], lang: str, kit: Kit) -> Iterator[Hit]:
    """What stands for a name that is not there: the first of wrong, literal, transliterated, untranslated, nothing."""
    evidence = _evidence(source, demand, doc.lang)
    matcher = kit.matcher
    assert matcher is not None
    wrong = [m for m in matcher.find(doc) if m.concept.id == demand.concept.id and not m.term.status.accepted]
    if wrong:
        yield from _wrong(doc, source, demand, wrong, said, evidence)
    elif literal := _word_by_word(doc, source, demand, kit.words):
        yield from _as_literal(doc, demand, *literal, said, evidence)
    elif demand.concept.is_name:
        left = list(_left_over(doc, source, demand, lang))
        yield from _as_left(doc, demand, left, evidence) if left else _absent(doc, source, demand, evidence)


def _wrong(
    doc: Document,
    source: Document,
    demand: Demand,
    wrong: Sequence[Match],
    said: Sequence[Span],
    evidence: dict[str, Any],
) -> Iterator[Hit]:
    """Renderings that the glossary calls wrong, where no other rule says so; phrases only where their source is."""
    near = [counterpart(doc, source, m) for m in demand.found]
    for match in wrong:
        if any(match.span.overlaps(span) for span in said):
            continue
        if not demand.concept.is_name and not any(span.contains(match.span) for span in near):
            continue
        yield Hit(
            match.start,
            match.end,
            f"The source has {_named(demand)}; this is a literal rendering of it.",
            _fitting(doc, match, demand.concept),
            {**evidence, "rendering": match.term.text, "status": str(match.term.status)},
            severity=None if demand.concept.is_name else Severity.MINOR,
            cause=demand.concept.id,
            unquote=demand.concept.kind != "work",
        )


def _word_by_word(
    doc: Document, source: Document, demand: Demand, words: Anticipation | None
) -> tuple[Span, Rendering] | None:
    """The words, where the source term should stand, that translate its words one by one: as few as do."""
    places = {counterpart(doc, source, m) for m in demand.found} if words else set()
    runs = [run for run in _runs(doc, set(range(1, MAX_WORDS + 2))) for p in places if p.start <= run[0].start < p.end]
    for run in sorted(runs, key=lambda r: (len(r), r[0].start)):
        span = Span(run[0].start, run[-1].end)
        for rendering in words.renderings(span.of(doc.text)) if words else ():
            if rendering.concept.id == demand.concept.id:
                return span, rendering
    return None


def _as_literal(
    doc: Document, demand: Demand, span: Span, rendering: Rendering, said: Sequence[Span], evidence: dict[str, Any]
) -> Iterator[Hit]:
    if any(span.overlaps(other) for other in said):
        return
    match = Match(span.start, span.end, Term(span.of(doc.text), doc.lang, Status.DEPRECATED), demand.concept)
    pairs = ", ".join(f"{one} → {other}" for one, other in rendering.pairs)
    start, suggestions = with_article(doc, match, _fitting(doc, match, demand.concept))
    yield Hit(
        start,
        span.end,
        f"The source has {_named(demand)}; this is a rendering of it word by word ({pairs}).",
        suggestions,
        {**evidence, "words": dict(rendering.pairs)},
        confidence=round(min(0.95, LITERAL + rendering.strength / 5), 3),
        cause=demand.concept.id,
        unquote=demand.concept.kind != "work",
    )


def _fitting(doc: Document, match: Match, concept: Concept) -> tuple[str, ...]:
    return tuple(fit(doc, match, term.text) for term in concept.accepted(doc.lang))


def _as_left(
    doc: Document, demand: Demand, left: Sequence[tuple[Span, str, float]], evidence: dict[str, Any]
) -> Iterator[Hit]:
    for span, how, confidence in left:
        yield Hit(
            span.start,
            span.end,
            f"The source has {_named(demand)}, {how} here.",
            tuple(t.text for t in demand.concept.accepted(doc.lang)),
            {**evidence, "how": how},
            severity=Severity.MINOR,
            confidence=confidence,
            cause=demand.concept.id,
            unquote=is_quoted(doc.text, span),
        )


def _left_over(doc: Document, source: Document, demand: Demand, lang: str) -> Iterator[tuple[Span, str, float]]:
    """Places where the source term itself stands, in its own letters or in Latin ones."""
    forms = {m.span.of(source.text) for m in demand.found} | {m.term.text for m in demand.found}
    plain = {tuple(map(fold, TOKEN_RE.findall(form))) for form in forms}
    sounds = {tuple(_sound(word, lang) for word in words) for words in plain}
    for words in _runs(doc, {len(form) for form in plain}):
        spelled = tuple(fold(t.text) for t in words)
        span = Span(words[0].start, words[-1].end)
        if not span.of(doc.text)[0].isupper() or sum(map(len, spelled)) < MIN_WORD:
            continue
        if spelled in plain:
            yield span, "left untranslated", UNTRANSLATED
        elif all(all(form) for form in sounds) and tuple(map(sound_key, spelled)) in sounds:
            yield span, "transliterated", TRANSLITERATED


def _sound(word: str, lang: str) -> str:
    latin = romanised(word, lang)
    return sound_key(latin) if latin else ""


def _runs(doc: Document, lengths: set[int]) -> Iterator[Sequence[Token]]:
    """All runs of words of those lengths with nothing but blanks or a hyphen between."""
    for length in lengths:
        for start in range(len(doc.tokens) - length + 1):
            run = doc.tokens[start : start + length]
            if all(doc.text[a.end : b.start] in (" ", "-", "\u00a0") for a, b in pairwise(run)):
                yield run


def _absent(doc: Document, source: Document, demand: Demand, evidence: dict[str, Any]) -> Iterator[Hit]:
    """Nothing stands for the name, not even a telling word of one of its renderings."""
    accepted = demand.concept.accepted(doc.lang)
    telling = {fold(w)[:MIN_WORD] for t in accepted for w in TOKEN_RE.findall(t.text) if len(w) >= MIN_TELLING}
    if not telling or any(fold(t.text)[:MIN_WORD] in telling for t in doc.tokens):
        return
    span = counterpart(doc, source, demand.found[0])
    yield Hit(
        span.start,
        span.end,
        f"The source has {_named(demand)}, which is called {accepted[0].text}; nothing here stands for it.",
        (),
        evidence,
        severity=Severity.NEUTRAL,
        confidence=ABSENT,
        cause=demand.concept.id,
    )


def _named(demand: Demand) -> str:
    note = f" ({demand.concept.note})" if demand.concept.note else ""
    return f"“{demand.found[0].term.text}”{note}"


def _evidence(source: Document, demand: Demand, lang: str) -> dict[str, Any]:
    accepted: Sequence[Term] = demand.concept.accepted(lang)
    places = [{"start": m.start, "end": m.end, "text": m.span.of(source.text)} for m in demand.found]
    said = {
        "concept": demand.concept.id,
        "kind": demand.concept.kind,
        "source": places,
        "accepted": [t.text for t in accepted],
        "fact": demand.concept.fact,
    }
    return {name: value for name, value in said.items() if value}
