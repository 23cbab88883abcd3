"""The table of rules. Its order settles ties where findings overlap: the more specific first."""

from __future__ import annotations

from qa.check import Check
from qa.checks import calque, literal_name

CHECKS: dict[str, Check] = {
    "literal-name": literal_name,
    "calque": calque,
}

# What is also looked for in a title that has a field of its own: no rule about the article's structure.
TITLE_CHECKS = frozenset({"literal-name", "calque"})
