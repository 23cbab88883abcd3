"""The native CSV and TSV format: see qa/data/glossary/README.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from qa.errors import TishinaError
from qa.glossary.formats.common import CASES, LANG_RE, MATCHES, Ids, checked, date
from qa.glossary.model import KINDS, USUAL, Row, TermRow, Words, unusual

PLAIN = ("id", "kind", "pos", "case", "match", "description", "note", "fact", "valid-from", "valid-to")
ROLES = ("", "deprecated", "forbidden", "near", "not-near")
PIECE_RE = re.compile(r"(?:\\.|[^\\|]|\\$)+", re.S)
ATTRIBUTES_RE = re.compile(r"((?:\\.|[^\\{}])*)\{([^{}]*)\}\s*", re.S)
ESCAPE_RE = re.compile(r"\\([|{}\\])")
PREFERRED, ADMITTED = "preferred", "admitted"


class Column(NamedTuple):
    """A column of a language: its place, and the status of its terms, `near` or `not-near`."""

    place: int
    lang: str
    role: str


class Layout:
    """Where the things of a concept stand in the cells of a row."""

    def __init__(self, header: Sequence[str], where: str) -> None:
        columns = _columns(header, where)
        self.width = len(header)
        # What no column is for is looked for behind the last one, where `rows` puts an empty cell.
        self.plain = itemgetter(*[header.index(name) if name in header else self.width for name in PLAIN])
        self.near = [column for column in columns if column.role == "near"]
        self.not_near = [column for column in columns if column.role == "not-near"]
        self.terms = [column for column in columns if column.role not in ("near", "not-near")]


def rows(header: Sequence[str], lines: Iterable[tuple[int, list[str]]], where: str, line: int = 1) -> Iterator[Row]:
    """The rows of the concepts under a header; the cells of each come with their line."""
    layout = Layout(header, f"{where}:{line}")
    ids = Ids()
    for number, cells in lines:
        if len(cells) != layout.width:
            what = f"{len(cells)} columns, expected {layout.width}"
            raise TishinaError(f"{where}:{number}", what, "quote a cell that has the separator in it")
        cells.append("")
        yield _row(cells, layout, ids, where, number)


def is_column(name: str) -> bool:
    """Whether a header may have a column of that name."""
    lang, _, role = name.partition(":")
    return name in PLAIN or (bool(LANG_RE.fullmatch(lang)) and role in ROLES)


def _columns(header: Sequence[str], where: str) -> list[Column]:
    for name in header:
        if not is_column(name):
            fix = "use a language tag, tag:deprecated, tag:forbidden, tag:near, tag:not-near, or one of "
            raise TishinaError(where, f"unknown column {name!r}", fix + ", ".join(sorted(PLAIN)))
        if header.count(name) > 1:
            raise TishinaError(where, f"column {name!r} is there twice", "join the two")
    named = [(place, *name.partition(":")) for place, name in enumerate(header) if name not in PLAIN]
    if not named:
        raise TishinaError(where, "no column of a language", "name the columns, one by a language tag like ru")
    return [Column(place, lang, role or PREFERRED) for place, lang, _, role in named]


def _row(cells: list[str], layout: Layout, ids: Ids, file: str, line: int) -> Row:
    """The concept of some cells: what `Concept.row` gives."""
    where = f"{file}:{line}"
    id, kind, pos, case, match, description, note, fact, start, end = map(str.strip, layout.plain(cells))
    common = _common(pos, case, match, where) if pos or case or match else ()
    terms = _terms(cells, layout.terms, common, where)
    if not terms:
        raise TishinaError(where, "no term in this row", "give a term in some language, or delete the row")
    if kind and kind not in KINDS:
        checked(kind, sorted(KINDS), "kind", where)
    dates = date(start, "valid-from", where), date(end, "valid-to", where)
    head = (ids.give(id, terms[0][0], file, line), kind or "other", terms, _words(cells, layout.near))
    details = (_words(cells, layout.not_near), description or note, fact, *dates)
    return head + details if any(details) else head


def _common(pos: str, case: str, match: str, where: str) -> tuple[str, ...]:
    """What `pos` (of the first term in a cell), `case` and `match` of a row say of its terms."""
    case = checked(case or "smart", CASES, "case", where)
    return unusual(pos, case, checked(match or "lemma", MATCHES, "match", where))


def _terms(cells: list[str], columns: list[Column], common: tuple[str, ...], where: str) -> list[TermRow]:
    """The terms of a row; `common` is the end that the row gives to theirs."""
    terms: list[TermRow] = []
    for column in columns:
        place, lang, status = column
        cell = cells[place]
        if "|" in cell or "{" in cell or "\\" in cell:
            terms += _listed(cell, column, common, where)
        elif text := cell.strip():
            terms.append((text, lang, status, *common))
    return terms


def _listed(cell: str, column: Column, common: tuple[str, ...], where: str) -> Iterator[TermRow]:
    """The terms of a cell; of the accepted ones the first is preferred."""
    status = column.role
    pos, case, match = common or USUAL
    for piece in split(cell):
        if "{" in piece or "\\" in piece:
            yield _attributed(piece, column, status, (pos, case, match), where)
        else:
            yield (piece, column.lang, status, *unusual(pos, case, match))
        pos = ""
        if status == PREFERRED:
            status = ADMITTED


def _attributed(piece: str, column: Column, status: str, common: tuple[str, str, str], where: str) -> TermRow:
    """A term with attributes of its own: `Newbie{case=exact;match=exact}`."""
    match = ATTRIBUTES_RE.fullmatch(piece)
    text = unescape(match.group(1) if match else piece)
    pairs = [part.partition("=") for part in match.group(2).split(";") if part.strip()] if match else []
    own = {key.strip(): value.strip() for key, _, value in pairs}
    for key in own:
        checked(key, ("case", "match", "pos", "status"), "an attribute", where)
    if "status" in own:
        choices = (PREFERRED, ADMITTED) if column.role == PREFERRED else (column.role,)
        status = checked(own["status"], choices, "status", where)
    if not text:
        raise TishinaError(where, f"no term before the brace in {piece!r}", "write the term, or escape the brace")
    pos, case, how = common
    case = checked(own.get("case", case), CASES, "case", where)
    how = checked(own.get("match", how), MATCHES, "match", where)
    return (text, column.lang, status, *unusual(own.get("pos", pos), case, how))


def _words(cells: list[str], columns: list[Column]) -> Words:
    """The words of each language in the columns of one side."""
    return {lang: found for place, lang, _ in columns if (found := words(cells[place]))}


@lru_cache(maxsize=100_000)
def words(cell: str) -> tuple[str, ...]:
    """The words of a `near` cell."""
    pieces = split(cell)
    return tuple([unescape(piece) for piece in pieces] if "\\" in cell else pieces)


def split(cell: str) -> list[str]:
    """The pieces between bars that are not escaped, without blanks around them."""
    pieces = PIECE_RE.findall(cell) if "\\" in cell else cell.split("|")
    return [piece for raw in pieces if (piece := raw.strip())]


def unescape(piece: str) -> str:
    return ESCAPE_RE.sub(r"\1", piece).strip() if "\\" in piece else piece
