"""Files as the standards and other programs write them are read right."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.glossary import Concept, Glossary, Status

V2 = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader>
<text><body>
<termEntry id="c1"><descrip type="subjectField">prisons</descrip>
  <descripGrp><descrip type="definition">pre-trial prison</descrip><admin type="source">Wikipedia</admin></descripGrp>
  <langSet xml:lang="ru"><ntig><termGrp><term>Матросская <hi>тишина</hi></term>
    <termNote type="partOfSpeech">properNoun</termNote></termGrp></ntig></langSet>
  <langSet xml:lang="EN_us">
    <tig><term>Matrosskaya Tishina</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
    <tig><term>Sailor silence</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
    <tig><term>Sailor's Rest</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig>
    <tig><term>Matrosskaia Tishina</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
  </langSet></termEntry></body></text></martif>"""

V3_DCA = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="https://example.org/tbx.rng"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>
<text><body><!-- one entry -->
<conceptEntry id="c1"><descrip type="subjectField">prison</descrip><descrip type="definition">pre-trial prison</descrip><admin type="source">Wikipedia</admin>
<langSec xml:lang="ru"><termSec><term>Матросская тишина</term><termNote type="partOfSpeech">properNoun</termNote></termSec></langSec>
<langSec xml:lang="en-US">
<termSec><term>Matrosskaya Tishina</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>
<termSec><term>Sailor silence</term><termNoteGrp><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termNoteGrp></termSec>
<termSec><term>Sailor's Rest</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termSec>
<termSec><term>Matrosskaia Tishina</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec>
</langSec></conceptEntry></body></text></tbx>"""

V3_DCT = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>
<text><body><conceptEntry id="c1"><min:subjectField>prisons</min:subjectField>
<descripGrp><basic:definition>pre-trial prison</basic:definition><basic:source>Wikipedia</basic:source></descripGrp>
<langSec xml:lang="ru"><termSec><term>Матросская тишина</term><min:partOfSpeech>properNoun</min:partOfSpeech></termSec></langSec>
<langSec xml:lang="en-US">
<termSec><term>Matrosskaya Tishina</term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec>
<termSec><term>Sailor silence</term><min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec>
<termSec><term>Sailor's Rest</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
<termSec><term>Matrosskaia Tishina</term><min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus></termSec>
</langSec></conceptEntry></body></text></tbx>"""

XLIFF = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0"
 srcLang="ru" trgLang="en-US"><file id="f1"><unit id="u1"><gls:glossary>
<gls:glossEntry ref="#m1"><gls:term source="guide">Матросская тишина</gls:term>
<gls:translation id="1" source="guide">Matrosskaya Tishina</gls:translation><gls:translation id="2">Matrosskaia Tishina</gls:translation>
<gls:definition source="Wikipedia">pre-trial prison</gls:definition></gls:glossEntry></gls:glossary>
<segment><source>СИЗО <mrk id="m1" type="term">Матросская тишина</mrk></source></segment></unit></file></xliff>"""


def read(folder: Path, name: str, text: str, encoding: str = "utf-8", **langs: str) -> Concept:
    (folder / name).write_bytes(text.encode(encoding))
    (concept,) = Glossary.read(str(folder / name), **langs).concepts
    return concept


@pytest.mark.parametrize("text", [V2, V3_DCA, V3_DCT], ids=["v2", "v3-dca", "v3-dct"])
def test_tbx(tmp_path: Path, text: str) -> None:
    concept = read(tmp_path, "g.tbx", text)
    assert (concept.id, concept.kind, concept.note, concept.fact) == ("c1", "prison", "pre-trial prison", "Wikipedia")
    assert [(t.text, t.lang, t.status, t.pos) for t in concept.terms] == [
        ("Матросская тишина", "ru", Status.PREFERRED, "proper noun"),
        ("Matrosskaya Tishina", "en-US", Status.PREFERRED, ""),
        ("Sailor silence", "en-US", Status.DEPRECATED, ""),
        ("Sailor's Rest", "en-US", Status.DEPRECATED, ""),
        ("Matrosskaia Tishina", "en-US", Status.ADMITTED, ""),
    ]
    assert [t.text for t in concept.accepted("en")] == ["Matrosskaya Tishina", "Matrosskaia Tishina"]


def test_xliff(tmp_path: Path) -> None:
    concept = read(tmp_path, "g.xlf", XLIFF)
    assert (concept.note, concept.fact) == ("pre-trial prison", "Wikipedia")
    assert [(t.text, t.lang, t.status) for t in concept.terms] == [
        ("Матросская тишина", "ru", Status.PREFERRED),
        ("Matrosskaya Tishina", "en-US", Status.PREFERRED),
        ("Matrosskaia Tishina", "en-US", Status.ADMITTED),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("g.csv", "ru,en,pos,description\nМатросская тишина,Matrosskaya Tishina,noun,a prison\n"),
        ("g.csv", "Матросская тишина,Matrosskaya Tishina\n"),
        ("g.csv", "Матросская тишина,Matrosskaya Tishina,RU,EN\r\n"),
        ("g.csv", '"Матросская тишина","Matrosskaya Tishina"\n'),
        ("g.csv", "source,target\nМатросская тишина,Matrosskaya Tishina\n"),
        ("g.tsv", "Матросская тишина\tMatrosskaya Tishina\n\n"),
        ("g.txt", "ru\ten\nМатросская тишина\tMatrosskaya Tishina\n"),
    ],
)
def test_tables(tmp_path: Path, name: str, text: str, encoding: str) -> None:
    concept = read(tmp_path, name, text, encoding, source="ru", target="en")
    assert [(t.text, t.lang) for t in concept.terms] == [("Матросская тишина", "ru"), ("Matrosskaya Tishina", "en")]


def test_forbidden_is_deprecated_to_others(tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text("id,en,en:forbidden\na,Right,Wrong\n", encoding="utf-8")
    Glossary.read(str(tmp_path / "g.csv")).write(str(tmp_path / "g.tbx"))
    text = (tmp_path / "g.tbx").read_text(encoding="utf-8")
    assert "deprecatedTerm-admn-sts" in text and "<note>forbidden</note>" in text
