"""One article a record: JSON Lines, a JSON list, CSV and TSV with a header.

Fields: `target` (or `text`), and where there are, `id`, `source`, `source_lang`,
`target_lang`, `title`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from qa.articles.plain import links
from qa.errors import TishinaError
from qa.schema import Article

TEXT_FIELDS = ("target", "text")
OPTIONAL = ("source", "source_lang", "target_lang", "title")


def read_jsonl(text: str, name: str) -> Iterator[Article]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _parsed(line, name, number)


def read_json(text: str, name: str) -> Iterator[Article]:
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise TishinaError(name, f"not valid JSON ({error})", "mend the file") from None
    records = data if isinstance(data, list) else [data]
    yield from (article(record, name, number) for number, record in enumerate(records, 1))


def read_csv(text: str, name: str) -> Iterator[Article]:
    return _table(text, name, ",")


def read_tsv(text: str, name: str) -> Iterator[Article]:
    return _table(text, name, "\t")


def _parsed(line: str, name: str, number: int) -> Article:
    try:
        return article(json.loads(line), name, number)
    except (json.JSONDecodeError, RecursionError) as error:
        what = f"not valid JSON ({error}); mend line {number}"
        return Article(f"{name}:{number}", "", path=name, error=what)


def _table(text: str, name: str, delimiter: str) -> Iterator[Article]:
    csv.field_size_limit(2**31 - 1)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        if not set(TEXT_FIELDS) & set(rows.fieldnames or ()):
            raise TishinaError(f"{name}:1", "no column `target` or `text`", "name the columns in the first line")
        yield from (article(row, name, rows.line_num) for row in rows)
    except csv.Error as error:
        raise TishinaError(f"{name}:{rows.line_num}", f"not valid CSV ({error})", "check the quotes") from None


def article(record: Any, name: str, number: int) -> Article:
    """One record as an article; what is wrong with it is the article's `error`."""
    where = f"{name}:{number}"
    if not isinstance(record, Mapping):
        return Article(where, "", path=name, error="not a record; write an object with a field `target`")
    text = next((record[f] for f in TEXT_FIELDS if record.get(f) is not None), None)
    identity = str(record.get("id") or where)
    wrong = [key for key in OPTIONAL if not isinstance(record.get(key) or "", str)]
    if not isinstance(text, str) or wrong:
        what = f"field {wrong[0]!r} is not a text" if wrong else "no text in field `target` or `text`"
        return Article(identity, "", path=name, error=f"{what}; mend record {number}")
    return Article(
        identity,
        text,
        path=name,
        source=record.get("source") or None,
        source_lang=record.get("source_lang") or None,
        target_lang=record.get("target_lang") or None,
        title=record.get("title") or None,
        ignored=tuple(links(text)),
    )
