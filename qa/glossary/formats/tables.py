"""Tables: native, Google's and DeepL's, told apart by their first row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import chain

from qa.errors import TishinaError
from qa.glossary.formats import deepl, native
from qa.glossary.formats.common import LANG_RE, Pair, is_known
from qa.glossary.model import Concept

Row = tuple[int, list[str]]


def read(text: str, where: str, pair: Pair) -> list[Concept]:
    """Concepts of a table; `where` names it in errors."""
    rows = _rows(text, where, "\t" if where.lower().endswith(".tsv") or _is_tabbed(text) else ",")
    first = next(rows, None)
    if first is None:
        raise TishinaError(where, "empty file", "give a glossary")
    line, cells = first
    header = [cell.strip() for cell in cells]
    if _is_header(header):
        return list(native.concepts(header, rows, where, line))
    if len(cells) in (2, 4) and not any(":" in cell and native.is_column(cell) for cell in header):
        return list(deepl.concepts(chain([first], rows), where, pair))
    return list(native.concepts(header, rows, where, line))


def _is_tabbed(text: str) -> bool:
    """By the first line: a table separated by tabs has one there, and no cell in quotes before it."""
    head = text[: text.find("\n") if "\n" in text else len(text)]
    return "\t" in head and '"' not in head.partition("\t")[0].partition(",")[0]


def _rows(text: str, where: str, delimiter: str) -> Iterator[Row]:
    """Rows that are not blank, each with the line in which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise TishinaError(f"{where}:{line}", f"not a valid table ({error})", "check the quotes in this row") from None


def _is_header(header: list[str]) -> bool:
    """Names of native columns and known languages only; at least one of these."""
    langs = [name for name in header if name not in native.PLAIN and LANG_RE.fullmatch(name.partition(":")[0])]
    known = [name for name in langs if is_known(name.partition(":")[0])]
    named = [name for name in header if name in native.PLAIN]
    if len(langs) + len(named) < len(header):
        return bool(known) and bool({"id", "kind"} & {*named})
    return bool(known) or bool({"id", "kind", "description"} & {*named})
