"""Furniture of the page: links, buttons, credits and counters left in the article.

"Other news", "Read also: …", "Photo: …", "Share on Facebook", "Comments (12)" belong to
the page, not to the story, and survive translation as lines that no reader needs.

Flagged:
    [en] The talks ended on Monday. Both sides were content.⏎⏎Other news => ∅
    [en] Read also: Minister resigns over budget⏎⏎The talks ended on Monday. Both sides were content. => ∅
    [en] The talks ended on Monday, officials said. Read also: Minister resigns over budget⏎⏎They go on. => ∅
    [de] Die Gespräche endeten am Montag.⏎⏎Lesen Sie auch => ∅
    [ru] Переговоры завершились в понедельник.⏎⏎Читайте также: Министр подал в отставку => ∅
    [zh] 会谈于周一结束。⏎⏎相关阅读 => ∅
    [uk] Переговори завершились у понеділок.⏎⏎Підписуйтесь на наш канал => ∅
    [en] The talks ended on Monday.⏎⏎12 345 views => ∅

Clean:
    [en] Other news was worse.⏎⏎Photo agencies share little. Comments are free.
    [en] Share prices fell on Monday.⏎⏎Tags were seen on the wall.
    [en] Photo finish⏎⏎The race ended on Monday.
    [en] Video⏎⏎Video games sold well in the first week.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from qa.check import Kit
from qa.document import Document
from qa.schema import Hit, Severity, Span
from qa.text import STOPS

CATEGORY = "accuracy/addition"
SEVERITY = Severity.MINOR
CONFIDENCE = 0.95

MAX_LINE, MAX_START, MAX_LEAD = 60, 90, 200
COUNT_RE = re.compile(
    r"^[\W_]*(?:\d[\d\s.,\u00a0]*[KkMm]?\s*(?:views?|shares?|comments?|likes?|reads?|просмотр\w*|комментари\w*|"
    r"перегляд\w*|коментар\w*|Aufrufe|Kommentare?|vues|commentaires?|visitas|comentarios?|次阅读|评论)|"
    r"(?:views?|shares?|comments?|likes?|просмотр\w*|комментари\w*|перегляд\w*|коментар\w*|Kommentare|commentaires|"
    r"comentarios)\s*[:(]\s*\d[\d\s.,]*\)?)[\W_]*$",
    re.I,
)
TRIM = " \t\u00a0:：.…»›>→*•|–—-()[]0123456789#"


@cache
def phrases(mode: str) -> dict[str, frozenset[str]]:
    """Phrases of a mode (line, lead, inline) by language."""
    table: dict[str, frozenset[str]] = {}
    for row in (files("qa") / "data" / "furniture.tsv").read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            lang, own, listed = row.split("\t")
            if own == mode:
                table[lang] = frozenset(listed.split("|"))
    return table


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    if len(doc.blocks) < 2:
        return
    for block in doc.blocks:
        text = block.of(doc.text)
        marked = ":" in text or "：" in text
        if len(text) > MAX_LEAD and not marked:
            continue
        if _is_furniture(text, doc.lang) and (block != doc.title or _lead(text)[1]):
            yield Hit(block.start, block.end, "A line of the page, not of the article.", ("",), {"line": text})
        elif marked and (start := _inline(text, doc.lang)) is not None:
            span = Span(block.start + start, block.end)
            yield Hit(span.start, span.end, "A link of the page, not of the article.", ("",))


def _is_furniture(text: str, lang: str) -> bool:
    if len(text) <= MAX_LINE and (_plain(text) in phrases("line").get(lang, ()) or COUNT_RE.match(text)):
        return True
    starts = tuple(phrases("start").get(lang, ()))
    if starts and len(text) <= MAX_START and text[-1] not in STOPS and text.casefold().startswith(starts):
        return True
    lead, mark, rest = _lead(text)
    if not mark or lead not in phrases("lead").get(lang, ()) or len(text) > MAX_LEAD:
        return False
    return text[-1] not in STOPS or len(rest) < MAX_LINE or lead in phrases("inline").get(lang, ())


def _plain(text: str) -> str:
    return text.casefold().replace("’", "'").strip(TRIM)


def _lead(text: str) -> tuple[str, str, str]:
    """What stands before the first colon or bar, the mark, and what stands after it."""
    found = re.search(r"\s?[:：|/]\s?|\s[–—-]\s", text)
    if not found:
        return "", "", ""
    return _plain(text[: found.start()]), found.group(), text[found.end() :]


def _inline(text: str, lang: str) -> int | None:
    """Where a furniture phrase with a colon begins after the end of a sentence."""
    pattern = _inline_re(lang)
    found = pattern.search(text) if pattern else None
    return found.end(1) if found else None


@cache
def _inline_re(lang: str) -> re.Pattern[str] | None:
    listed = phrases("inline").get(lang)
    if not listed:
        return None
    options = "|".join(re.escape(p) for p in sorted(listed, key=len, reverse=True))
    return re.compile(rf"([.!?…。！？؟][\"'”’»)]*\s*)(?:{options})\s?[:：]\s?[^.!?。！？]*$", re.I)
