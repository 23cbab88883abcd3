"""Google's equivalent term sets: a header of language tags, `pos` and `description`; one term a language.

Such a file is read as a native one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from qa.glossary.formats.common import Loss, Pair, count_details
from qa.glossary.formats.native_write import escape
from qa.glossary.model import Concept


def write(concepts: Sequence[Concept], pair: Pair, loss: Loss, where: str, delimiter: str = ",") -> bytes:
    """The first accepted term in every language; what else there is, is counted in `loss`."""
    langs = list(dict.fromkeys(t.lang for c in concepts for t in c.terms if t.status.accepted))
    out = io.StringIO(newline="")
    table = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    table.writerow([*langs, "pos", "description"])
    for concept in concepts:
        row = _row(concept, langs, loss)
        if any(row[: len(langs)]):
            table.writerow(row)
    return out.getvalue().encode("utf-8", "replace")


def _row(concept: Concept, langs: Sequence[str], loss: Loss) -> list[str]:
    accepted = [t for t in concept.terms if t.status.accepted]
    first = {lang: next((t for t in concept.accepted(lang) if t.lang == lang), None) for lang in langs}
    chosen = [t for t in first.values() if t]
    loss["deprecated and forbidden terms"] += len(concept.terms) - len(accepted)
    loss["further accepted terms"] += len(accepted) - len(chosen)
    loss["case and match of terms"] += sum(t.case != "smart" or t.match != "lemma" for t in chosen)
    loss["parts of speech"] += sum(bool(t.pos) for t in chosen[1:])
    count_details(concept, loss, keeps=("notes",))
    pos = chosen[0].pos if chosen else ""
    return [*(escape(t.text) if t else "" for t in first.values()), pos, concept.note]
