"""What a machine is likely to write for the source terms of a glossary: renderings to review, then to look for.

A translation model, asked for the names of a glossary, makes the mistakes that other
machines make: Матросская тишина gives "sailor silence". Listed as deprecated terms these
are found by rules alone, in any article, without a model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from qa.glossary.judge import is_word
from qa.glossary.literal import SMALL
from qa.glossary.model import Concept, Glossary, Status, Term
from qa.names import sounds_like
from qa.text import TOKEN_RE
from qa.translator.types import Hypothesis, Translator

HYPOTHESES = 10
LEAST = -1.5
"""Least mean log-probability (nats a token) of a rendering that is worth a reviewer's look."""
MOST = 4  # renderings of a concept


def anticipate(glossary: Glossary, translator: Translator, source: str, target: str) -> Glossary:
    """The names of the glossary for which a model writes something literal, with that as deprecated terms.

    Left out are names whose accepted rendering the model writes itself, for another of its
    renderings may be as good, and renderings that only spell the name another way, or hold a
    word that the target language does not know.

    Raises:
        TishinaError: the model does not translate `source` to `target`.
    """
    concepts = [c for c in glossary.concepts if c.is_name and c.accepted(target) and c.accepted(source)]
    asked = {term.text for concept in concepts for term in concept.accepted(source)}
    texts = sorted(asked)
    said = dict(zip(texts, translator.translate(texts, source, target, HYPOTHESES), strict=True))
    return Glossary(tuple(_extended(concepts, said, source, target)), glossary.name)


def _extended(
    concepts: Iterable[Concept], said: dict[str, list[Hypothesis]], source: str, target: str
) -> Iterator[Concept]:
    for concept in concepts:
        hypotheses = [h for term in concept.accepted(source) for h in said[term.text]]
        known = {term.text.casefold() for term in concept.terms}
        written = [h.text.strip(" .") for h in hypotheses]
        if any(text.casefold() in known for text in written):
            continue
        names = [term.text for term in concept.accepted(target)]
        likely = sorted((h for h in hypotheses if h.finished and h.mean >= LEAST), key=lambda h: (-h.mean, h.text))
        found = dict.fromkeys(_titled(h.text.strip(" .")) for h in likely if _is_literal(h.text, names, target))
        if found:
            terms = [Term(text, target, Status.DEPRECATED) for text in list(found)[:MOST]]
            yield replace(concept, terms=(*concept.terms, *terms))


def _is_literal(text: str, names: Sequence[str], lang: str) -> bool:
    """True for ordinary words that sound like no accepted name."""
    words = TOKEN_RE.findall(text)
    if not words or not all(is_word(word, lang) for word in words) or all(word.lower() in SMALL for word in words):
        return False
    return not any(sounds_like(text, name) for name in names)


def _titled(text: str) -> str:
    """The words with capitals, as a name has them."""
    words = text.split(" ")
    return " ".join(w if n and w.lower() in SMALL else w[:1].upper() + w[1:] for n, w in enumerate(words))
