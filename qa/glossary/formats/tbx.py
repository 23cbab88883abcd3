"""Reading TBX: ISO 30042:2008 (`martif`) and 30042:2019 (`tbx`), the latter in both styles.

DCA names a data category in a `type` attribute (`<termNote type="partOfSpeech">`), DCT in
the element's own name in a dialect's namespace (`<min:partOfSpeech>`); both become one
(category, value). Kind is the subject field, the note the definition (and any plain
notes), the fact the source. Of the statuses, `superseded` becomes deprecated; notes in
the manner of `notes.py` carry the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from qa.errors import TishinaError
from qa.glossary.formats import native, notes
from qa.glossary.formats.common import CASES, MATCHES, Ids, checked, date, ranked, tag
from qa.glossary.formats.xml import XML, children, line_of, local, namespace, place, prose, text
from qa.glossary.model import KINDS, Concept, Status, Term

CATEGORIES = "http://www.tbxinfo.net/ns/"
LANGS, TERMS = ("langSet", "langSec"), ("tig", "ntig", "termSec")
STATUSES = {
    "preferred": Status.PREFERRED, "standardized": Status.PREFERRED, "legal": Status.PREFERRED,
    "regulated": Status.PREFERRED, "admitted": Status.ADMITTED, "deprecated": Status.DEPRECATED,
    "superseded": Status.DEPRECATED, "obsolete": Status.DEPRECATED, "notRecommended": Status.DEPRECATED,
}  # fmt: skip
PARTS_OF_SPEECH = {"properNoun": "proper noun"}


@dataclass
class Said:
    """What an entry says of its concept, as it is read."""

    kind: str = "other"
    notes: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    own: dict[str, str] = field(default_factory=dict)
    words: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=lambda: {"near": {}, "not-near": {}})


def concepts(root: etree._Element, where: str) -> Iterator[Concept]:
    """A concept an entry."""
    ids = Ids()
    for entry in root.iter("{*}termEntry", "{*}conceptEntry"):
        terms = ranked(_terms(entry, where))
        if not terms:
            raise TishinaError(place(entry, where), f"no term in this {local(entry)}", "give one, or delete the entry")
        said = _said(entry)
        yield Concept(
            id=ids.give(_id(entry, said), terms[0].text, where, line_of(entry)),
            kind=said.kind,
            terms=terms,
            near=said.words["near"],
            not_near=said.words["not-near"],
            note="\n".join(said.notes),
            fact="\n".join(said.sources),
            valid_from=date(said.own.get("valid-from", ""), "valid-from", place(entry, where)),
            valid_to=date(said.own.get("valid-to", ""), "valid-to", place(entry, where)),
        )


def _id(entry: etree._Element, said: Said) -> str:
    return str(said.own.get("id") or entry.get("id") or entry.get(f"{XML}id") or "")


def _said(entry: etree._Element) -> Said:
    said = Said()
    for category, value in _categories(entry, LANGS):
        if match := notes.CONCEPT_RE.fullmatch(value) if category == "note" else None:
            name, lang, given = match.groups()
            if lang:
                said.words[name.partition(" ")[0]][lang] = native.words(given)
            else:
                said.own[name] = given
        elif category == "subjectField" and (kind := _kind(value)):
            said.kind = kind
        elif category in ("source", "externalCrossReference"):
            said.sources.append(value)
        elif category in ("note", "definition"):
            said.notes.append(value)
        elif category == "subjectField":
            said.notes.append(f"subject field: {value}")
    return said


def _kind(subject: str) -> str:
    """The kind that a subject field names, also in the plural: prisons, agencies."""
    word = subject.casefold()
    forms = (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y")
    return next((form for form in forms if form in KINDS), "")


def _terms(entry: etree._Element, where: str) -> Iterator[tuple[Term, bool]]:
    """Terms, each with whether the file gives its status."""
    for section in children(entry, *LANGS):
        given = section.get(f"{XML}lang") or section.get("lang")
        if not given:
            raise TishinaError(place(section, where), f"<{local(section)}> has no xml:lang", "say its language")
        lang = tag(given, place(section, where))
        for group in children(section, *TERMS):
            yield _term(group, lang, where)


def _term(group: etree._Element, lang: str, where: str) -> tuple[Term, bool]:
    element = next(group.iter("{*}term"), None)
    words = "" if element is None else text(element)
    if not words:
        raise TishinaError(place(group, where), f"no term in this {local(group)}", "give one, or delete the group")
    here = place(group, where)
    said = dict(_categories(group, ()))
    own = {"case": "smart", "match": "lemma", "pos": _part_of_speech(said)}
    forbidden = False
    for category, value in _categories(group, ()):
        if match := notes.TERM_RE.fullmatch(value) if category == "note" else None:
            forbidden |= value == "forbidden"
            own |= {match[1]: match[2]} if match[1] else {}
    status = Status.FORBIDDEN if forbidden else _status(said, here)
    term = Term(
        words, lang, status or Status.PREFERRED, own["pos"],
        checked(own["case"], CASES, "case", here), checked(own["match"], MATCHES, "match", here),
    )  # fmt: skip
    return term, status is not None


def _part_of_speech(said: dict[str, str]) -> str:
    value = said.get("partOfSpeech", "")
    return PARTS_OF_SPEECH.get(value, value)


def _status(said: dict[str, str], where: str) -> Status | None:
    """The status of a term; None where the file gives none."""
    value = said.get("administrativeStatus") or said.get("normativeAuthorization")
    if not value:
        return None
    name = value.removesuffix("-admn-sts").removesuffix("Term")
    return STATUSES[checked(name, tuple(STATUSES), "administrativeStatus", where)]


def _categories(element: etree._Element, without: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(category, value) of an element and of the groups in it, outside the parts in `without`."""
    for child in element:
        name = local(child)
        if name in without or name == "term":
            continue
        if name.endswith("Grp"):
            yield from _categories(child, without)
        elif name == "note":
            yield "note", prose(child)
        elif namespace(child).startswith(CATEGORIES):
            yield name, prose(child)
        elif child.get("type"):
            yield str(child.get("type")), prose(child)
