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
from qa.glossary.roundtrip import Proof, proofs
from qa.glossary.suspects import suspects
from qa.schema import Hit, Severity

CATEGORY = "accuracy/mistranslation"
SEVERITY = Severity.MAJOR
CONFIDENCE = 0.9


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    for suspect in suspects(doc, kit.matcher, kit.source_lang, names=True):
        name = f" of {suspect.source_term}" if suspect.source_term else ""
        yield Hit(
            suspect.start,
            suspect.end,
            f"A literal rendering{name}{suspect.note}; it is called {suspect.preferred}.",
            suspect.suggestions,
            suspect.evidence,
            cause=suspect.concept.id,
            unquote=suspect.concept.kind != "work",
        )
    if kit.translator and kit.matcher and kit.source_lang:
        for proof in proofs(doc, kit.matcher, kit.translator, kit.source_lang):
            yield _proved(doc, proof, kit.translator.signature)


def _proved(doc: Document, proof: Proof, model: str) -> Hit:
    """A finding that rests on back-translation."""
    concept, match = proof.match.concept, proof.match
    accepted = [term.text for term in concept.accepted(doc.lang)]
    note = f" ({concept.note})" if concept.note else ""
    evidence = {
        "concept": concept.id,
        "source_terms": [proof.source_term],
        "accepted": accepted,
        "back_translation": proof.hypothesis,
        "rank": proof.rank,
        "of": "the words alone" if proof.alone else "the sentence",
        "contrast_nats": proof.contrast,
        "head": proof.head,
        "model": model,
    }
    return Hit(
        match.start,
        match.end,
        f"Back-translation gives “{proof.hypothesis}”, and {proof.source_term}{note} is called {accepted[0]}: "
        "a literal rendering.",
        tuple(fit(doc, match, name) for name in accepted),
        {key: value for key, value in evidence.items() if value is not None and value != ""},
        confidence=proof.confidence,
        cause=concept.id,
        unquote=concept.kind != "work",
    )
