"""Speed of the rules against peers, in one run on the same text.

Usage: python benchmarks/speed.py FILE.tsv[.gz] [--peers FOLDER]

Segments of the first column (English) and the second are scored as articles of 20
paragraphs by one process. Peers, where they are installed in an environment of their
own (`python -m venv FOLDER; FOLDER/bin/pip install translate-toolkit proselint`):
pofilter with all default tests on the pairs, proselint on the English side. Every figure
is the best of three rounds, taken in turns, since other work on a machine only slows.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from clean import articles, segments

import qa

ROUNDS = 3


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def po(lines: list[str], others: list[str]) -> str:
    """A PO file of pairs, English as the source."""
    quoted = [[s.replace("\\", "\\\\").replace('"', '\\"') for s in side] for side in (lines, others)]
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    return header + "".join(f'\nmsgid "{a}"\nmsgstr "{b}"\n' for a, b in zip(*quoted, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--peers", type=Path, help="a virtual environment with translate-toolkit and proselint")
    options = parser.parse_args()
    lines, others = segments(options.file, 0), segments(options.file, 1)
    size = len("\n".join(lines).encode()) / 1e6
    checker = qa.Checker(qa.Config(neural="off"))
    checker.check(qa.Article("warm", lines[0], target_lang="en"))
    work: dict[str, Callable[[], object]] = {
        "tishina": lambda: list(checker.check_many(articles(lines, 20, "en"))),
    }
    with tempfile.TemporaryDirectory() as folder:
        if options.peers:
            Path(folder, "pairs.po").write_text(po(lines, others), encoding="utf-8")
            Path(folder, "en.txt").write_text("\n\n".join(lines), encoding="utf-8")
            tools = options.peers / "bin"
            commands = {
                "pofilter": [tools / "pofilter", "pairs.po", "out.po"],
                "proselint": [tools / "proselint", "check", "en.txt"],
            }
            for name, command in commands.items():
                work[name] = lambda c=command: subprocess.run(c, cwd=folder, capture_output=True, check=False)  # type: ignore[misc]
        best = {name: float("inf") for name in work}
        for _ in range(ROUNDS):
            for name, run in work.items():
                best[name] = min(best[name], timed(run))
    print(f"{len(lines)} segments, {size:.2f} MB, best of {ROUNDS}")
    for name, seconds in best.items():
        figures = f"{len(lines) / seconds:>10.0f} segments/s{size / seconds:>8.2f} MB/s"
        print(f"{name:<12}{figures}   tishina is {seconds / best['tishina']:.1f} times as fast")


if __name__ == "__main__":
    main()
