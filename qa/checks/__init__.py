"""The table of rules. Its order settles ties where findings overlap: the more specific first."""

from __future__ import annotations

from qa.check import Check
from qa.checks import (
    broken_entity,
    calque,
    capitalisation,
    cut_off,
    damaged_initial,
    doubled_full_stop,
    empty_pair,
    foreign_format,
    foreign_quotes,
    inconsistent_term,
    literal_name,
    low_adequacy,
    missing_final_stop,
    mixed_script,
    name_variants,
    page_furniture,
    punctuation_spacing,
    repeated_headline,
    repeated_paragraph,
    repeated_words,
    term_not_used,
    unbalanced_pair,
    unexpanded_acronym,
    untranslated,
)

CHECKS: dict[str, Check] = {
    "literal-name": literal_name,
    "term-not-used": term_not_used,
    "name-variants": name_variants,
    "inconsistent-term": inconsistent_term,
    "unexpanded-acronym": unexpanded_acronym,
    "calque": calque,
    "broken-entity": broken_entity,
    "doubled-full-stop": doubled_full_stop,
    "empty-pair": empty_pair,
    "foreign-quotes": foreign_quotes,
    "mixed-script": mixed_script,
    "damaged-initial": damaged_initial,
    "repeated-headline": repeated_headline,
    "repeated-paragraph": repeated_paragraph,
    "page-furniture": page_furniture,
    "cut-off": cut_off,
    "missing-final-stop": missing_final_stop,
    "repeated-words": repeated_words,
    "capitalisation": capitalisation,
    "foreign-format": foreign_format,
    "untranslated": untranslated,
    "punctuation-spacing": punctuation_spacing,
    "unbalanced-pair": unbalanced_pair,
    "low-adequacy": low_adequacy,
}

# Rules about the article as a whole, which are not asked about a title in a field of its own.
STRUCTURE = frozenset(
    {"repeated-headline", "repeated-paragraph", "page-furniture", "cut-off", "missing-final-stop", "damaged-initial",
     "term-not-used", "inconsistent-term"}
)  # fmt: skip
TITLE_CHECKS = frozenset(CHECKS) - STRUCTURE
