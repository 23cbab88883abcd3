"""Writing the native format: everything that a concept holds, attributes of single terms in braces."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from qa.glossary.formats.common import Loss, Pair
from qa.glossary.model import Concept, Status, Term

ROLES = {Status.FORBIDDEN: "forbidden", Status.DEPRECATED: "deprecated"}


def write(concepts: Sequence[Concept], pair: Pair, loss: Loss, where: str, delimiter: str = ",") -> bytes:
    """A table; nothing is lost."""
    columns = _columns(concepts)
    out = io.StringIO(newline="")
    table = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    table.writerow(columns)
    for concept in concepts:
        cells = _cells(concept)
        table.writerow([cells.get(column, "") for column in columns])
    return out.getvalue().encode("utf-8", "replace")


def _columns(concepts: Sequence[Concept]) -> list[str]:
    """The columns that are used: languages in the order in which they appear, each with its own further columns."""
    used = {column for concept in concepts for column in _cells(concept)}
    langs = dict.fromkeys(lang for c in concepts for lang in (*(t.lang for t in c.terms), *c.near, *c.not_near))
    roles = ("", ":forbidden", ":deprecated", ":near", ":not-near")
    order = ["id", "kind", *(lang + role for lang in langs for role in roles)]
    return [name for name in (*order, "description", "fact", "valid-from", "valid-to") if name in used]


def _cells(concept: Concept) -> dict[str, str]:
    cells = {
        "id": concept.id, "kind": concept.kind, "description": concept.note, "fact": concept.fact,
        "valid-from": concept.valid_from, "valid-to": concept.valid_to,
    }  # fmt: skip
    columns: dict[str, list[Term]] = {}
    for term in concept.terms:
        role = ROLES.get(term.status, "")
        columns.setdefault(f"{term.lang}:{role}" if role else term.lang, []).append(term)
    cells |= {name: "|".join(_piece(term, place) for place, term in enumerate(t)) for name, t in columns.items()}
    return {name: text for name, text in {**cells, **_words(concept)}.items() if text}


def _words(concept: Concept) -> dict[str, str]:
    sides: Iterable[tuple[str, Mapping[str, tuple[str, ...]]]] = (
        ("near", concept.near),
        ("not-near", concept.not_near),
    )
    return {f"{lang}:{role}": "|".join(map(escape, words)) for role, side in sides for lang, words in side.items()}


def _piece(term: Term, place: int) -> str:
    """A term with what its place does not say."""
    usual = Status.ADMITTED if place else Status.PREFERRED
    own = {
        "status": str(term.status) if term.status.accepted and term.status is not usual else "",
        "pos": term.pos,
        "case": term.case if term.case != "smart" else "",
        "match": term.match if term.match != "lemma" else "",
    }
    given = ";".join(f"{key}={value}" for key, value in own.items() if value)
    return escape(term.text) + (f"{{{given}}}" if given else "")


def escape(text: str) -> str:
    return re.sub(r"([|{}\\])", r"\\\1", text)
