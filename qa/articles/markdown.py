"""Markdown: the article is the prose; front matter, code, HTML comments and link targets are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.articles.plain import links
from qa.schema import Article, Span

FRONT_MATTER_RE = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n.*?^\1[ \t]*\r?$", re.S | re.M)
FENCE_RE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.S | re.M)
INDENTED_RE = re.compile(r"(?:(?<=\n\n)|\A)(?:(?: {4}|\t)[^\n]*(?:\n|\Z))+")
CODE_RE = re.compile(r"(`+)(?!`)[^\n]*?[^`]\1(?!`)|<!--.*?-->", re.S)
TARGET_RE = re.compile(r"(?<=\])\([^()\s]*(?:\s+\"[^\"]*\")?\)|^\[[^\]]+\]:\s*\S+.*$", re.M)


def read(text: str, name: str) -> Iterator[Article]:
    skipped = [
        Span(*m.span())
        for pattern in (FRONT_MATTER_RE, FENCE_RE, INDENTED_RE, CODE_RE, TARGET_RE)
        for m in pattern.finditer(text)
    ]
    yield Article(name, text, path=name, ignored=tuple(sorted([*skipped, *links(text)], key=lambda s: s.start)))
