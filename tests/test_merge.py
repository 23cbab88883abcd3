"""Findings that share a span become one that repairs both."""

from __future__ import annotations

import qa
from qa.check import Raised
from qa.merge import merge
from qa.schema import Edit, Hit, Severity

RANK = {"name": 0, "style": 1, "quotes": 2}
TEXT = "in «Sailor silence» he said «a long and western talk of it all»"


def raised(
    rule: str, start: int, end: int, *suggestions: str, severity: Severity = Severity.MINOR, **more: object
) -> Raised:
    return Raised(rule, "x/y", severity, 0.9, Hit(start, end, f"{rule}.", suggestions, **more))  # type: ignore[arg-type]


def quotes(start: int, end: int) -> Raised:
    edits = (Edit(start, start + 1, "“"), Edit(end - 1, end, "”"))
    return raised("quotes", start, end, f"“{TEXT[start + 1 : end - 1]}”", edits=edits)


def test_name_that_fills_the_quotes_leads_and_repairs_both() -> None:
    name = raised("name", 4, 18, "Matrosskaya Tishina", severity=Severity.MAJOR, unquote=True)
    (merged,) = merge([name, quotes(3, 19)], TEXT, RANK)
    assert merged.rule == "name"
    assert TEXT[merged.hit.start : merged.hit.end] == "«Sailor silence»"
    assert merged.hit.suggestions == ("Matrosskaya Tishina", "“Matrosskaya Tishina”")
    assert merged.hit.evidence["merged"][0]["rule"] == "quotes"


def test_lighter_finding_inside_quotes_is_folded_in() -> None:
    start = TEXT.index("western")
    style = raised("style", start, start + 7, "Western")
    outer = quotes(TEXT.index("«a"), len(TEXT))
    (merged,) = merge([style, outer], TEXT, RANK)
    assert merged.rule == "quotes"
    assert merged.hit.suggestions[0] == "“a long and Western talk of it all”"
    assert merged.hit.suggestions[1] == "“a long and western talk of it all”"


def test_graver_finding_inside_quotes_keeps_its_span_and_splits_the_marks() -> None:
    start = TEXT.index("western")
    name = raised("name", start, start + 7, "Vestern", severity=Severity.MAJOR)
    outer = quotes(TEXT.index("«a"), len(TEXT))
    merged = merge([name, outer], TEXT, RANK)
    assert [(m.rule, TEXT[m.hit.start : m.hit.end]) for m in merged] == [
        ("quotes", "«"),
        ("name", "western"),
        ("quotes", "»"),
    ]


def test_deletion_of_the_whole_swallows_what_is_in_it() -> None:
    line = raised("style", 0, 19, "")
    name = raised("name", 4, 18, "x", severity=Severity.MAJOR)
    (merged,) = merge([name, line], TEXT, RANK)
    assert merged.hit.suggestions == ("",)


def test_small_deletion_inside_another_finding_is_combined() -> None:
    outer = quotes(TEXT.index("«a"), len(TEXT))
    inner = raised("style", TEXT.index("long and "), TEXT.index("western"), "")
    (merged,) = merge([outer, inner], TEXT, RANK)
    assert merged.hit.suggestions[0] == "“a western talk of it all”"


def test_equal_spans_keep_the_first_rule_of_the_table() -> None:
    (merged,) = merge([raised("style", 3, 9, "a"), raised("name", 3, 9, "b")], TEXT, RANK)
    assert merged.rule == "name"


def test_quotes_around_a_name_in_an_article() -> None:
    text = "He was taken to the detention centre «Sailor silence» on Monday."
    (finding,) = qa.score(text, source_lang="ru", target_lang="en", neural="off").findings
    assert (finding.rule, finding.text) == ("literal-name", "«Sailor silence»")
    assert finding.suggestions[0] == "Matrosskaya Tishina"
