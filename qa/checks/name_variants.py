"""One person or place in several romanisations.

"Alexei" here and "Alexey" there, Kiev and Kyiv, Zelensky and Zelenskyy: the reader
wonders whether two are meant, search finds half. Names are brought together by a key
that romanisations of one name share; given names only beside the same surname, surnames
only where nothing speaks for two people. The commonest form is suggested.

Flagged:
    [en] Alexei Navalny spoke. Later Alexei Navalny left. Alexey Navalny was arrested. => Alexei
    [en] Kyiv was shelled. Officials in Kyiv said trains to Kiev were late. => Kyiv
    [en] President Zelensky met aides. Zelensky flew home, and Zelenskyy spoke at night. => Zelensky

Clean:
    [en] Alexei Navalny and Alexey Kudrin spoke. Maria Petrova met Mariya Ivanova.
    [en] Jon Smith and John Smyth met Sara and Sarah. Dynamo Kiev beat Kyiv, and chicken Kiev was served in Kyiv.
    [en] Marina met Marine Le Pen; Petrov met Petrova, Ivanov and Ivanova.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from qa.check import Kit
from qa.document import Document, Token
from qa.names import sound_key
from qa.schema import Hit, Severity

CATEGORY = "terminology/inconsistent-use-of-terminology"
SEVERITY = Severity.MINOR
CONFIDENCE = 0.9

MIN_SURNAME = 6
POSSESSIVE_RE = re.compile(r"['’]s?$")
# Places that keep an older form in names of other things.
KEPT_RE = re.compile(r"(?:Dynamo|Dinamo|[Cc]hicken|Arsenal|Sokol|CSKA|Zenit|Metalist|Karpaty|Chornomorets|Zorya)\s$")


@cache
def listed() -> dict[str, tuple[str, str]]:
    """Every known form → (kind, preferred form), from `data/name-variants.csv`."""
    rows = csv.DictReader((files("qa") / "data" / "name-variants.csv").read_text("utf-8").splitlines())
    return {form: (row["kind"], row["preferred"]) for row in rows
            for form in (row["preferred"], *row["variants"].split("|"))}  # fmt: skip


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    if doc.lang not in ("en", "de", "fr", "es", "it", "pt", "nl", "pl"):
        return
    names = [t for t in doc.tokens if len(t.text) > 3 and t.text[0].isupper() and not t.text.isupper()]
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for form in {_bare(t) for t in names}:
        groups[listed().get(form, ("", ""))[1] or sound_key(form)].add(form)
    varied = set().union(*(forms for forms in groups.values() if len(forms) > 1))
    if varied:
        found = {hit.start: hit for group in (_places, _given_names, _surnames) for hit in group(doc, names)}
        yield from (found[start] for start in sorted(found))


def _places(doc: Document, names: list[Token]) -> Iterator[Hit]:
    groups: defaultdict[str, list[Token]] = defaultdict(list)
    for token in names:
        kind, preferred = listed().get(_bare(token), ("", ""))
        if kind == "place" and not KEPT_RE.search(doc.text[max(token.start - 15, 0) : token.start]):
            groups[preferred].append(token)
    for preferred, tokens in groups.items():
        yield from _hits(tokens, preferred)


def _given_names(doc: Document, names: list[Token]) -> Iterator[Hit]:
    """Forms of a given name beside one surname."""
    groups: defaultdict[tuple[str, str], list[Token]] = defaultdict(list)
    following = {a.end: b for a, b in itertools.pairwise(names)}
    for token in names:
        kind, preferred = listed().get(token.text, ("", ""))
        surname = following.get(token.end)
        if kind == "given" and surname and doc.text[token.end : surname.start] == " ":
            groups[preferred, sound_key(_bare(surname))].append(token)
    for (preferred, _), tokens in groups.items():
        yield from _hits(tokens, preferred)


def _surnames(doc: Document, names: list[Token]) -> Iterator[Hit]:
    """Long names of one key, unless their given names tell two people apart."""
    before = {b.start: a for a, b in itertools.pairwise(names) if doc.text[a.end : b.start] == " "}
    groups: defaultdict[str, list[Token]] = defaultdict(list)
    for token in names:
        if len(_bare(token)) >= MIN_SURNAME and _bare(token) not in listed():
            groups[sound_key(_bare(token))].append(token)
    for tokens in groups.values():
        forms = {_bare(t) for t in tokens}
        given = {sound_key(before[t.start].text) for t in tokens if t.start in before}
        if len(forms) > 1 and _is_slavic(forms) and len(given) <= 1:
            yield from _hits(tokens)


def _is_slavic(forms: set[str]) -> bool:
    """True if the forms differ as romanisations do, at a y, i, j, kh, ts or apostrophe."""
    return any(
        re.search(r"(?:sk|ts|zk|ch|ov|ev|in|n|l|r)(?:y|yy|yi|iy|ii|i|ij|yj)$|kh|shch|zh|iy|yy|ts", f.lower())
        for f in forms
    )


def _hits(tokens: list[Token], preferred: str = "") -> Iterator[Hit]:
    """All but the commonest form; of equals the preferred one, else the first."""
    counts = Counter(_bare(t) for t in tokens)
    if len(counts) < 2:
        return
    order = list(counts)
    best = max(counts, key=lambda form: (counts[form], form == preferred, -order.index(form)))
    for token in tokens:
        form = _bare(token)
        if form != best:
            yield Hit(
                token.start,
                token.start + len(form),
                f"“{form}” is “{best}” elsewhere in this article.",
                (best,),
                {"forms": dict(counts)},
                cause=best,
            )


@lru_cache(maxsize=50_000)
def _without_ending(text: str) -> str:
    return text if text.isalpha() else POSSESSIVE_RE.sub("", text)


def _bare(token: Token) -> str:
    """The name without a possessive ending."""
    return _without_ending(token.text)
