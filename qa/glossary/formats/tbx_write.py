"""Writing TBX-Basic: v3 in style DCA or DCT, or v2 (`martif`). Everything a concept holds survives.

`forbidden` has no TBX value: such a term is deprecated, with the note "forbidden".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from qa.glossary.formats import notes
from qa.glossary.formats.common import Loss, Pair
from qa.glossary.formats.xml import XML, fit
from qa.glossary.model import Concept, Status, Term

ID_RE = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
V3 = "urn:iso:std:iso:30042:ed-2"
MIN, BASIC = "http://www.tbxinfo.net/ns/min", "http://www.tbxinfo.net/ns/basic"
# Data categories of the smallest dialect; all others that are written are Basic's.
OF_MIN = {"administrativeStatus", "partOfSpeech", "subjectField"}
STATUSES = {
    Status.PREFERRED: "preferredTerm-admn-sts",
    Status.ADMITTED: "admittedTerm-admn-sts",
    Status.DEPRECATED: "deprecatedTerm-admn-sts",
    Status.FORBIDDEN: "deprecatedTerm-admn-sts",
}
PARTS_OF_SPEECH = {"noun": "noun", "verb": "verb", "adjective": "adjective", "adverb": "adverb", "other": "other",
                   "proper noun": "properNoun"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """What a version calls its parts."""

    root: str
    header: str
    entry: str
    lang: str
    term: str


VERSIONS = {
    "martif": Names("martif", "martifHeader", "termEntry", "langSet", "tig"),
    "dca": Names("tbx", "tbxHeader", "conceptEntry", "langSec", "termSec"),
    "dct": Names("tbx", "tbxHeader", "conceptEntry", "langSec", "termSec"),
}


class Writer:
    """One document under way; `loss` counts characters that XML cannot hold."""

    def __init__(self, style: str, loss: Loss) -> None:
        self.style, self.loss = style, loss
        self.names = VERSIONS[style]
        self.space = "" if style == "martif" else f"{{{V3}}}"

    def document(self, concepts: Sequence[Concept]) -> etree._Element:
        spaces = {"martif": None, "dca": {None: V3}, "dct": {None: V3, "min": MIN, "basic": BASIC}}[self.style]
        root = etree.Element(self.space + self.names.root, {"type": "TBX-Basic"}, nsmap=spaces)  # type: ignore[arg-type]
        if self.style != "martif":
            root.set("style", self.style)
        root.set(f"{XML}lang", "en")
        source = self._add(self._add(self._add(root, self.names.header), "fileDesc"), "sourceDesc")
        self._add(source, "p", "Written by Tishina")
        body = self._add(self._add(root, "text"), "body")
        used: set[str] = set()
        for concept in concepts:
            self._entry(body, concept, self._id(concept, used))
        return root

    def _id(self, concept: Concept, used: set[str]) -> str:
        """The concept's id if XML allows it, else a number."""
        id = concept.id if ID_RE.fullmatch(concept.id) and concept.id not in used else f"c{len(used) + 1}"
        while id in used:
            id += "_"
        used.add(id)
        return id

    def _entry(self, body: etree._Element, concept: Concept, id: str) -> None:
        entry = self._add(body, self.names.entry)
        entry.set("id", id)
        self._category(entry, "descrip", "subjectField", concept.kind)
        self._category(entry, "descrip", "definition", concept.note)
        self._category(entry, "admin", "source", concept.fact)
        for note in notes.of_concept(concept, id):
            self._add(entry, "note", note)
        for lang, terms in groupby(sorted(concept.terms, key=lambda t: concept.languages().index(t.lang)), _lang):
            section = self._add(entry, self.names.lang)
            section.set(f"{XML}lang", lang)
            self._terms(section, terms)

    def _terms(self, section: etree._Element, terms: Iterable[Term]) -> None:
        for term in terms:
            group = self._add(section, self.names.term)
            self._add(group, "term", term.text)
            pos = PARTS_OF_SPEECH.get(term.pos, "")
            self._category(group, "termNote", "partOfSpeech", pos)
            self._category(group, "termNote", "administrativeStatus", STATUSES[term.status])
            for note in notes.of_term(term, bool(pos)):
                self._add(group, "note", note)

    def _category(self, parent: etree._Element, element: str, category: str, value: str) -> None:
        """A data category: named by attribute, or in DCT by the element."""
        if not value:
            return
        if self.style == "dct":
            child = etree.SubElement(parent, f"{{{MIN if category in OF_MIN else BASIC}}}{category}")
        else:
            child = etree.SubElement(parent, self.space + element, {"type": category})
        child.text = self._fit(value)

    def _add(self, parent: etree._Element, name: str, words: str = "") -> etree._Element:
        child = etree.SubElement(parent, self.space + name)
        if words:
            child.text = self._fit(words)
        return child

    def _fit(self, words: str) -> str:
        fitting = fit(words)
        if fitting != words:
            self.loss["characters that XML cannot hold"] += len(words) - len(fitting)
        return fitting


def _lang(term: Term) -> str:
    return term.lang


def write(concepts: Sequence[Concept], pair: Pair, loss: Loss, where: str, style: str = "dca") -> bytes:
    """A TBX document."""
    root = Writer(style, loss).document(concepts)
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return data
