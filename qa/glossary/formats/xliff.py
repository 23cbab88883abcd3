"""Reading the glossary module of XLIFF 2: `gls:glossEntry` with a term, translations, a definition.

The module has no status, part of speech or kind; attributes of a namespace of our own,
which it allows, carry them. Entries with the same `concept` there are one concept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from qa.errors import TishinaError
from qa.glossary.formats import native
from qa.glossary.formats.common import CASES, MATCHES, Ids, checked, date, ranked, tag
from qa.glossary.formats.xml import children, line_of, place, prose, text
from qa.glossary.model import KINDS, Concept, Status, Term

GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"
OWN = "urn:tishina:glossary"
Entries = list[etree._Element]


def concepts(root: etree._Element, where: str) -> Iterator[Concept]:
    """A concept an entry, or for the entries that our own attribute puts together."""
    if not (root.get("version") or "").startswith("2"):
        what = f"XLIFF {root.get('version') or 'of no version'} has no glossary module"
        raise TishinaError(place(root, where), what, "give XLIFF 2.0 or 2.1, or convert the glossary to TBX")
    langs = _langs(root, where)
    groups: dict[str, Entries] = {}
    for number, entry in enumerate(root.iter(f"{{{GLOSSARY}}}glossEntry")):
        groups.setdefault(_own(entry, "concept") or f"\0{number}", []).append(entry)
    ids = Ids()
    for name, entries in groups.items():
        yield _concept(name.partition("\0")[0], entries, langs, ids, where)


def _langs(root: etree._Element, where: str) -> tuple[str, str]:
    for name in ("srcLang", "trgLang"):
        if not root.get(name):
            raise TishinaError(place(root, where), f"<xliff> has no {name}", "say its language")
    return tag(root.get("srcLang", ""), place(root, where)), tag(root.get("trgLang", ""), place(root, where))


def _concept(id: str, entries: Entries, langs: tuple[str, str], ids: Ids, where: str) -> Concept:
    first, here = entries[0], place(entries[0], where)
    terms = tuple(dict.fromkeys(ranked(term for entry in entries for term in _terms(entry, langs, where))))
    definition = next(children(first, "definition"), None)
    note = "" if definition is None or _own(definition, "empty") else prose(definition)
    return Concept(
        id=ids.give(id, terms[0].text, where, line_of(first)),
        kind=checked(_own(first, "kind") or "other", sorted(KINDS), "kind", here),
        terms=terms,
        near=_words(first, "near-"),
        not_near=_words(first, "not-near-"),
        note=note,
        fact=_own(first, "fact") or (definition.get("source", "") if definition is not None else ""),
        valid_from=date(_own(first, "valid-from"), "valid-from", here),
        valid_to=date(_own(first, "valid-to"), "valid-to", here),
    )


def _terms(entry: etree._Element, langs: tuple[str, str], where: str) -> Iterator[tuple[Term, bool]]:
    if next(children(entry, "term"), None) is None:
        raise TishinaError(place(entry, where), "no gls:term in this gls:glossEntry", "give one, or delete the entry")
    for name, lang in zip(("term", "translation"), langs, strict=True):
        for element in children(entry, name):
            here = place(element, where)
            words = text(element)
            if not words:
                raise TishinaError(here, f"<gls:{name}> is empty", "give a term, or delete the element")
            given = _own(element, "status")
            term = Term(
                words, lang, Status(checked(given or "preferred", list(Status), "status", here)), _own(element, "pos"),
                checked(_own(element, "case") or "smart", CASES, "case", here),
                checked(_own(element, "match") or "lemma", MATCHES, "match", here),
            )  # fmt: skip
            yield term, bool(given)


def _words(entry: etree._Element, role: str) -> Mapping[str, tuple[str, ...]]:
    """The words of each attribute `near-LANG`."""
    head = f"{{{OWN}}}{role}"
    attributes: Any = entry.attrib
    return {name.removeprefix(head): native.words(value) for name, value in attributes.items() if name.startswith(head)}


def _own(element: etree._Element, name: str) -> str:
    return element.get(f"{{{OWN}}}{name}") or ""
