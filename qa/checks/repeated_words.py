"""A word or a group of words that stands twice in a row.

A slip at a seam ("of of"), or a machine that ran in a loop ("of the country of the
country of the country").

Flagged:
    [en] He went to to the station. => to
    [en] The head of the city of the head of the city of the head of the city spoke. => The head of the city
    [de] Er ging mit mit seinem Bruder. => mit
    [uk] Він поїхав до до міста. => до

Clean:
    [en] He said that that was all he had had.
    [en] Duran Duran played in Baden Baden; it was a long, long night.
    [en] They came in in 2014 and moved on on Monday, again and again and again.
    [de] Die, die die Stadt kennen, sagen, dass das das Ende ist.
    [ru] Да, да, он еле-еле и чуть чуть дошёл; плохо, что что-то пошло не так.
    [tr] Yavaş yavaş ve zaman zaman geldiler.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.check import Kit
from qa.document import Document
from qa.language import function_words
from qa.schema import Hit, Severity

CATEGORY = "linguistic-conventions/grammar"
SEVERITY = Severity.MINOR
CONFIDENCE = 0.93

BLANK_RE = re.compile(r"[ \t\u00a0]+")
SEAM_RE = re.compile(r"[ \t\u00a0]*,?[ \t\u00a0]+")
HYPHENS = ("-", "‑")
MAX_LOOP = 8
# Words that stand twice by right: pronouns after conjunctions, verbs of two kinds, emphasis.
BY_RIGHT = {
    "en": {"that", "had", "very", "really", "so", "no", "yes", "bye", "ha", "many", "much", "far", "long", "more", "in",
           "on", "is", "do", "her", "well", "too", "never", "up", "you", "it", "there", "now", "big", "little", "blah"},
    "de": {"die", "das", "der", "sie", "den", "dem", "was", "sehr", "ja", "nein"},
    "fr": {"nous", "vous", "très", "non", "oui", "est"},
    "es": {"muy", "no", "sí", "ya"},
    "it": {"piano", "man", "molto", "no", "sì", "via", "quasi", "appena"},
    "nl": {"die", "dat", "heel", "ze", "het", "zij"},
    "ru": {"да", "нет", "чуть", "еле", "очень", "много", "долго", "давно"},
    "uk": {"так", "ні", "дуже", "ледь", "геть", "давно"},
    "pl": {"tak", "nie", "bardzo", "to", "się"},
    "cs": {"se", "že", "ne"},
}  # fmt: skip
# Function words that never stand twice by right. Not in the common list, where their neighbours (на, до, за)
# would count as small words of another language in a Bulgarian or Serbian text.
LINKING = {
    "ru": frozenset("в во на с со к ко до для от из за у о об по при над под через без и или но что".split()),
    "uk": frozenset("в у на з із зі до для від за о про по при над під через без і й та або але що".split()),
}
# Languages that double words as grammar.
DOUBLING = frozenset("tr id ms vi zh ja ko hi th az kk uz sw tl ar fa he hu fi".split())


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    yield from _loops(doc)
    if doc.lang not in DOUBLING:
        yield from _doubled(doc)


def _doubled(doc: Document) -> Iterator[Hit]:
    known = function_words()
    allowed = BY_RIGHT.get(doc.lang, set())
    linking = LINKING.get(doc.lang, frozenset())
    words = doc.words
    for place in [i for i in range(1, len(words)) if words[i] == words[i - 1]]:
        first, second = doc.tokens[place - 1 : place + 1]
        word = second.text
        if words[place] != word or word in allowed or not BLANK_RE.fullmatch(doc.text[first.end : second.start]):
            continue
        hyphened = (
            doc.text[first.start - 1 : first.start] in HYPHENS or doc.text[second.end : second.end + 1] in HYPHENS
        )
        if (doc.lang in known.get(word, ()) or word in linking) and not hyphened:
            yield Hit(first.start, second.end, f"“{word}” stands twice.", (first.text,), cause=word)


def _loops(doc: Document) -> Iterator[Hit]:
    words = doc.words
    place = 0
    last: dict[str, int] = {}
    while place < len(words):
        step = place - last.get(words[place], -MAX_LOOP - 1)
        last[words[place]] = place
        if 2 <= step <= MAX_LOOP and (loop := _loop(doc, words, place - step, step)):
            yield _loop_hit(doc, loop, step)
            place = loop[1]
            last.clear()
        else:
            place += 1


def _loop_hit(doc: Document, loop: tuple[int, int], step: int) -> Hit:
    """One round stays; where the last round is broken off, what it got to."""
    first, end = loop
    keep = (end - first) % step or step
    start = doc.tokens[first].start
    return Hit(
        start,
        doc.tokens[end - 1].end,
        "The same words stand here again and again.",
        (doc.text[start : doc.tokens[first + keep - 1].end],),
        {"times": (end - first) // step},
    )


def _loop(doc: Document, words: list[str], first: int, step: int) -> tuple[int, int] | None:
    """The first and the last but one word of a loop of `step` words around `first`."""
    end = first + step
    while end < len(words) and words[end] == words[end - step] and _joined(doc, end):
        end += 1
    if end < first + 2 * step:
        return None
    while first > 0 and words[first - 1] == words[first - 1 + step] and _joined(doc, first):
        first -= 1
    unit = words[first : first + step]
    wordy = all(w[0].isalpha() for w in unit) and len(set(unit)) > 1
    return (first, end) if wordy and (end - first) // step >= (2 if step >= 4 else 3) else None


def _joined(doc: Document, place: int) -> bool:
    """True if only blanks or a comma stand before the word at `place`."""
    return bool(SEAM_RE.fullmatch(doc.text[doc.tokens[place - 1].end : doc.tokens[place].start]))
