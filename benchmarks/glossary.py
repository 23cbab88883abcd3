"""Speed of the glossary: loading, and the rules with many concepts.

Usage: python benchmarks/glossary.py FILE.tsv[.gz] [--column N] [--concepts N] [--article FILE]

Writes a glossary of made-up names and of phrases from the words of FILE itself (so that
its terms begin like the text's own), and measures, each in a process of its own with a
cache of its own: loading for the first time, loading compiled, segments a second of all
rules with the built-in glossary alone and with the large one on top, and one run of
`tishina score` on one article (wall time and the most memory).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).parent))

from clean import articles, segments

SYLLABLES = "ba ko ri tan ve lu mor sha dim ost pel gra zin ura fel nok tis wer ald kam".split()
CODE = """
import json, resource, sys, time
from qa.glossary import load_matcher
from qa.glossary.matcher import tokens
begin = time.perf_counter()
matcher = load_matcher(sys.argv[1:])
loaded = time.perf_counter()
list(matcher.search("a", tokens("a"), "en"))
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([loaded - begin, time.perf_counter() - loaded, memory]))
"""
SCORE = """
import resource, subprocess, sys, time
command = [sys.executable, "-m", "qa.cli", "score", "--neural", "off", sys.argv[1]]
begin = time.perf_counter()
subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
print(time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""


def synthetic(path: Path, lines: list[str], size: int) -> None:
    """A native glossary of `size` concepts."""
    chance = random.Random(1)
    words = sorted({w for line in lines for w in line.split() if w.isalpha() and len(w) > 3})
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(["id", "kind", "ru", "en", "en:deprecated", "en:near"])
        for number in range(size):
            name = " ".join("".join(chance.choices(SYLLABLES, k=3)).title() for _ in range(2))
            wrong = " ".join([chance.choice(words), "".join(chance.choices(SYLLABLES, k=2))])
            wrong = chance.choice([wrong, " ".join(chance.sample(words, 2)), f"{name} {chance.choice(words)}"])
            source = " ".join("".join(chance.choices("абвгдежзиклмнопрст", k=8)).title() for _ in range(2))
            table.writerow([f"c{number}", "organisation", source, name, wrong, f"{chance.choice(words)}|ministry"])


def loading(paths: list[str]) -> tuple[float, float, float]:
    """Seconds to load and to index English, and the most memory in MB, in a new process."""
    out = subprocess.run([sys.executable, "-c", CODE, *paths], capture_output=True, text=True, check=True)
    load, index, memory = json.loads(out.stdout)
    return load, index, memory


def throughput(lines: list[str], glossaries: tuple[str, ...], rounds: int) -> list[float]:
    """Segments a second of all rules, a figure a round."""
    from time import process_time

    import qa

    checker = qa.Checker(qa.Config(neural="off", glossaries=glossaries))
    speeds = []
    for _ in range(rounds):
        begin = process_time()
        assert all(report.error is None for report in checker.check_many(articles(lines, 20, "en")))
        speeds.append(len(lines) / (process_time() - begin))
    return speeds


def command(article: Path) -> tuple[float, float]:
    """Wall seconds and the most memory in MB of `tishina score` on one article."""
    out = subprocess.run([sys.executable, "-c", SCORE, str(article)], capture_output=True, text=True, check=True)
    seconds, memory = map(float, out.stdout.split())
    return seconds, memory


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--column", type=int, default=0)
    parser.add_argument("--concepts", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    lines = segments(options.file, options.column)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TISHINA_CACHE"] = folder
        large = Path(folder) / "large.csv"
        synthetic(large, lines, options.concepts)
        _report_loading("built-in", [], options.rounds)
        _report_loading(f"{options.concepts} concepts more", [str(large)], options.rounds)
        _report_command(Path(folder) / "article.txt", lines, options.rounds)
        _report_speed(lines, str(large), options.rounds)


def _report_loading(name: str, paths: list[str], rounds: int) -> None:
    load, index, memory = loading(paths)
    again = median(sum(loading(paths)[:2]) for _ in range(rounds))
    print(f"loading, {name}: {load:.2f} s, index {index:.2f} s ({memory:.0f} MB); compiled, both: {again:.3f} s")


def _report_command(article: Path, lines: list[str], rounds: int) -> None:
    article.write_text("\n\n".join(" ".join(lines[n : n + 4]) for n in range(0, 24, 4)), encoding="utf-8")
    runs = [command(article) for _ in range(rounds)]
    print(f"tishina score, one article: {median(r[0] for r in runs):.2f} s, {max(r[1] for r in runs):.0f} MB")


def _report_speed(lines: list[str], large: str, rounds: int) -> None:
    few = throughput(lines, (), rounds)
    many = throughput(lines, (large,), rounds)
    print(f"rules, built-in glossary: {median(few):.0f} segments/s {[round(s) for s in few]}")
    print(f"rules, with the large one: {median(many):.0f} segments/s {[round(s) for s in many]}")
    print(f"ratio: {median(many) / median(few):.2f}")


if __name__ == "__main__":
    main()
