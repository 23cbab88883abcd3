"""A name translated word by word.

A name carries no meaning to translate: the reader gets a prison that no map or archive
knows. A rendering that the glossary knows as literal counts where the place speaks for
the name: quotation marks, capitals inside the sentence, a head noun beside it ("prison",
"nerve agent"), words of the concept close by. In its ordinary meaning it stays, and so
does a gloss beside the accepted name.

Flagged:
    [ru-en] He is held in the detention centre “Sailor silence”. => Matrosskaya Tishina
    [en] He was poisoned with the nerve agent “Newbie”, the laboratory said. => Novichok
    [ru-en] The New Newspaper, edited by Dmitry Muratov, said its reporter was detained. => Novaya Gazeta

Clean:
    [ru-en] He is held in the detention centre Matrosskaya Tishina.
    [en] He is a newbie at chess.
    [ru-en] A new newspaper opened in the town.
    [en] Matrosskaya Tishina, or Sailor's Silence, stands in a street of that name.
"""

from __future__ import annotations

from collections.abc import Iterator

from qa.check import Kit
from qa.document import Document
from qa.glossary.grammar import fit
from qa.glossary.judge import Judge, Proof
from qa.glossary.roundtrip import by_translation
from qa.glossary.suspects import suspects
from qa.glossary.wordwise import by_words
from qa.schema import Hit, Severity, Span

CATEGORY = "accuracy/mistranslation"
SEVERITY = Severity.MAJOR
CONFIDENCE = 0.9


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    taken = []
    for suspect in suspects(doc, kit.matcher, kit.source_lang, names=True):
        name = f" of {suspect.source_term}" if suspect.source_term else ""
        taken.append(Span(suspect.start, suspect.end))
        yield Hit(
            suspect.start,
            suspect.end,
            f"A literal rendering{name}{suspect.note}; it is called {suspect.preferred}.",
            suspect.suggestions,
            suspect.evidence,
            cause=suspect.concept.id,
            unquote=suspect.concept.kind != "work",
        )
    for proof in _proofs(doc, kit, taken):
        if not any(proof.match.span.overlaps(span) for span in taken):
            taken.append(proof.match.span)
            yield _proved(doc, proof)


def _proofs(doc: Document, kit: Kit, taken: list[Span]) -> Iterator[Proof]:
    """Renderings that nobody wrote down: what a table of words shows, then what a model does."""
    if kit.matcher is None or kit.source_lang is None or not (kit.words or kit.translator):
        return
    judge = Judge(doc, kit.matcher)
    if kit.words:
        yield from by_words(judge, kit.words)
    if kit.translator:
        yield from by_translation(judge, kit.translator, kit.source_lang, kit.words, taken)


def _proved(doc: Document, proof: Proof) -> Hit:
    """A finding that rests on the way back into the source language."""
    concept, match = proof.match.concept, proof.match
    accepted = [term.text for term in concept.accepted(doc.lang)]
    note = f" ({concept.note})" if concept.note else ""
    evidence = {
        "concept": concept.id,
        "source_terms": [proof.source_term],
        "accepted": accepted,
        **proof.evidence,
    }
    return Hit(
        match.start,
        match.end,
        f"{proof.way}: a literal rendering of {proof.source_term}{note}, which is called {accepted[0]}.",
        tuple(fit(doc, match, name) for name in accepted),
        {key: value for key, value in evidence.items() if value is not None and value != ""},
        confidence=proof.confidence,
        cause=concept.id,
        unquote=concept.kind != "work",
    )
