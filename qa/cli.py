"""The command `tishina`: one function a command, each a thin layer over the public API.

Exit status: 0 passed (for `score`: done), 1 the gate failed, 2 the call, the
configuration or an input is wrong.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa import __version__, cli_glossary, cli_models
from qa.errors import TishinaError

if TYPE_CHECKING:
    from qa.config import Config
    from qa.schema import Article, Report


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit status."""
    options = _parser().parse_args(argv)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except TishinaError as error:
        print(f"tishina: {error}", file=sys.stderr)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        print("tishina: stopped", file=sys.stderr)
        return 130
    return 2


def score(options: argparse.Namespace) -> int:
    """`tishina score`: reports; 2 if an article could not be read."""
    return 2 if _report(options).errors else 0


def gate(options: argparse.Namespace) -> int:
    """`tishina gate`: reports; 1 if an article fails, else 2 if one could not be read."""
    outcome = _report(options)
    return 1 if outcome.failed else 2 if outcome.errors else 0


def rules(options: argparse.Namespace) -> int:
    """`tishina rules`: the catalogue, or one page of it."""
    from qa import catalogue

    if options.name:
        print(catalogue.as_text(catalogue.rule(options.name)))
        return 0
    pages = catalogue.rules()
    width = max(len(page.name) for page in pages)
    for page in pages:
        print(f"{page.name:<{width}}  {page.severity:<8}  {page.title}")
    return 0


def _report(options: argparse.Namespace) -> Any:
    """Reads, checks and writes; returns the summary of the run."""
    from qa.articles import read
    from qa.pipeline import Checker
    from qa.reports import FORMATS
    from qa.reports.summary import Summary
    from qa.reports.text import coloured

    checker = Checker(_config(options))
    summary = Summary()
    signature = checker.signature
    articles = _with_options(read(options.paths), options)
    reports = summary.watch(_progress(checker.check_many(articles, options.jobs), options))
    form = FORMATS[options.format]
    if options.format == "text" and not options.output and _wants_colour():
        form = coloured
    if options.quiet and options.format == "text":
        reports = _failing(reports)
    _write(form(reports, signature), options.output)
    if options.verbose and summary.share and options.format != "text":
        print(summary.share, file=sys.stderr)
    for note in sorted(summary.notes):
        print(f"tishina: note: {note}", file=sys.stderr)
    return summary


def _failing(reports: Iterable[Report]) -> Iterator[Report]:
    yield from (report for report in reports if not report.passed)


def _with_options(articles: Iterable[Article], options: argparse.Namespace) -> Iterator[Article]:
    """Articles with the languages and the source that the command line gives."""
    source = _source_text(options)
    for article in articles:
        yield replace(
            article,
            source_lang=article.source_lang or options.source_lang,
            target_lang=article.target_lang or options.target_lang,
            source=article.source or source,
        )


def _source_text(options: argparse.Namespace) -> str | None:
    from qa.articles.decode import decode

    if not options.source:
        return None
    if len(options.paths) > 1 or Path(options.paths[0]).is_dir():
        raise TishinaError("--source", "given for more than one article", "score one article at a time")
    try:
        return decode(Path(options.source).read_bytes(), options.source)[0]
    except OSError as error:
        raise TishinaError(options.source, error.strerror or "cannot be read", "check the path") from None


def _progress(reports: Iterable[Report], options: argparse.Namespace) -> Iterable[Report]:
    """A progress bar on standard error, on a terminal, for more than a moment's work."""
    if options.quiet or not sys.stderr.isatty():
        return reports
    from tqdm import tqdm

    return tqdm(reports, unit=" articles", delay=1, leave=False, file=sys.stderr)


def _config(options: argparse.Namespace) -> Config:
    """The configuration file with the command line on top."""
    from qa import config

    base, found = config.load(Path(options.config) if options.config else None)
    if options.verbose:
        print(f"configuration: {found or 'defaults'}", file=sys.stderr)
    given: dict[str, Any] = {
        "select": options.select, "ignore": options.ignore, "neural": options.neural, "model": options.model,
        "device": options.device, "min_score": getattr(options, "min_score", None),
        "builtin_glossary": False if options.no_builtin_glossary else None,
        "max_findings": _limits(options),
    }  # fmt: skip
    merged = config.override(base, {k: v for k, v in given.items() if v not in (None, [], {})}, "command line")
    return replace(merged, glossaries=(*merged.glossaries, *options.glossary))


def _limits(options: argparse.Namespace) -> dict[str, int]:
    levels = ("minor", "major", "critical")
    return {s: n for s in levels if (n := getattr(options, f"max_{s}", None)) is not None}


def _wants_colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _write(pieces: Iterable[str], output: str | None) -> None:
    """To standard output piece by piece, or to a file that appears only when it is whole."""
    if output is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece.encode("utf-8", "backslashreplace"))
        return
    target = Path(output)
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with partial.open("wb") as stream:
            stream.writelines(piece.encode("utf-8", "backslashreplace") for piece in pieces)
        partial.replace(target)
    except OSError as error:
        raise TishinaError(output, error.strerror or "cannot be written", "choose another place") from None
    finally:
        partial.unlink(missing_ok=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tishina",
        description="Finds what machine translation left in an article, says why, and scores it.",
    )
    parser.add_argument("--version", action="version", version=f"tishina {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for run, text in ((score, "find, explain and score"), (gate, "the same; exit status 1 if an article fails")):
        command = commands.add_parser(run.__name__, help=text, description=text)
        command.set_defaults(run=run)
        _add_run_options(command)
    _add_gate_options(commands.choices["gate"])
    listing = commands.add_parser("rules", help="the catalogue of rules, or the page of one")
    listing.add_argument("name", nargs="?")
    listing.set_defaults(run=rules)
    cli_glossary.add_to(commands)
    cli_models.add_to(commands)
    return parser


def _add_run_options(command: argparse.ArgumentParser) -> None:
    from qa.reports import FORMATS

    add = command.add_argument
    add("paths", nargs="+", metavar="PATH", help="files, folders, or - for standard input")
    add("--source-lang", metavar="TAG", help="BCP 47; else inferred from the article")
    add("--target-lang", metavar="TAG", help="BCP 47; else detected")
    add("--source", metavar="FILE", help="the original of the one article")
    add("--glossary", action="append", default=[], metavar="FILE", help="adds to the built-in one; repeatable")
    add("--no-builtin-glossary", action="store_true")
    add("--neural", choices=("auto", "on", "off"), help="back-translation; auto: where a model is at hand")
    add("--model", metavar="NAME_OR_FOLDER")
    add("--device", metavar="auto|cpu|cuda|cuda:N|mps")
    add("--format", choices=tuple(FORMATS), default="text")
    add("-o", "--output", metavar="FILE")
    add("--config", metavar="FILE", help="else tishina.toml or [tool.tishina] in pyproject.toml, found upwards")
    add("--select", action="append", default=[], metavar="RULE", help="run only these rules; repeatable")
    add("--ignore", action="append", default=[], metavar="RULE", help="leave these rules out; repeatable")
    add("--jobs", type=_positive, default=1, metavar="N", help="processes for the rules")
    add("--quiet", action="store_true", help="no progress bar; in text, only articles that fail")
    add("-v", "--verbose", action="store_true")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("write a number from 1 up")
    return number


def _add_gate_options(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("--min-score", type=float, metavar="N", help="calibrated score that every article needs, 0-100")
    for severity in ("minor", "major", "critical"):
        add(f"--max-{severity}", type=int, metavar="N", help=f"the most {severity} findings an article may have")


if __name__ == "__main__":
    sys.exit(main())
