"""Plain text: the file is the article; the first line is the title if a blank one follows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.schema import Article, Span

URL_RE = re.compile(r"(?:https?://|www\.)[^\s<>\"'«»“”]+|[\w.+-]+@[\w-]+\.[\w.]+")


def read(text: str, name: str) -> Iterator[Article]:
    yield Article(name, text, path=name, ignored=tuple(links(text)))


def links(text: str) -> Iterator[Span]:
    """Addresses, whose dots and slashes are not prose."""
    if "://" in text or "www." in text or "@" in text:
        yield from (Span(*m.span()) for m in URL_RE.finditer(text))
