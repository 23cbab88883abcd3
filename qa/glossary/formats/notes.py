"""How TBX notes carry what TBX has no place for: `near en: nerve agent | poison`.

Such notes are read back into the concept; a note of anybody else stays a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.glossary.formats.native_write import escape
from qa.glossary.model import Concept, Term

CONCEPT_RE = re.compile(r"(id|valid-from|valid-to|(?:not-)?near ([A-Za-z0-9-]+)): (.*)", re.S)
TERM_RE = re.compile(r"forbidden|(pos|case|match): (.*)", re.S)


def of_concept(concept: Concept, id: str) -> Iterator[str]:
    """Notes of a concept; its id where the file's `id` attribute has another."""
    if id != concept.id:
        yield f"id: {concept.id}"
    for role, words in (("near", concept.near), ("not-near", concept.not_near)):
        for lang, listed in words.items():
            yield f"{role} {lang}: {' | '.join(map(escape, listed))}"
    for name, date in (("valid-from", concept.valid_from), ("valid-to", concept.valid_to)):
        if date:
            yield f"{name}: {date}"


def of_term(term: Term, pos_is_known: bool) -> Iterator[str]:
    """Notes of a term; `pos_is_known` where the format has a value for its part of speech."""
    if term.status == "forbidden":
        yield "forbidden"
    given = {"pos": "" if pos_is_known else term.pos, "case": term.case, "match": term.match}
    for name, value in given.items():
        if value and (name, value) not in (("case", "smart"), ("match", "lemma")):
            yield f"{name}: {value}"
