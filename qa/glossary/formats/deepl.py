"""DeepL's glossaries: two columns, source and target, or four with the languages behind; no header."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from qa.errors import TishinaError
from qa.glossary.formats.common import Ids, Loss, Pair, count_details, count_left_out
from qa.glossary.model import Concept, Row, Status, TermRow, same_language


def rows(lines: Iterable[tuple[int, list[str]]], where: str, pair: Pair) -> Iterator[Row]:
    """A concept a row. The language pair is that of the row, else the one given."""
    ids = Ids()
    pairs: dict[tuple[str, ...], Pair] = {}
    for line, cells in lines:
        place = f"{where}:{line}"
        source, target, *named = [cell.strip() for cell in cells] + [""] * (2 - len(cells))
        if [source.lower(), target.lower()] == ["source", "target"]:
            continue  # a header that some tools write
        if len(cells) not in (2, 4):
            what = f"{len(cells)} columns, expected source, target, and perhaps their languages"
            raise TishinaError(place, what, "quote a cell that has the separator in it")
        if not source or not target:
            raise TishinaError(place, "a term is missing", "give both terms, or delete the row")
        if (langs := pairs.get(key := tuple(named))) is None:
            langs = pairs[key] = _pair(named, pair).asked(place)
        terms: list[TermRow] = [(source, langs.source, "preferred"), (target, langs.target, "preferred")]
        yield ids.give("", source, where, line), "other", terms, {}


def _pair(named: Sequence[str], given: Pair) -> Pair:
    """The languages that a row names, else those given."""
    source, target = named or ("", "")
    return Pair(source or given.source, target or given.target)


def write(concepts: Sequence[Concept], pair: Pair, loss: Loss, where: str, delimiter: str = ",") -> bytes:
    """Each accepted source term with the preferred target term; the languages too, but not in TSV."""
    pair = pair.of(concepts, where)
    count_left_out(concepts, pair, loss)
    written: dict[str, str] = {}
    for concept in concepts:
        for source, target in _pairs(concept, pair, loss):
            loss["source terms that occur twice"] += source in written
            written.setdefault(source, target)
    out = io.StringIO(newline="")
    table = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    langs = (pair.source, pair.target) if delimiter == "," else ()
    table.writerows((source, target, *langs) for source, target in written.items())
    return out.getvalue().encode("utf-8", "replace")


def _pairs(concept: Concept, pair: Pair, loss: Loss) -> Iterator[tuple[str, str]]:
    sources = [t for t in concept.terms if t.status.accepted and same_language(t.lang, pair.source)]
    targets = concept.accepted(pair.target)
    wrong = [t for t in concept.terms if not t.status.accepted]
    loss["deprecated and forbidden terms"] += len(wrong)
    loss["further accepted terms"] += len(targets[1:])
    loss["parts of speech, case and match of terms"] += sum(
        t.pos != "" or t.case != "smart" or t.match != "lemma" for t in (*sources, *targets[:1])
    )
    loss["concepts without a term in both languages"] += not sources or not targets
    loss["terms that are not preferred"] += sum(t.status is not Status.PREFERRED for t in targets[:1])
    count_details(concept, loss)
    for term in sources if targets else ():
        yield term.text, targets[0].text
