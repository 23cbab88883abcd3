"""Reading articles: one module a format, one table, one decoder.

A path is a file, a folder (all files in it whose ending is in the table, in name order)
or `-` for standard input. An article that cannot be read still comes out, with `error`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from qa.articles import markdown, plain, records
from qa.articles.decode import decode
from qa.errors import TishinaError
from qa.schema import Article

Reader = Callable[[str, str], Iterator[Article]]

READERS: dict[str, Reader] = {
    ".txt": plain.read,
    ".text": plain.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".jsonl": records.read_jsonl,
    ".ndjson": records.read_jsonl,
    ".json": records.read_json,
    ".csv": records.read_csv,
    ".tsv": records.read_tsv,
}


def read(paths: Iterable[str]) -> Iterator[Article]:
    """Articles of all paths in order.

    Raises:
        TishinaError: a path does not exist; said before anything is read.
    """
    given = list(paths)
    for path in given:
        if path != "-" and not Path(path).exists():
            raise TishinaError(path, "no such file or folder", "check the path")
    for path in given:
        if path == "-":
            yield from _parse("-", sys.stdin.buffer.read(), "standard input")
        else:
            yield from _from_path(Path(path))


def _from_path(path: Path) -> Iterator[Article]:
    if path.is_dir():
        for inner in sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in READERS):
            yield from _from_path(inner)
        return
    try:
        data = path.read_bytes()
    except OSError as error:
        yield Article(str(path), "", path=str(path), error=f"{error.strerror}; check the file's permissions")
        return
    yield from _parse(str(path), data, str(path))


def _parse(path: str, data: bytes, name: str) -> Iterator[Article]:
    try:
        text, notes = decode(data, name)
        reader = READERS.get(Path(path).suffix.lower()) or _guess(text)
        for article in reader(text, name):
            yield article if not notes else _with_notes(article, notes)
    except TishinaError as error:
        yield Article(name, "", path=path, error=f"{error.what}; {error.fix}")


def _guess(text: str) -> Reader:
    """Records on standard input begin with a brace; everything else is plain text."""
    return records.read_jsonl if text.lstrip()[:2] in ('{"', "{ ") else plain.read


def _with_notes(article: Article, notes: tuple[str, ...]) -> Article:
    from dataclasses import replace

    return replace(article, notes=(*article.notes, *notes))
