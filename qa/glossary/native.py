"""The native CSV and TSV format: see qa/data/glossary/README.md."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.errors import TishinaError
from qa.glossary.model import KINDS, Concept, Status, Term

PLAIN = {"id", "kind", "pos", "case", "match", "description", "note", "fact", "valid-from", "valid-to"}
LANG_RE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.ASCII)
SPLIT_RE = re.compile(r"(?<!\\)\|")
ATTRIBUTES_RE = re.compile(r"(.*?)(?<!\\)\{([^{}]*)\}\s*", re.S)
CASES, MATCHES = ("smart", "exact", "any"), ("lemma", "exact")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of the header holds: a language and a status, `near` or `not-near`."""

    lang: str
    role: str


def read(text: str, where: str, delimiter: str = ",") -> list[Concept]:
    """Concepts of a native file; `where` names it in errors."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(rows, [])]
        columns = {name: _column(name, where) for name in header if name not in PLAIN}
        return list(_concepts(rows, header, columns, where))
    except csv.Error as error:
        raise TishinaError(f"{where}:{rows.line_num}", f"not valid CSV ({error})", "check the quotes") from None


def _column(name: str, where: str) -> Column:
    lang, _, role = name.partition(":")
    if not LANG_RE.fullmatch(lang) or role not in ("", "deprecated", "forbidden", "near", "not-near"):
        raise TishinaError(
            f"{where}:1",
            f"unknown column {name!r}",
            "use a language tag, tag:deprecated, tag:forbidden, tag:near, tag:not-near, or one of "
            + ", ".join(sorted(PLAIN)),
        )
    return Column(lang, role)


def _concepts(
    rows: Iterator[list[str]], header: list[str], columns: dict[str, Column], where: str
) -> Iterator[Concept]:
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            raise TishinaError(f"{where}:{number}", f"{len(row)} columns, expected {len(header)}", "see the header")
        concept = _concept(dict(zip(header, row, strict=True)), columns, f"{where}:{number}")
        if concept.id in seen:
            raise TishinaError(
                f"{where}:{number}",
                f"id {concept.id!r} is in line {seen[concept.id]} too",
                "give each concept an id of its own",
            )
        seen[concept.id] = number
        yield concept


def _concept(row: dict[str, str], columns: dict[str, Column], where: str) -> Concept:
    common = {
        "pos": row.get("pos", "").strip(),
        "case": row.get("case", "").strip() or "smart",
        "match": row.get("match", "").strip() or "lemma",
    }
    terms: list[Term] = []
    near: dict[str, tuple[str, ...]] = {}
    not_near: dict[str, tuple[str, ...]] = {}
    for name, column in columns.items():
        cells = [unescape(cell) for cell in SPLIT_RE.split(row[name]) if cell.strip()]
        if column.role == "near" and cells:
            near[column.lang] = tuple(cells)
        elif column.role == "not-near" and cells:
            not_near[column.lang] = tuple(cells)
        elif cells:
            terms += _terms(SPLIT_RE.split(row[name]), column, common, where)
    if not terms:
        raise TishinaError(where, "no term in this row", "give a term in some language, or delete the row")
    kind = row.get("kind", "").strip() or "other"
    if kind not in KINDS:
        raise TishinaError(where, f"unknown kind {kind!r}", f"use one of: {', '.join(sorted(KINDS))}")
    return Concept(
        id=row.get("id", "").strip() or "-".join(terms[0].text.casefold().split()),
        kind=kind,
        terms=tuple(terms),
        near=near,
        not_near=not_near,
        note=(row.get("description") or row.get("note") or "").strip(),
        fact=row.get("fact", "").strip(),
        valid_from=row.get("valid-from", "").strip(),
        valid_to=row.get("valid-to", "").strip(),
    )


def _terms(cells: list[str], column: Column, common: dict[str, str], where: str) -> Iterator[Term]:
    for place, cell in enumerate(c for c in cells if c.strip()):
        status = Status(column.role) if column.role else (Status.ADMITTED if place else Status.PREFERRED)
        text, own = _attributes(cell, where)
        shared = {k: v for k, v in common.items() if v and not (k == "pos" and place)}
        given = _checked({**shared, **own}, where)
        yield Term(text, column.lang, status, given.get("pos", ""), given["case"], given["match"])


def _attributes(cell: str, where: str) -> tuple[str, dict[str, str]]:
    """The term and its own attributes: `Newbie{case=exact;match=exact}`."""
    match = ATTRIBUTES_RE.fullmatch(cell.strip())
    if not match:
        return unescape(cell), {}
    pairs = [part.partition("=") for part in match.group(2).split(";") if part.strip()]
    return unescape(match.group(1)), {key.strip(): value.strip() for key, _, value in pairs}


def _checked(attributes: dict[str, str], where: str) -> dict[str, str]:
    allowed = {"case": CASES, "match": MATCHES, "pos": None}
    for key, value in attributes.items():
        if key not in allowed:
            raise TishinaError(where, f"unknown attribute {key!r}", "use case, match or pos")
        choices = allowed[key]
        if choices and value not in choices:
            raise TishinaError(where, f"{key} is {value!r}", f"use one of: {', '.join(choices)}")
    return attributes


def unescape(cell: str) -> str:
    return re.sub(r"\\([|{}\\])", r"\1", cell.strip())
