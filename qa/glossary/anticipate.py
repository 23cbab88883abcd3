"""What a machine is likely to write for the source terms of a glossary: renderings to review, then to look for.

A translation model, asked for the names of a glossary, makes the mistakes that other
machines make: Матросская тишина gives "sailor silence". Listed as deprecated terms these
are found by rules alone, in any article, without a model.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import permutations

from qa.glossary.judge import is_word
from qa.glossary.literal import SMALL, telling_words
from qa.glossary.model import Concept, Glossary, Status, Term
from qa.names import sounds_like
from qa.translator.types import Hypothesis, Translator

HYPOTHESES = 10
LEAST = -1.5
"""Least mean log-probability (nats a token) of a rendering that is worth a reviewer's look."""
MOST = 4  # renderings of a concept
MIN_STEM = 4
ARTICLE_RE = re.compile(r"^(?:the|an?) (?=\S)", re.I)
MARK_RE = re.compile(r"[.,;:!?()\"«»“”]")


def anticipate(glossary: Glossary, translator: Translator, source: str, target: str) -> Glossary:
    """The names of the glossary for which a model writes something literal, with that as deprecated terms.

    Left out are names whose accepted rendering the model writes itself, for another of its
    renderings may be as good; acronyms; and renderings that only spell the name another way,
    say a word twice, or hold a word that the target language does not know.

    Raises:
        TishinaError: the model does not translate `source` to `target`.
    """
    asked = {
        concept.id: [term.text for term in concept.accepted(source) if not term.text.isupper()]
        for concept in glossary.concepts
        if concept.is_name and concept.accepted(target)
    }
    texts = sorted({text for terms in asked.values() for text in terms})
    small = [text.lower() for text in texts]  # a capital asks for a name to be spelled
    said = dict(zip(texts, translator.translate(small, source, target, HYPOTHESES), strict=True))
    found = []
    for concept in glossary.concepts:
        made = _literal(concept, {text: said[text] for text in asked.get(concept.id, ())}, target)
        if made:
            terms = (Term(text, target, Status.DEPRECATED) for text in made[:MOST])
            found.append(replace(concept, terms=(*concept.terms, *terms)))
    return Glossary(tuple(found), glossary.name)


def _literal(concept: Concept, said: Mapping[str, Sequence[Hypothesis]], lang: str) -> list[str]:
    """What was said for the source terms of a concept and is literal, likeliest first."""
    known = {term.text.casefold() for term in concept.terms}
    written = {ARTICLE_RE.sub("", h.text.strip(" .")) for hypotheses in said.values() for h in hypotheses}
    if any(text.casefold() in known for text in written):
        return []
    names = [term.text for term in concept.accepted(lang)]
    likely = [
        (-hypothesis.mean, _titled(text))
        for term, hypotheses in said.items()
        for hypothesis in hypotheses
        if hypothesis.finished
        and hypothesis.mean >= LEAST
        and _is_of_words(text := ARTICLE_RE.sub("", hypothesis.text.strip(" .")), term, lang)
        and not any(sounds_like(text, name) for name in names)
    ]
    return list(dict.fromkeys(text for _, text in sorted(likely)))


def _is_of_words(text: str, term: str, lang: str) -> bool:
    """True for ordinary words, none of them twice, about as many as the term has."""
    words = telling_words(text)
    once = not any(_is_same(one, other.rstrip("s")) for one, other in permutations(words, 2))
    about = abs(len(words) - len(telling_words(term))) <= 1
    return bool(words) and once and about and not MARK_RE.search(text) and all(is_word(word, lang) for word in words)


def _is_same(word: str, stem: str) -> bool:
    """True for a word that is said again in another form (rain, raining), not for New Newspaper."""
    return word.rstrip("s") == stem or (len(stem) >= MIN_STEM and word.startswith(stem))


def _titled(text: str) -> str:
    """The words with capitals, as a name has them."""
    words = text.split(" ")
    return " ".join(w if n and w.lower() in SMALL else w[:1].upper() + w[1:] for n, w in enumerate(words))
