"""Tables: native, Google's and DeepL's, told apart by their first row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import chain

from qa.errors import TishinaError
from qa.glossary.formats import deepl, native
from qa.glossary.formats.common import LANG_RE, Pair, is_known
from qa.glossary.model import Row

# The line in which a row of the table begins, and its cells.
Line = tuple[int, list[str]]


def read(text: str, where: str, pair: Pair) -> list[Row]:
    """The rows of the concepts of a table; `where` names it in errors."""
    lines = _lines(text, where, "\t" if where.lower().endswith(".tsv") or _is_tabbed(text) else ",")
    first = next(lines, None)
    if first is None:
        raise TishinaError(where, "empty file", "give a glossary")
    line, cells = first
    header = [cell.strip() for cell in cells]
    if _is_header(header) or len(cells) not in (2, 4) or any(":" in n and native.is_column(n) for n in header):
        return list(native.rows(header, lines, where, line))
    return list(deepl.rows(chain([first], lines), where, pair))


def _is_tabbed(text: str) -> bool:
    """By the first line: a table separated by tabs has one there, and no cell in quotes before it."""
    head = text[: text.find("\n") if "\n" in text else len(text)]
    return "\t" in head and '"' not in head.partition("\t")[0].partition(",")[0]


def _lines(text: str, where: str, delimiter: str) -> Iterator[Line]:
    """The rows of the table that are not blank."""
    stream = io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8", newline="")  # leaner than StringIO
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            if any(map(str.strip, row)):
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
