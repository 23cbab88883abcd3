"""The built-in glossary, and the matcher of a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from qa import __version__
from qa.glossary import compiled, formats
from qa.glossary.matcher import Matcher
from qa.glossary.model import Concepts, Glossary, Row

INTO = "into-"  # tables of what the names of the others are called in one more language


@cache
def builtin() -> Glossary:
    """All concepts that the package carries."""
    with compiled.no_collection():
        return Glossary(tuple(Concepts([*_carried(_tables(), set())])), "built-in")


def load_matcher(paths: Sequence[str], with_builtin: bool = True) -> Matcher:
    """The matcher over the user's glossaries (first, so that they win) and the built-in one."""
    own = [(path, formats.load(path)) for path in paths]
    tables = _tables() if with_builtin else []
    parts = [part for name, data in (*own, *tables) for part in (name[-12:].encode("utf-8", "replace"), data)]
    key = compiled.digest(_code_version(), b"%d" % len(own), *parts)

    made: list[Row] = []

    def make() -> compiled.Packed:
        seen: set[str] = set()
        with compiled.no_collection():
            made.extend([*_given(own, seen), *_carried(tables, seen)])
            return compiled.pack(made)

    packed = compiled.recall(key, make)
    return Matcher(Concepts(made or compiled.Shelf(packed)), key, packed[0])


def _tables() -> list[tuple[str, bytes]]:
    """The tables of the built-in glossary by name."""
    folder = files("qa") / "data" / "glossary"
    return sorted((f.name, f.read_bytes()) for f in folder.iterdir() if f.name.endswith(".csv"))


def _given(files: Sequence[tuple[str, bytes]], seen: set[str]) -> Iterator[Row]:
    """The rows of the user's files."""
    for name, data in files:
        rows = formats.rows(data, name)
        yield from rows
        seen.update([row[0] for row in rows])


def _carried(tables: Sequence[tuple[str, bytes]], seen: set[str]) -> Iterator[Row]:
    """The built-in rows, each with its terms in other languages; a concept that an earlier file has is left out."""
    further: dict[str, list[Row]] = {}
    for name, data in tables:
        for row in formats.rows(data, name) if name.startswith(INTO) else ():
            for id in row[0].split():
                further.setdefault(id, []).append(row)
    for name, data in tables:
        rows = [] if name.startswith(INTO) else formats.rows(data, name)
        yield from [joined(row, further.get(row[0], ())) for row in rows if row[0] not in seen]
        seen.update([row[0] for row in rows])


def joined(row: Row, others: Sequence[Row]) -> Row:
    """The row with the terms and context words that others have for the same concept."""
    if not others:
        return row
    id, kind, terms, near, *more = row
    against, *details = more or [{}]
    for _, _, other, words, *rest in others:
        terms, near = [*terms, *other], {**near, **words}
        against = {**against, **(rest[0] if rest else {})}
    return (id, kind, terms, near, *((against, *details) if against or details else ()))


def _code_version() -> bytes:
    """Changes when this package does, also between releases."""
    stats = [path.stat() for path in sorted(Path(__file__).parent.rglob("*.py"))]
    return repr((__version__, [(s.st_size, s.st_mtime_ns) for s in stats])).encode()
