"""False alarms on clean text: findings per 1,000 segments of human-written news.

Usage: python benchmarks/clean.py FILE.tsv[.gz] --column N --lang TAG [--size N] [--list]

The file holds one segment a line, columns separated by tabs. Segments are scored in
articles of `--size` paragraphs, as news comes, or one by one with `--size 1`. Every
finding is listed, to be judged one by one.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import qa


def segments(path: Path, column: int) -> list[str]:
    """One column of a tab-separated file, plain or gzipped."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return [line.split("\t")[column].strip() for line in text.splitlines() if line.strip()]


def articles(lines: list[str], size: int, lang: str, source: str | None = None) -> Iterator[qa.Article]:
    """Articles of `size` segments, a paragraph each."""
    for first in range(0, len(lines), size):
        yield qa.Article(f"{first + 1}", "\n\n".join(lines[first : first + size]), source_lang=source, target_lang=lang)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--column", type=int, default=0)
    parser.add_argument("--lang", default="en")
    parser.add_argument("--size", type=int, default=20)
    parser.add_argument("--source-lang")
    parser.add_argument("--no-builtin-glossary", action="store_true")
    options = parser.parse_args()
    lines = segments(options.file, options.column)
    checker = qa.Checker(qa.Config(neural="off", builtin_glossary=not options.no_builtin_glossary))
    counts: Counter[str] = Counter()
    for report in checker.check_many(articles(lines, options.size, options.lang, options.source_lang)):
        assert report.error is None, report.error
        for finding in report.findings:
            counts[finding.rule] += 1
            left, right = (
                report.text[max(finding.start - 40, 0) : finding.start],
                report.text[finding.end : finding.end + 40],
            )
            shown = " ".join(f"{left}[{finding.text}]{right}".split())
            print(f"{finding.rule}: {shown} => {' | '.join(finding.suggestions[:2])}")
    total = sum(counts.values())
    print(f"\n{len(lines)} segments, {total} findings, {1000 * total / len(lines):.1f} per 1,000 segments")
    for rule, count in counts.most_common():
        print(f"  {rule:<22}{count:>5}{1000 * count / len(lines):>8.1f}")


if __name__ == "__main__":
    main()
