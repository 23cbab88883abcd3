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
