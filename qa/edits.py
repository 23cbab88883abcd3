"""Applying small replacements to a stretch of text."""

from __future__ import annotations

from collections.abc import Iterable

from qa.schema import Edit, Span


def apply(edits: Iterable[Edit], text: str, span: Span) -> str:
    """The words of `span` after the edits, which lie inside it and do not overlap."""
    out, at = [], span.start
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        out += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*out, text[at : span.end]])
