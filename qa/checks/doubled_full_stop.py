"""A full stop or comma that stands twice.

Two sentence ends met where texts were joined. Not an ellipsis, not a path, not a range.

Flagged:
    [en] The talks ended late on Monday.. => .
    [de] Das meldet der „Kurier“.. => .
    [ru] Суд отложил заседание.. Адвокат не пришёл. => .
    [en] He came,, saw and left. => ,
    [zh] 会谈结束。。 => 。

Clean:
    [en] Well... he said. And so on. . . .
    [en] The file lies in ../data and .. above; values 1..10; commits a..b.
    [ru] Неужели?.. Да!..
    [de] Er sagte: ,,Ja, gern.''
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.check import Kit
from qa.document import Document
from qa.schema import Hit, Severity

CATEGORY = "linguistic-conventions/punctuation"
SEVERITY = Severity.MINOR
CONFIDENCE = 0.97

DOUBLED_RE = re.compile(
    r"(?<=[^\W_]|[\"'”“’»›)\]%])(?:\.\.|\.\s\.(?=\s*$)|,,(?=[\s\"'”’»]))(?![.\w/\\…])(?!\s\.)"
    r"|(?<![。，、．])(?:。。|，，|、、|،،|۔۔)(?![。，、.])",
    re.M,
)

QUICK = ("..", ". .", ",,", "。。", "，，", "、、", "،،", "۔۔")


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    if not any(pair in doc.text for pair in QUICK):
        return
    for match in DOUBLED_RE.finditer(doc.text):
        mark = match.group()[0]
        name = {".": "full stop", ",": "comma"}.get(mark, "punctuation mark")
        yield Hit(match.start(), match.end(), f"The {name} stands twice.", (mark,))
