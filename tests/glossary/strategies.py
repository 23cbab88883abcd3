"""Made-up concepts with everything that the model holds."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from qa.glossary import Concept, Status, Term
from qa.glossary.model import KINDS

LANGS = ["ru", "en", "uk", "de", "zh-Hans", "en-US"]
WORDS = st.text(alphabet="aZйЁї中غ'’-|{}\\,;=\"«&<>é.:#\t", min_size=1, max_size=10)
TEXTS = WORDS.map(lambda w: " ".join(f"{w}a".split()))
NOTES = st.one_of(st.just(""), st.lists(TEXTS, min_size=1, max_size=3).map("\n".join))
LINES = st.one_of(st.just(""), TEXTS)
DATES = st.sampled_from(["", "2020", "2021-03", "2024-02-29"])
SIDES = st.dictionaries(st.sampled_from(LANGS), st.lists(TEXTS, min_size=1, max_size=3).map(tuple), max_size=2)
TERMS = st.builds(
    Term,
    text=TEXTS,
    lang=st.sampled_from(LANGS),
    status=st.sampled_from(list(Status)),
    pos=st.sampled_from(["", "noun", "proper noun", "verb", "gerund"]),
    case=st.sampled_from(["smart", "exact", "any"]),
    match=st.sampled_from(["lemma", "exact"]),
)
CONCEPTS = st.builds(
    Concept,
    id=st.text(alphabet="abc-0123", min_size=1, max_size=6),
    kind=st.sampled_from(sorted(KINDS)),
    terms=st.lists(TERMS, min_size=1, max_size=4, unique_by=lambda t: (t.text, t.lang)).map(tuple),
    near=SIDES,
    not_near=SIDES,
    note=NOTES,
    fact=LINES,
    valid_from=DATES,
    valid_to=DATES,
)
GLOSSARIES = st.lists(CONCEPTS, max_size=2, unique_by=lambda c: c.id).map(tuple)


def canonical(concept: Concept) -> Concept:
    """The concept with its terms in an order that every format keeps: by language and status."""
    ranks = {status: rank for rank, status in enumerate(Status)}
    accepted = sorted((t for t in concept.terms if t.status.accepted), key=lambda t: t.lang)
    wrong = sorted((t for t in concept.terms if not t.status.accepted), key=lambda t: (t.lang, ranks[t.status]))
    return replace(concept, terms=(*accepted, *wrong))
