"""One thing under two names.

"TV Rain" in one paragraph and "Dozhd" in another: both are right, and the reader counts
two broadcasters. Renderings that the glossary accepts for one concept are told apart
where they are alternatives, each written as a name: another word, or another
romanisation of the same. A full name with its short form or acronym is one name, and so
are two that the article itself connects by putting them side by side.

Flagged:
    [ru-en] TV Rain lost its licence. Reporters of the channel left. In May Dozhd came back on air from Riga. => TV Rain

Clean:
    [en] TV Rain (Dozhd) lost its licence. In May Dozhd came back on air from Riga.
    [en] The Anti-Corruption Foundation was banned. Staff of the FBK left the country.
    [en] Novaya Gazeta suspended work. The reporters of Novaya Gazeta's Moscow office went abroad.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from qa.check import Kit
from qa.document import Document
from qa.glossary.matcher import Match
from qa.glossary.normalise import keys
from qa.language import base
from qa.names import is_acronym, sound_key
from qa.schema import Hit, Severity
from qa.text import TOKEN_RE

CATEGORY = "terminology/inconsistent-use-of-terminology"
SEVERITY = Severity.NEUTRAL
CONFIDENCE = 0.6

SIMILAR = 0.7
SHORT = 4


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    if kit.matcher is None or kit.source_lang is None or doc.lang != "en":  # elsewhere one rendering has many forms
        return
    groups: dict[str, list[Match]] = {}
    lang = base(kit.source_lang)
    for match in _unambiguous([m for m in kit.matcher.find(doc) if base(m.concept.terms[0].lang) == lang]):
        if match.concept.is_name and _is_written_as_name(match.span.of(doc.text)):
            groups.setdefault(match.concept.id, []).append(match)
    for matches in groups.values():
        yield from _hits(doc, matches)


def _unambiguous(found: Sequence[Match]) -> Iterator[Match]:
    """Accepted renderings that stand for one concept and in no longer term."""
    right = [m for m in found if m.term.status.accepted]
    for match in right:
        others = [o for o in right if o.span.contains(match.span) and o is not match]
        if not any(o.span != match.span or o.concept.id != match.concept.id for o in others):
            yield match


def _is_written_as_name(words: str) -> bool:
    """Capitals in every longer word, and no acronym: descriptions may vary."""
    tokens = [t for t in TOKEN_RE.findall(words) if len(t) >= SHORT]
    return bool(tokens) and all(t[0].isupper() for t in tokens) and not any(map(is_acronym, tokens))


def _hits(doc: Document, matches: Sequence[Match]) -> Iterator[Hit]:
    """Each rendering but the commonest, where it is first used."""
    renderings: dict[tuple[str, ...], list[Match]] = {}
    for match in matches:
        renderings.setdefault(_words(match, doc), []).append(match)
    if len(renderings) < 2 or _are_connected(doc, matches):
        return
    best = max(renderings, key=lambda words: (len(renderings[words]), -renderings[words][0].start))
    name = renderings[best][0].term.text
    counts = Counter(m.term.text for m in matches)
    for words, places in renderings.items():
        if words != best and are_alternatives(best, words):
            first = places[0]
            yield Hit(
                first.start,
                first.end,
                f"“{first.span.of(doc.text)}” is “{name}” elsewhere in this article.",
                (name,),
                {"concept": first.concept.id, "forms": dict(counts)},
                cause=first.concept.id,
            )


def _words(match: Match, doc: Document) -> tuple[str, ...]:
    """The words of a rendering without article, possessive and plural ending."""
    found = [
        keys(t, doc.lang)[-1 if t.endswith(("'s", "’s")) else 0] for t in TOKEN_RE.findall(match.span.of(doc.text))
    ]
    return tuple(w for w in found if w not in ("the", "a", "an")) or tuple(found)


def _are_connected(doc: Document, matches: Sequence[Match]) -> bool:
    """True if a sentence has two renderings: it introduces the one by the other."""
    return any(
        a.term.text != b.term.text and doc.sentence_at(a.start) == doc.sentence_at(b.start)
        for a, b in combinations(matches, 2)
    )


def are_alternatives(a: Sequence[str], b: Sequence[str]) -> bool:
    """True for names without a word in common, or word by word the same in another romanisation."""
    if not {w[:SHORT] for w in a if len(w) >= SHORT} & {w[:SHORT] for w in b if len(w) >= SHORT}:
        return True
    return len(a) == len(b) and a != b and all(_sound_alike(v, w) for v, w in zip(a, b, strict=True))


def _sound_alike(a: str, b: str) -> bool:
    return (
        a == b
        or sound_key(a) == sound_key(b)
        or (
            len(a) > SHORT
            and a[0] == b[0]
            and SequenceMatcher(None, a, b).ratio() > SIMILAR
            and a.rstrip("s") != b.rstrip("s")
        )
    )
