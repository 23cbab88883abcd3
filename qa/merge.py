"""One finding a place: hits that overlap become one that repairs what all of them found.

Of hits that overlap, one leads: a deletion (page furniture holds no errors worth
mending), else the more severe, else the wider, else the rule that stands first in the
table. The others are folded into it where both repairs can be made at once (the quotes
of a locale and the name between them), and dropped where they contradict it. A pair of
marks around a graver finding that does not fill them is split, a finding a mark, so
that the graver one keeps its own span.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from qa.check import Raised
from qa.edits import apply
from qa.schema import Edit, Hit, Severity, Span


def merge(raised: Iterable[Raised], text: str, rank: Mapping[str, int]) -> list[Raised]:
    """Non-overlapping findings in text order; `rank` is the place of a rule in the table."""
    ordered = sorted(_without_remarks(raised), key=lambda r: (r.hit.start, -r.hit.end, rank[r.rule]))
    starts = [r.hit.start for r in ordered]
    split = [part for item in ordered for part in _split(item, _inside(item.hit, ordered, starts))]
    return [_lead(cluster, text, rank) for cluster in _clusters(split)]


def _without_remarks(raised: Iterable[Raised]) -> Iterator[Raised]:
    """Without remarks (no weight, no repair) that have a finding inside.

    A remark is about a whole sentence; it would make one of findings that are apart.
    """
    hits = list(raised)
    rest = [r for r in hits if not _is_remark(r)]
    yield from rest
    yield from (r for r in hits if _is_remark(r) and not any(r.hit.span.overlaps(o.hit.span) for o in rest))


def _is_remark(item: Raised) -> bool:
    return item.severity is Severity.NEUTRAL and not item.hit.suggestions


def edits_of(hit: Hit) -> tuple[Edit, ...]:
    """The smallest repair of a hit: its own edits, else its span by its first suggestion."""
    if hit.edits or not hit.suggestions:
        return hit.edits
    return (Edit(hit.start, hit.end, hit.suggestions[0]),)


def _inside(hit: Hit, ordered: Sequence[Raised], starts: Sequence[int]) -> Sequence[Raised]:
    """The hits that begin inside a hit."""
    return ordered[bisect_left(starts, hit.start) : bisect_left(starts, hit.end)]


def _split(item: Raised, others: Sequence[Raised]) -> list[Raised]:
    """A pair of marks as two findings, if a graver hit lies inside without filling it."""
    hit = item.hit
    if len(hit.edits) < 2 or not any(_graver_inside(item, other) for other in others):
        return [item]
    return [
        replace(item, hit=replace(hit, start=e.start, end=e.end, suggestions=(e.text,), edits=())) for e in hit.edits
    ]


def _graver_inside(outer: Raised, inner: Raised) -> bool:
    a, b = outer.hit, inner.hit
    fills = b.start <= a.edits[0].end and b.end >= a.edits[-1].start
    deletes = b.start <= a.start and b.end >= a.end
    return (
        inner is not outer
        and a.span.overlaps(b.span)
        and inner.severity.rank > outer.severity.rank
        and not fills
        and not deletes
    )


def _clusters(raised: Sequence[Raised]) -> list[list[Raised]]:
    clusters: list[list[Raised]] = []
    end = -1
    for item in sorted(raised, key=lambda r: (r.hit.start, -r.hit.end)):
        touches = item.hit.start < end or (clusters and clusters[-1][0].hit.span == item.hit.span)
        if touches:
            clusters[-1].append(item)
        else:
            clusters.append([item])
        end = max(end, item.hit.end) if touches else item.hit.end
    return clusters


def _lead(cluster: list[Raised], text: str, rank: Mapping[str, int]) -> Raised:
    """The leading hit of a cluster with the compatible others folded in."""

    def order(item: Raised) -> tuple[object, ...]:
        hit = item.hit
        deletes = hit.suggestions[:1] == ("",) and all(hit.span.contains(o.hit.span) for o in cluster)
        return (not deletes, -item.severity.rank, hit.start - hit.end, rank[item.rule])

    lead, *rest = sorted(cluster, key=order)
    for item in rest:
        if item.hit.suggestions and _compatible(lead.hit, item.hit):
            lead = _fold(lead, item, text)
    return lead


def _compatible(lead: Hit, other: Hit) -> bool:
    """True if both repairs can be made: no edit of one touches an edit of the other."""
    return bool(lead.suggestions) and not any(
        Span(a.start, a.end).overlaps(Span(b.start, b.end)) or (a.start, a.end) == (b.start, b.end)
        for a in edits_of(lead)
        for b in edits_of(other)
    )


def _fold(lead: Raised, other: Raised, text: str) -> Raised:
    """`lead` over the union of both spans, its suggestions repaired by `other` as well."""
    a, b = lead.hit, other.hit
    union = Span(min(a.start, b.start), max(a.end, b.end))
    edits = (*edits_of(a), *edits_of(b))
    if a.edits:  # marks with something between them: the other suggestions are for the marks alone
        repaired = [apply(edits, text, union), *(a.suggestions[:1] if union == a.span else ())]
    else:
        repaired = [apply([Edit(a.start, a.end, s), *edits_of(b)], text, union) for s in a.suggestions]
    if a.unquote and len(b.edits) == 2 and a.span != union:
        repaired = [*a.suggestions, *repaired]
        edits = (Edit(union.start, union.end, repaired[0]),)
    note = {
        "rule": other.rule,
        "start": b.start,
        "end": b.end,
        "text": b.span.of(text),
        "message": b.message,
        "suggestions": list(b.suggestions),
    }
    hit = replace(
        a,
        start=union.start,
        end=union.end,
        message=f"{a.message} Also: {b.message}",
        suggestions=tuple(dict.fromkeys(repaired)),
        edits=edits,
        evidence={**a.evidence, "merged": [*a.evidence.get("merged", ()), note]},
    )
    return replace(lead, hit=hit)
