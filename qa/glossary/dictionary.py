"""Which words translate which, from tables learned from parallel text (`models/recipes/words.py`).

A table stays one block of bytes; a word's line is looked for when somebody asks for it,
so that opening one costs little and a run that asks for nothing opens none.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from qa.errors import TishinaError
from qa.translator.registry import ModelInfo, find_model, list_models

# British spellings and the American ones, in which most parallel text is written.
AMERICAN = [
    (re.compile(pattern), spelled)
    for pattern, spelled in (
        (r"(?<=\w\w)our(?=s?$|ed$|ing$|able$|ful$|less$)", "or"),
        (r"(?<=[bchtv])re(?=s?$)", "er"),
        (r"(?<=[ef])ence(?=s?$)", "ense"),
        (r"is(?=e[ds]?$|ing$|ation$)", "iz"),
        (r"ys(?=e[ds]?$|ing$)", "yz"),
        (r"ogue(?=s?$)", "og"),
        (r"(?<=[aeiou])ll(?=ed$|ing$|ers?$)", "l"),
    )
]

KIND = "words"
FILE = "words.tsv.gz"


def spellings(word: str) -> list[str]:
    """An English word as it is, and as Americans may spell it: defence, defense."""
    return list(dict.fromkeys([word, *(pattern.sub(spelled, word) for pattern, spelled in AMERICAN)]))


class Link(NamedTuple):
    """A word that translates another: p(it | the other) and p(the other | it)."""

    word: str
    forth: float
    back: float

    @property
    def strength(self) -> float:
        """How sure the link is: the chance of the surer direction, 0 to 1."""
        return max(self.forth, self.back)


class Dictionary:
    """The links of one language pair, by folded lemma."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self._data = data
        self._met: dict[str, dict[str, Link]] = {}

    def links(self, word: str) -> dict[str, Link]:
        """Lemmas of the other language that translate a folded lemma, likeliest first; {} if it is not known."""
        if word not in self._met:
            self._met[word] = self._read(word)
        return self._met[word]

    def lines(self) -> Iterator[tuple[str, Iterable[Link]]]:
        """All words with their links, in the order of the table."""
        for line in self._data.decode().splitlines():
            word, *cells = line.split("\t")
            yield word, _links(cells)

    def _read(self, word: str) -> dict[str, Link]:
        return {link.word: link for link in _links(self._line(word).decode().split("\t")[1:])}

    def _line(self, word: str) -> bytes:
        """The line that begins with a word, by bisection: lines are in the order of their bytes; else nothing."""
        data, wanted = self._data, word.encode("utf-8", "replace")
        low, high = 0, len(data)
        while low < high:
            start = data.rfind(b"\n", low, (low + high) // 2 + 1) + 1 or low
            end = data.find(b"\n", start) + 1 or len(data)
            found = data[start : data.find(b"\t", start)]
            if found == wanted:
                return data[start : end - 1]
            low, high = (end, high) if found < wanted else (low, start)
        return b""


def _links(cells: Iterable[str]) -> Iterator[Link]:
    for cell in cells:
        other, forth, back = cell.rsplit(" ", 2)
        yield Link(other, int(forth) / 1000, int(back) / 1000)


def tables() -> str:
    """The tables at hand, for the signature of a run: their number and a hash of their revisions."""
    found = [_named(m) for m in list_models() if m.kind == KIND]
    return f"{len(found)}@{hashlib.blake2b(','.join(found).encode(), digest_size=4).hexdigest()}" if found else "none"


def _named(info: ModelInfo) -> str:
    return f"{info.name}@{info.revision}"


def find_dictionary(target: str, source: str) -> Dictionary | None:
    """The table from the words of a text in `target` to those of `source`; None if there is none.

    Where none has the two, but English has both, the way through English.

    Raises:
        TishinaError: its file is not whole.
    """
    if info := find_model(target, source, KIND):
        return _opened(info.folder, target, source)
    if "en" in (target, source) or target == source:
        return None
    near, far = find_dictionary("en", target), find_dictionary("en", source)
    return _bridged(near, far) if near and far else None


@cache
def _bridged(near: Dictionary, far: Dictionary) -> Dictionary:
    from qa.glossary.bridge import Bridge

    return Bridge(near, far)


@cache
def _opened(folder: Path, target: str, source: str) -> Dictionary | None:
    info = find_model(target, source, KIND)
    try:
        return Dictionary(_named(info), gzip.decompress((folder / FILE).read_bytes())) if info else None
    except (OSError, EOFError, zlib.error) as error:
        raise TishinaError(
            str(folder / FILE), f"not a whole table of words ({error})", "see `tishina models verify`"
        ) from error
