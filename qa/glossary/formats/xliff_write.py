"""Writing the glossary module of XLIFF 2.1: a unit a concept, in one pair of languages."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from qa.glossary.formats.common import Loss, Pair, count_left_out
from qa.glossary.formats.native_write import escape
from qa.glossary.formats.xliff import GLOSSARY, OWN
from qa.glossary.formats.xml import fit
from qa.glossary.model import Concept, Term, same_language

DOCUMENT = "urn:oasis:names:tc:xliff:document:2.0"


class Writer:
    """One document under way."""

    def __init__(self, pair: Pair, loss: Loss) -> None:
        self.pair, self.loss = pair, loss

    def document(self, concepts: Sequence[Concept]) -> etree._Element:
        spaces: dict[str | None, str] = {None: DOCUMENT, "gls": GLOSSARY, "t": OWN}
        root = etree.Element(f"{{{DOCUMENT}}}xliff", nsmap=spaces)  # type: ignore[arg-type]
        langs = {"version": "2.1", "srcLang": self.pair.source, "trgLang": self.pair.target}
        for name, value in langs.items():
            root.set(name, value)
        file = self._add(root, DOCUMENT, "file", {"id": "f1"})
        for number, concept in enumerate(concepts, 1):
            self._unit(file, concept, f"u{number}")
        if not len(file):  # a file without a unit is not valid
            self._segment(self._add(file, DOCUMENT, "unit", {"id": "u1"}), "", "")
        return root

    def _unit(self, file: etree._Element, concept: Concept, id: str) -> None:
        sources = [t for t in concept.terms if same_language(t.lang, self.pair.source)]
        targets = [t for t in concept.terms if same_language(t.lang, self.pair.target)]
        if not sources:
            self.loss["concepts without a term in the source language"] += 1
            return
        unit = self._add(file, DOCUMENT, "unit", {"id": id})
        glossary = self._add(unit, GLOSSARY, "glossary")
        for source in sources:
            self._entry(glossary, concept, source, targets, source is sources[0])
        self._segment(unit, sources[0].text, next((t.text for t in targets if t.status.accepted), ""))

    def _entry(
        self, glossary: etree._Element, concept: Concept, source: Term, targets: Sequence[Term], is_first: bool
    ) -> None:
        """The first source term carries everything, the others the first translation again."""
        entry = self._add(
            glossary, GLOSSARY, "glossEntry", self._own(_details(concept) if is_first else {"concept": concept.id})
        )
        self._add(entry, GLOSSARY, "term", self._own(_attributes(source)), source.text)
        for target in targets if is_first else targets[:1]:
            self._add(entry, GLOSSARY, "translation", self._own(_attributes(target)), target.text)
        if concept.note and is_first:
            self._add(entry, GLOSSARY, "definition", {}, concept.note)
        elif not targets:  # an entry without translation needs a definition
            self._add(entry, GLOSSARY, "definition", self._own({"empty": "yes"}), source.text)

    def _segment(self, unit: etree._Element, source: str, target: str) -> None:
        segment = self._add(unit, DOCUMENT, "segment")
        self._add(segment, DOCUMENT, "source", {}, source)
        if target:
            self._add(segment, DOCUMENT, "target", {}, target)

    def _own(self, values: dict[str, str]) -> dict[str, str]:
        return {f"{{{OWN}}}{name}": value for name, value in values.items() if value}

    def _add(
        self, parent: etree._Element, space: str, name: str, values: dict[str, str] | None = None, words: str = ""
    ) -> etree._Element:
        child = etree.SubElement(parent, f"{{{space}}}{name}")
        for key, value in (values or {}).items():
            child.set(key, self._fit(value))
        child.text = self._fit(words) or None
        return child

    def _fit(self, words: str) -> str:
        fitting = fit(words)
        if fitting != words:
            self.loss["characters that XML cannot hold"] += len(words) - len(fitting)
        return fitting


def _details(concept: Concept) -> dict[str, str]:
    words = {
        f"{role}-{lang}": "|".join(map(escape, listed))
        for role, side in (("near", concept.near), ("not-near", concept.not_near))
        for lang, listed in side.items()
    }
    kind = "" if concept.kind == "other" else concept.kind
    return {
        "concept": concept.id, "kind": kind, "fact": concept.fact, **words,
        "valid-from": concept.valid_from, "valid-to": concept.valid_to,
    }  # fmt: skip


def _attributes(term: Term) -> dict[str, str]:
    case, match = "" if term.case == "smart" else term.case, "" if term.match == "lemma" else term.match
    return {"status": str(term.status), "pos": term.pos, "case": case, "match": match}


def write(concepts: Sequence[Concept], pair: Pair, loss: Loss, where: str) -> bytes:
    """An XLIFF document of the pair given, or of the only two languages there are."""
    pair = pair.of(concepts, where)
    count_left_out(concepts, pair, loss)
    root = Writer(pair, loss).document(concepts)
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return data
