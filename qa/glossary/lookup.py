"""In which languages a text that names none is looked up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.glossary.model import Concept
from qa.language import base, detect
from qa.text import script_of

MIN_LETTERS = 20


def languages(text: str, concepts: Sequence[Concept]) -> list[str]:
    """The language of the text if the glossary has it, else all of its script, English first."""
    shown = detect(text, MIN_LETTERS)
    there = {str(base(t.lang)): t.text for c in concepts for t in c.terms}
    if shown in there:
        return [str(shown)]
    scripts = _scripts([text])
    return sorted((lang for lang, term in there.items() if _scripts([term]) & scripts), key=lambda g: (g != "en", g))


def _scripts(texts: Iterable[str]) -> set[str]:
    return {script_of(c) for text in texts for c in text if c.isalpha()}
