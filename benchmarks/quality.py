"""How right the literal-name and calque rules are, on cases: recall on bad contexts, false alarms elsewhere.

Usage: python benchmarks/quality.py [FOLDER] [--no-source-lang] [--list] [--min-recall R --max-alarms A]

The folder (default: tests/cases) holds JSONL files of items `{id, source_lang, context,
text, concept, span, suggest}`, where not English with `target_lang`; context is bad, good,
innocent or gloss. A bad item counts as found when a finding overlaps its span and offers
`suggest` (in any of its suggestions).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import qa

RULES = ("literal-name", "calque", "inconsistent-term")


def items(folder: Path) -> Iterator[dict[str, Any]]:
    """All cases of a folder, in file and line order."""
    for path in sorted(folder.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def outcome(checker: qa.Checker, item: dict[str, Any], with_source: bool) -> tuple[bool, str]:
    """Whether an item came out as it should, and what was found."""
    source, target = item["source_lang"] if with_source else None, item.get("target_lang", "en")
    report = checker.check(qa.Article(item["id"], item["text"], source_lang=source, target_lang=target))
    found = [f for f in report.findings if f.rule in RULES]
    shown = "; ".join(f"[{f.text}] → {' | '.join(f.suggestions[:3])}" for f in found) or "silence"
    if item["context"] != "bad":
        return not found, shown
    start = item["text"].index(item["span"])
    end = start + len(item["span"])
    wanted = (item["suggest"] or "").casefold()
    placed = [f for f in found if (f.start < end and start < f.end) or item["span"] in f.text]
    right = [f for f in placed if _offers(f, wanted)]
    return bool(right), shown


def _offers(finding: qa.Finding, wanted: str) -> bool:
    return not wanted or any(wanted in suggestion.casefold() for suggestion in finding.suggestions)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent.parent / "tests" / "cases")
    parser.add_argument("--no-source-lang", action="store_true", help="let the source language be inferred")
    parser.add_argument("--list", action="store_true", help="print every item that came out wrong")
    parser.add_argument("--min-recall", type=float, default=0.0)
    parser.add_argument("--max-alarms", type=float, default=1.0)
    options = parser.parse_args()
    checker = qa.Checker(qa.Config(neural="off"))
    right: defaultdict[str, Counter[str]] = defaultdict(Counter)
    total: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for item in items(options.folder):
        good, shown = outcome(checker, item, not options.no_source_lang)
        kind = "bad" if item["context"] == "bad" else "other"
        for lang in (item["source_lang"], "all"):
            total[lang][kind] += 1
            right[lang][kind] += good
        if options.list and not good:
            wanted = f"[{item['span']}] → {item['suggest']}"
            print(f"{item['id']} ({item['context']}) {item['text']}\n    {shown}; wanted {wanted}")
    print(f"{'source':<8}{'bad':>6}{'found':>8}{'other':>8}{'flagged':>9}")
    for lang, counts in sorted(total.items(), key=lambda row: (row[0] == "all", row[0])):
        flagged = counts["other"] - right[lang]["other"]
        recall = right[lang]["bad"] / counts["bad"] if counts["bad"] else 1.0
        share = flagged / max(counts["other"], 1)
        print(f"{lang:<8}{counts['bad']:>6}{recall:>8.1%}{counts['other']:>8}{flagged:>6} {share:.1%}")
    recall = right["all"]["bad"] / max(total["all"]["bad"], 1)
    alarms = 1 - right["all"]["other"] / max(total["all"]["other"], 1)
    return int(recall < options.min_recall or alarms > options.max_alarms)


if __name__ == "__main__":
    sys.exit(main())
