"""Bytes to text: UTF-8, UTF-16 by its byte order mark, else detection by charset-normalizer."""

from __future__ import annotations

import codecs

from qa.errors import TishinaError

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
MIN_CONTROL_SHARE = 0.01


def decode(data: bytes, where: str) -> tuple[str, tuple[str, ...]]:
    """The text, line ends kept, without a byte order mark; and notes on how it was read.

    Raises:
        TishinaError: the bytes are not text in any encoding that can be told.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _strict(data, encoding, where), ()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _detected(data, where)
    if _looks_binary(text):
        raise TishinaError(where, "a binary file, not text", "give a text file")
    return text, ()


def _strict(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise TishinaError(where, f"not valid {encoding} at byte {error.start}", "save it as UTF-8") from None


def _detected(data: bytes, where: str) -> tuple[str, tuple[str, ...]]:
    from charset_normalizer import from_bytes

    best = None if data.count(0) * 20 > len(data) else from_bytes(data[:200_000]).best()
    if best is None:
        raise TishinaError(where, "neither UTF-8 nor another encoding that can be told", "save it as UTF-8")
    try:
        text = data.decode(best.encoding)
    except UnicodeDecodeError:
        text = ""
    if not text or _looks_binary(text):
        raise TishinaError(where, "a binary file, not text", "give a text file")
    return text, (f"not UTF-8; read as {best.encoding}",)


def _looks_binary(text: str) -> bool:
    sample = text[:8192]
    controls = sum(c < " " and c not in "\t\n\r\f" for c in sample)
    return controls > max(MIN_CONTROL_SHARE * len(sample), 3)
