"""XML, hardened: no entities, no DTD, no network, no huge trees; then TBX or XLIFF by the root.

A document type that only names an outside DTD, as termbases of the TBX v2 age do, is
passed over: the DTD is never loaded. One that declares anything is an error, and so is
every reference to an entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from qa.errors import TishinaError
from qa.glossary.formats.common import Pair
from qa.glossary.model import Concept

XML = "{http://www.w3.org/XML/1998/namespace}"
UNFIT_RE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read(data: bytes, where: str, pair: Pair) -> list[Concept]:
    """Concepts of TBX or of the glossary module of XLIFF 2."""
    root = parse(data, where)
    name = local(root)
    if name in ("martif", "tbx"):
        from qa.glossary.formats import tbx

        return list(tbx.concepts(root, where))
    if name == "xliff":
        from qa.glossary.formats import xliff

        return list(xliff.concepts(root, where))
    what = f"root element <{name}> is neither TBX (martif, tbx) nor XLIFF"
    raise TishinaError(place(root, where), what, "convert the glossary to TBX, XLIFF or CSV")


def parse(data: bytes, where: str) -> etree._Element:
    """The root of a document.

    Raises:
        TishinaError: it is not well formed, or declares or uses entities.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        said = (error.msg or "no root element").partition(", line ")[0].strip()
        what = f"not well-formed XML ({said})"
        raise TishinaError(f"{where}:{line}:{column}", what, "mend the file") from None
    except (ValueError, LookupError) as error:  # an encoding that is not what the file says
        raise TishinaError(f"{where}:1", f"not readable XML ({error})", "save the file as UTF-8") from None
    _refuse_declarations(root, data, where)
    return root


def _refuse_declarations(root: etree._Element, data: bytes, where: str) -> None:
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and (dtd.entities() or dtd.elements()):
        line = data.count(b"\n", 0, max(data.find(b"<!DOCTYPE"), 0)) + 1
        what = "the document type declares entities or elements"
        raise TishinaError(f"{where}:{line}", what, "delete the <!DOCTYPE …> declaration")
    for entity in root.iter(etree.Entity):
        what = f"a reference to the entity {entity.text}"
        raise TishinaError(place(entity, where), what, "write the character itself")


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def namespace(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[0].lstrip("{")


def line_of(element: etree._Element) -> int:
    return int(str(element.sourceline or 1))


def place(element: etree._Element, where: str) -> str:
    """The file and line of an element."""
    return f"{where}:{line_of(element)}"


def text(element: etree._Element) -> str:
    """The words of an element, those of inline markup included, blanks made one."""
    return " ".join("".join(map(str, element.itertext())).split())


def prose(element: etree._Element) -> str:
    """The words of a note, its line breaks kept."""
    return "".join(map(str, element.itertext())).strip()


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (child for child in element if local(child) in names)


def fit(words: str) -> str:
    """Words without characters that XML cannot hold."""
    return UNFIT_RE.sub("", words)
