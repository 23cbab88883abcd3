"""Glossary formats: one module each, one table; which one a file has, its content says.

| name | endings | holds |
| --- | --- | --- |
| `native`, `native-tsv` | `.csv`, `.tsv` | everything |
| `google` | `.google.csv` | one accepted term a language, part of speech, note |
| `deepl`, `deepl-tsv` | `.deepl.csv`, `.deepl.tsv` | pairs of terms |
| `tbx` | `.tbx`, `.xml` | everything: ISO 30042:2019, TBX-Basic, style DCA |
| `tbx-dct` | `.dct.tbx` | the same in style DCT |
| `tbx2` | `.tbx2`, `.martif` | the same as ISO 30042:2008 |
| `xliff` | `.xlf`, `.xliff` | two languages, in the glossary module of XLIFF 2.1 |

In reading, the ending decides between tables and XML, and the content the rest: a header
of language tags is native or Google's (the native format is a superset), none is DeepL's.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from qa.errors import TishinaError
from qa.glossary.formats.common import Loss, Pair, decode
from qa.glossary.model import Concept, Concepts, Row

__all__ = ["ENDINGS", "FORMATS", "Loss", "Pair", "format_of", "load", "read", "rows", "write"]

NO_PAIR = Pair()
XML_RE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!--|(?:\?xml|!DOCTYPE|tbx|martif|xliff)\b)|\xff\xfe<\x00|\xfe\xff\x00<")
# Name → module and what to tell its `write`.
FORMATS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "native": ("native_write", {"delimiter": ","}),
    "native-tsv": ("native_write", {"delimiter": "\t"}),
    "google": ("google", {"delimiter": ","}),
    "deepl": ("deepl", {"delimiter": ","}),
    "deepl-tsv": ("deepl", {"delimiter": "\t"}),
    "tbx": ("tbx_write", {"style": "dca"}),
    "tbx-dct": ("tbx_write", {"style": "dct"}),
    "tbx2": ("tbx_write", {"style": "martif"}),
    "xliff": ("xliff_write", {}),
}
# The longer endings first.
ENDINGS = {
    ".deepl.csv": "deepl", ".deepl.tsv": "deepl-tsv", ".google.csv": "google", ".dct.tbx": "tbx-dct",
    ".csv": "native", ".tsv": "native-tsv", ".tab": "native-tsv", ".tbx2": "tbx2", ".martif": "tbx2", ".tbx": "tbx",
    ".xml": "tbx", ".xlf": "xliff", ".xliff": "xliff",
}  # fmt: skip


def read(path: str, pair: Pair = NO_PAIR) -> list[Concept]:
    """The concepts in a file.

    Raises:
        TishinaError: it cannot be read.
    """
    return list(Concepts(rows(load(path), path, pair)))


def load(path: str) -> bytes:
    """The bytes of a file."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise TishinaError(path, error.strerror or "cannot be read", "check the path") from None


def rows(data: bytes, where: str, pair: Pair = NO_PAIR) -> list[Row]:
    """The rows of the concepts in the bytes of a file that errors call `where`."""
    if not data or data.isspace():
        raise TishinaError(where, "empty file", "give a glossary")
    if XML_RE.match(data) or format_of(where) in ("tbx", "tbx2", "tbx-dct", "xliff"):
        from qa.glossary.formats import xml

        return [concept.row for concept in xml.read(data, where, pair)]
    from qa.glossary.formats import tables

    return tables.read(decode(data, where), where, pair)


def format_of(path: str) -> str:
    """The format that a path's ending names; "" for an unknown one."""
    name = path.lower()
    return next((form for ending, form in ENDINGS.items() if name.endswith(ending)), "")


def to_write(path: str, format: str = "") -> str:
    """The format in which a path would be written: the one named, or that of its ending.

    Raises:
        TishinaError: the ending or format is unknown.
    """
    name = format or format_of(path)
    if name not in FORMATS:
        fix = f"use one of the endings {', '.join(ENDINGS)}, or name the format: {', '.join(FORMATS)}"
        raise TishinaError(path, f"unknown format {format!r}" if format else "unknown ending", fix)
    return name


def write(concepts: Sequence[Concept], path: str, pair: Pair = NO_PAIR, format: str = "") -> Mapping[str, int]:
    """Writes concepts; returns what the format could not hold, counted by kind.

    Raises:
        TishinaError: the ending or format is unknown, a language pair is missing, or the
            file cannot be written.
    """
    module, options = FORMATS[to_write(path, format)]
    loss = Loss()
    data: bytes = import_module(f"qa.glossary.formats.{module}").write(concepts, pair, loss, path, **options)
    _replace(Path(path), data)
    return {what: count for what, count in loss.items() if count}


def _replace(target: Path, data: bytes) -> None:
    """The file appears only when it is whole."""
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        partial.write_bytes(data)
        partial.replace(target)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise TishinaError(str(target), error.strerror or "cannot be written", "choose another place") from None
