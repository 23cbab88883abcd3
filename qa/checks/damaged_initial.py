"""An initial letter lost, doubled or torn off.

Ornamental initials get lost or doubled when a page is read: "BAccording to", "ccording
to", "T he court". Only words that no dictionary has, and that one letter makes a word
again, are reported.

Flagged:
    [en] BAccording to the ministry, the talks ended on Monday. => According
    [en] ccording to the ministry, the talks ended on Monday. => According
    [en] T he court adjourned until Friday, the judge said. => The

Clean:
    [en] McDonald's and USAir sold iPhones; MPs, DJs and IDs.
    [en] A court adjourned. I saw it. X marks the spot. K pop is loud.
    [en] von der Leyen spoke on Monday in the parliament.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from qa.check import Kit
from qa.document import Document
from qa.language import function_words
from qa.schema import Hit, Severity

CATEGORY = "linguistic-conventions/spelling"
SEVERITY = Severity.MINOR
CONFIDENCE = 0.9

LANGS = frozenset("en de fr es it pt nl pl cs ru uk sv ro".split())
DOUBLED_RE = re.compile(r"(?<![\w'’-])([^\W\d_])([^\W\d_][^\W\d_]{3,})\b")
TORN_RE = re.compile(r"([^\W\d_]) ([^\W\d_]{2,})\b")
START_RE = re.compile(r"([^\W\d_]{4,})\b")
# Letters that are words of their own.
SINGLE = {
    "en": "aiox",
    "ru": "аивксоуяб",
    "uk": "аівзуояй",
    "pl": "aiouwz",
    "cs": "aikosuvz",
    "es": "aeouy",
    "it": "aeio",
}
LETTERS = {"ru": "абвгдежзийклмнопрстуфхцчшщэюя", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщюя"}


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    if doc.lang not in LANGS:
        return
    for block in doc.blocks:
        text = block.of(doc.text)
        looks = (_doubled, _torn) if text[0].isupper() else (_lost,)
        for look in looks:
            found = look(text, doc.lang)
            if found:
                end, message, repaired = found
                yield Hit(block.start, block.start + end, message, (repaired,))
                break


def _doubled(text: str, lang: str) -> tuple[int, str, str] | None:
    match = DOUBLED_RE.match(text)
    if not match or not (match[2][0].isupper() and match[2][1:].islower()):
        return None
    if is_word(match[2].lower(), lang) and not is_word(match.group().lower(), lang):
        return match.end(), "A letter too many at the start.", match[2]
    return None


def _torn(text: str, lang: str) -> tuple[int, str, str] | None:
    match = TORN_RE.match(text)
    if not match or not match[2].islower():
        return None
    joined = match[1] + match[2]
    if match[1].lower() not in SINGLE.get(lang, "aeiouy") and is_word(joined.lower(), lang):
        return match.end(), "The initial letter is torn off.", joined
    return None


def _lost(text: str, lang: str) -> tuple[int, str, str] | None:
    match = START_RE.match(text)
    if not match or not match[1].islower() or is_word(match[1], lang):
        return None
    options = [c + match[1] for c in LETTERS.get(lang, string.ascii_lowercase) if is_word(c + match[1], lang)]
    if len(options) != 1:
        return None
    return match.end(), "The initial letter is lost.", options[0].capitalize()


def is_word(word: str, lang: str) -> bool:
    import simplemma

    return lang in function_words().get(word, ()) or bool(simplemma.is_known(word, lang=lang))
