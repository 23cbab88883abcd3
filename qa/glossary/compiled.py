"""Glossaries compiled into the user's cache, so that a hundred thousand concepts load at once.

A file holds one value of tuples and texts in Python's `marshal` format (version 2, which
writes equal values as equal bytes) behind a checksum: what is cut off or damaged is built
anew, without a word. Its name is a hash of everything that the value depends on, so
nothing in it is ever out of date. Written beside and moved into place: runs in parallel
see a whole file or none. A folder that cannot be written to costs time, never a run.
"""

from __future__ import annotations

import gc
import marshal
import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import blake2b
from itertools import accumulate, islice
from pathlib import Path
from typing import Any, overload

from qa.glossary.index import Entry, Index
from qa.glossary.model import Row

FORMAT = b"tishina-glossary-1\n"
CHECK = 16
MOST_FILES = 40
MANY_OBJECTS = 20_000
# Hash of the rows, where each begins (unsigned 64 bit), the rows.
Packed = tuple[str, bytes, bytes]


def folder() -> Path:
    """Where compiled glossaries are kept: under TISHINA_CACHE, else the user's cache directory."""
    if chosen := os.environ.get("TISHINA_CACHE"):
        path = Path(chosen)
        return (path.parent if path.suffix else path) / "glossary"
    from platformdirs import user_cache_path

    return user_cache_path("tishina", appauthor=False) / "glossary"


def digest(*parts: bytes) -> str:
    """A hash of the parts, unambiguous however they are cut."""
    state = blake2b(digest_size=16)
    for part in parts:
        state.update(b"%d:" % len(part))
        state.update(part)
    return state.hexdigest()


def recall(key: str, make: Callable[[], Any]) -> Any:
    """The value kept under `key`, or what `make` gives, which is then kept."""
    path = folder() / f"{key}.bin"
    found = _load(path)
    if found is None:
        found = make()
        _save(path, found)
    return found


def _load(path: Path) -> Any:
    """The value in a file; None if there is none or it is not whole."""
    try:
        data = memoryview(path.read_bytes())
    except OSError:
        return None
    head = len(FORMAT)
    payload = data[head + CHECK :]
    if data[:head] != FORMAT or data[head : head + CHECK] != _check(payload):
        return None
    return marshal.loads(payload)


def _save(path: Path, value: Any) -> None:
    payload = marshal.dumps(value, 2)
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as stream:
            stream.writelines([FORMAT, _check(payload), payload])
        partial.replace(path)
        _prune(path.parent)
    except OSError:
        with suppress(OSError):
            partial.unlink()


def _check(payload: bytes | memoryview) -> bytes:
    return blake2b(payload, digest_size=CHECK).digest()


def _prune(place: Path) -> None:
    """Old files leave: each change of a glossary made new ones."""
    kept = sorted(place.glob("*.bin"), key=lambda p: p.stat().st_mtime, reverse=True)
    for path in kept[MOST_FILES:]:
        path.unlink(missing_ok=True)


class Shelf(Sequence[Row]):
    """Rows that are unpacked when somebody asks for one."""

    def __init__(self, packed: Packed) -> None:
        _, offsets, data = packed
        self._offsets = memoryview(offsets).cast("Q")
        self._data = memoryview(data)

    def __len__(self) -> int:
        return len(self._offsets)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(len(self)))]
        row: Row = marshal.loads(self._data[self._offsets[place] :])
        return row


def pack(rows: Iterable[Row]) -> Packed:
    """Rows as bytes for a `Shelf`: a hash of them, where each begins, and all of them."""
    pieces = [marshal.dumps(row, 2) for row in rows]
    starts = array("Q", islice(accumulate(map(len, pieces), initial=0), len(pieces)))
    data = b"".join(pieces)
    return digest(data), starts.tobytes(), data


class Leaves(Mapping[str, list[Entry]]):
    """A compiled index: the terms of an anchor are unpacked when a text has it."""

    def __init__(self, packed: tuple[dict[str, int], bytes]) -> None:
        self._offsets, data = packed
        self._data = memoryview(data)

    def __getitem__(self, anchor: str) -> list[Entry]:
        entries: list[Entry] = marshal.loads(self._data[self._offsets[anchor] :])
        return entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._offsets)

    def __len__(self) -> int:
        return len(self._offsets)


def pack_index(index: Index) -> tuple[dict[str, int], bytes]:
    """An index as bytes for `Leaves`."""
    pieces = [marshal.dumps(entries, 2) for entries in index.values()]
    return dict(zip(index, accumulate(map(len, pieces), initial=0), strict=False)), b"".join(pieces)


@contextmanager
def no_collection() -> Iterator[None]:
    """Without garbage collection, which would walk a million new objects again and again.

    Many new objects are then set aside from it for good: they live as long as the run.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] > MANY_OBJECTS:
            gc.freeze()
        if enabled:
            gc.enable()
