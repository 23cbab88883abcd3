"""Quotation marks or brackets with nothing between them.

A name in quotes or an original in brackets got lost, or its marks were written before the
words they belong around. Text that speaks of the marks themselves, and code, are left alone.

Flagged:
    [en] The ship «» sank on Monday. => ∅
    [sv] Ministern lämnade « » mötet i går kväll. => ∅
    [ru] Об этом пишет газета «». => ∅
    [en] Press the button «» Try again «» to go on. => “Try again”
    [en] The engine gave horsepower ( ) at 4,400 rpm. => ∅

Clean:
    [en] He called it “a special day”; call main() or eval () with "" and (x).
    [en] Put the marks 「 」 or « » there; French quotation marks are « », too.
    [de] »So ist es, nicht wahr?« »Mein Freund«, sagte er, »nein!«
    [fr] Il a dit « oui » « non » et « peut-être ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.check import Kit
from qa.document import Document
from qa.locale import quotes
from qa.schema import Hit, Severity
from qa.text import UNSPACED

CATEGORY = "linguistic-conventions/punctuation"
SEVERITY = Severity.MINOR
CONFIDENCE = 0.9

EMPTY = r"(?:«[ \u00a0\u202f]?»|“ ?”|„ ?[“”]|‹ ?›|「 ?」|『 ?』|(?<=\w )\( \))"
PAIR_RE = re.compile(rf"({EMPTY})(?: ([^\W_][^«»“”„‹›「」『』()\n.!?]{{0,60}}?[^\W_]) \1)?")
QUICK = ("«", "“", "„", "‹", "「", "『", "( )")
# The text speaks of the marks, or of nothing.
MARKS_RE = re.compile(r"quot|guillemet|bracket|parenthes|anführung|klammer|кавыч|скобк|лапк|дужк|comillas|virgolette|aspas|"
                      r"cudzysł|uvozovk|tırnak|引号|括号|\bmarks\b|zeichen|\bsign[eo]?s?\b|s[yí]mbol|"
                      r"\bempty\b|\bpust|\bпуст|\bпорожн|\bleere?|\bvide\b|\bvacío", re.I)  # fmt: skip


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    text = doc.text
    if not any(sign in text for sign in QUICK):
        return
    for match in PAIR_RE.finditer(text):
        sentence = doc.sentence_at(match.start()).of(text)
        if _stands_alone(text, match, doc.lang) and not MARKS_RE.search(sentence):
            yield _around(match, doc.lang) if match[2] else _nothing(text, match)


def _stands_alone(text: str, match: re.Match[str], lang: str) -> bool:
    """False between two quotations (» «), and inside a word or a piece of code."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if lang in UNSPACED and " " not in match[1]:
        return not before or before.isspace() or before.isalnum()
    return not before.strip() and not after.isalnum()


def _around(match: re.Match[str], lang: str) -> Hit:
    """Two empty pairs, before and after the words that they belong around."""
    marks = quotes(lang)
    opening, closing = (marks.open, marks.close) if marks and "(" not in match[1] else (match[1][0], match[1][-1])
    message = f"{match[1]} stands before and after the words that it belongs around."
    return Hit(match.start(), match.end(), message, (f"{opening}{match[2]}{closing}",), {"marks": match[1]})


def _nothing(text: str, match: re.Match[str]) -> Hit:
    """An empty pair, with the blank that goes with it."""
    message = f"Nothing stands in {match[1]}: write what was lost, or take the marks out."
    start = match.start() - (text[match.start() - 1 : match.start()] == " ")
    return Hit(start, match.end(), message, ("",), {"marks": match[1]}, cause="nothing")
