"""The native CSV and TSV format: see qa/data/glossary/README.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qa.errors import TishinaError
from qa.glossary.formats.common import CASES, LANG_RE, MATCHES, Ids, checked, date
from qa.glossary.model import KINDS, Concept, Status, Term

PLAIN = {"id", "kind", "pos", "case", "match", "description", "note", "fact", "valid-from", "valid-to"}
ROLES = ("", "deprecated", "forbidden", "near", "not-near")
PIECE_RE = re.compile(r"(?:\\.|[^\\|]|\\$)+", re.S)
ATTRIBUTES_RE = re.compile(r"((?:\\.|[^\\{}])*)\{([^{}]*)\}\s*", re.S)
SPECIAL_RE = re.compile(r"[|{\\]")
ESCAPE_RE = re.compile(r"\\([|{}\\])")
ACCEPTED = (Status.PREFERRED, Status.ADMITTED)


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of the header holds: a language and a status, `near` or `not-near`."""

    place: int
    lang: str
    role: str
    status: Status
    side: bool


@dataclass(frozen=True, slots=True)
class Common:
    """What `pos` (of the first term), `case` and `match` of a row say of its terms."""

    pos: str = ""
    case: str = "smart"
    match: str = "lemma"


PLAIN_TERMS = Common()


def concepts(
    header: Sequence[str], rows: Iterable[tuple[int, list[str]]], where: str, line: int = 1
) -> Iterator[Concept]:
    """Concepts of the rows under a header; each row comes with its line."""
    columns = _columns(header, where, line)
    places = [(name, place) for place, name in enumerate(header) if name in PLAIN]
    ids = Ids()
    for number, row in rows:
        if len(row) != len(header):
            what = f"{len(row)} columns, expected {len(header)}"
            raise TishinaError(f"{where}:{number}", what, "quote a cell that has the separator in it")
        plain = {name: cell for name, place in places if (cell := row[place].strip())}
        concept = _concept(plain, row, columns, f"{where}:{number}")
        id = ids.give(concept.id, concept.terms[0].text, where, number)
        yield concept if id == concept.id else replace(concept, id=id)


def is_column(name: str) -> bool:
    """Whether a header may have a column of that name."""
    lang, _, role = name.partition(":")
    return name in PLAIN or (bool(LANG_RE.fullmatch(lang)) and role in ROLES)


def _columns(header: Sequence[str], where: str, line: int) -> list[Column]:
    place = f"{where}:{line}"
    for name in header:
        if not is_column(name):
            fix = "use a language tag, tag:deprecated, tag:forbidden, tag:near, tag:not-near, or one of "
            raise TishinaError(place, f"unknown column {name!r}", fix + ", ".join(sorted(PLAIN)))
        if header.count(name) > 1:
            raise TishinaError(place, f"column {name!r} is there twice", "join the two")
    columns = [_column(number, name) for number, name in enumerate(header) if name not in PLAIN]
    if not columns:
        raise TishinaError(place, "no column of a language", "name the columns, one by a language tag like ru")
    return columns


def _column(place: int, name: str) -> Column:
    lang, _, role = name.partition(":")
    side = role in ("near", "not-near")
    return Column(place, lang, role, Status(role) if role and not side else Status.PREFERRED, side)


def _concept(plain: dict[str, str], row: list[str], columns: Sequence[Column], where: str) -> Concept:
    common = _common(plain, where)
    terms: list[Term] = []
    near: dict[str, tuple[str, ...]] = {}
    not_near: dict[str, tuple[str, ...]] = {}
    for column in columns:
        cell = row[column.place]
        if not cell:
            continue
        if column.side:
            if listed := tuple([unescape(piece) for piece in split(cell)]):
                (near if column.role == "near" else not_near)[column.lang] = listed
        elif SPECIAL_RE.search(cell):
            terms += _terms(cell, column, common, where)
        elif text := cell.strip():
            terms.append(Term(text, column.lang, column.status, common.pos, common.case, common.match))
    if not terms:
        raise TishinaError(where, "no term in this row", "give a term in some language, or delete the row")
    kind = plain.get("kind") or "other"
    if kind not in KINDS:
        checked(kind, sorted(KINDS), "kind", where)
    said = plain.get
    return Concept(
        said("id", ""),
        kind,
        tuple(terms),
        near,
        not_near,
        said("description") or said("note", ""),
        said("fact", ""),
        date(said("valid-from", ""), "valid-from", where),
        date(said("valid-to", ""), "valid-to", where),
    )


def _common(plain: dict[str, str], where: str) -> Common:
    pos, case, match = plain.get("pos", ""), plain.get("case", ""), plain.get("match", "")
    if not (pos or case or match):
        return PLAIN_TERMS
    return Common(
        pos, checked(case or "smart", CASES, "case", where), checked(match or "lemma", MATCHES, "match", where)
    )


def _terms(cell: str, column: Column, common: Common, where: str) -> Iterator[Term]:
    """The terms of a cell; of the accepted ones the first is preferred."""
    pos, status = common.pos, column.status
    for piece in split(cell):
        if "{" in piece or "\\" in piece:
            yield _attributed(piece, column, status, Common(pos, common.case, common.match), where)
        else:
            yield Term(piece, column.lang, status, pos, common.case, common.match)
        pos = ""
        if status is Status.PREFERRED:
            status = Status.ADMITTED


def _attributed(piece: str, column: Column, status: Status, common: Common, where: str) -> Term:
    """A term with attributes of its own: `Newbie{case=exact;match=exact}`."""
    match = ATTRIBUTES_RE.fullmatch(piece)
    text = unescape(match.group(1) if match else piece)
    pairs = [part.partition("=") for part in match.group(2).split(";") if part.strip()] if match else []
    own = {key.strip(): value.strip() for key, _, value in pairs}
    for key in own:
        checked(key, ("case", "match", "pos", "status"), "an attribute", where)
    if "status" in own:
        choices = [str(s) for s in ACCEPTED] if not column.role else [column.role]
        status = Status(checked(own["status"], choices, "status", where))
    if not text:
        raise TishinaError(where, f"no term before the brace in {piece!r}", "write the term, or escape the brace")
    return Term(
        text,
        column.lang,
        status,
        own.get("pos", common.pos),
        checked(own.get("case", common.case), CASES, "case", where),
        checked(own.get("match", common.match), MATCHES, "match", where),
    )


def split(cell: str) -> list[str]:
    """The pieces between bars that are not escaped, without blanks around them."""
    pieces = PIECE_RE.findall(cell) if "\\" in cell else cell.split("|")
    return [piece for raw in pieces if (piece := raw.strip())]


def unescape(piece: str) -> str:
    return ESCAPE_RE.sub(r"\1", piece).strip() if "\\" in piece else piece
