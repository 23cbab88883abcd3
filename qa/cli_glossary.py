"""`tishina glossary check|convert|find|anticipate`: thin layers over `qa.Glossary`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import TishinaError

if TYPE_CHECKING:
    from qa.glossary import Glossary, Match


def add_to(commands: Any) -> None:
    """Adds `glossary` and its subcommands to the parser."""
    text = "check a glossary, convert it, or look something up"
    command = commands.add_parser("glossary", help=text, description=text)
    verbs = command.add_subparsers(required=True, metavar="VERB")
    _add_check(verbs)
    _add_convert(verbs)
    _add_find(verbs)
    _add_anticipate(verbs)


def _add_check(verbs: Any) -> None:
    text = "duplicates, conflicts, dead and dangerous entries; exit status 0 none, 1 some, 2 a file cannot be read"
    command = verbs.add_parser("check", help="find duplicates, conflicts, dead and dangerous entries", description=text)
    command.add_argument("files", nargs="+", metavar="FILE")
    _add_pair(command)
    command.set_defaults(run=check)


def _add_convert(verbs: Any) -> None:
    text = "write a glossary in the format of the second ending (or --format); what it cannot hold is counted"
    command = verbs.add_parser("convert", help="write a glossary in another format", description=text)
    command.add_argument("original", metavar="A")
    command.add_argument("result", metavar="B")
    command.add_argument(
        "--format", default="", metavar="NAME", help="native, google, deepl, tbx …; else by B's ending"
    )
    _add_pair(command)
    command.set_defaults(run=convert)


def _add_find(verbs: Any) -> None:
    text = "look up a term, or all terms in a text or file; exit status 1 if there are none"
    command = verbs.add_parser("find", help="look up a term, or the terms in a text", description=text)
    command.add_argument("text", metavar="TEXT|FILE")
    command.add_argument("--lang", metavar="TAG", help="language of the text; else the one that it shows")
    command.add_argument("--glossary", action="append", default=[], metavar="FILE", help="look here too; repeatable")
    command.add_argument("--no-builtin-glossary", action="store_true")
    _add_pair(command)
    command.set_defaults(run=find)


def _add_anticipate(verbs: Any) -> None:
    text = "list literal renderings that a machine is likely to write, for review; exit status 1 if there are none"
    command = verbs.add_parser("anticipate", help="list literal renderings that a machine may write", description=text)
    command.add_argument("file", metavar="FILE")
    command.add_argument("--output", metavar="B", help="write them as deprecated terms into a glossary of B's format")
    command.add_argument("--model", metavar="NAME|FOLDER", help="instead of the one at hand for the two languages")
    command.add_argument("--device", default="auto", metavar="NAME", help="auto, cpu, cuda, cuda:1, mps")
    _add_pair(command)
    command.set_defaults(run=anticipate)


def _add_pair(command: argparse.ArgumentParser) -> None:
    for option, name, which in (("--from", "source", "source"), ("--to", "target", "target")):
        text = f"{which} language, where the format does not say"
        command.add_argument(option, dest=name, default="", metavar="TAG", help=text)


def check(options: argparse.Namespace) -> int:
    """`tishina glossary check`: prints the problems of all files that can be read."""
    from qa.glossary import Glossary

    status = 0
    for file in options.files:
        try:
            glossary = Glossary.read(file, options.source, options.target)
        except TishinaError as error:
            print(f"tishina: {error}", file=sys.stderr)
            status = 2
            continue
        problems = glossary.check()
        for problem in problems:
            print(f"{file}: {problem}")
        print(f"{file}: {len(glossary.concepts)} concepts, {len(problems)} problems")
        status = status or int(bool(problems))
    return status


def convert(options: argparse.Namespace) -> int:
    """`tishina glossary convert`: writes B; says on standard error what B could not hold."""
    from qa.glossary import Glossary

    glossary = Glossary.read(options.original, options.source, options.target)
    lost = glossary.write(options.result, options.source, options.target, options.format)
    for what, count in lost.items():
        print(f"tishina: warning: {options.result}: {count} {what} left out", file=sys.stderr)
    print(f"{options.result}: {len(glossary.concepts)} concepts")
    return 0


def find(options: argparse.Namespace) -> int:
    """`tishina glossary find`: each term found, its concept and statuses, and where that is written."""
    text = _text(options.text)
    found = [line for glossary in _glossaries(options) for line in _found(glossary, text, options.lang)]
    print("\n".join(found) if found else "nothing found")
    return 0 if found else 1


def anticipate(options: argparse.Namespace) -> int:
    """`tishina glossary anticipate`: a line a name, with what to look for; or a glossary of them."""
    from qa.glossary import Glossary, formats
    from qa.glossary.anticipate import anticipate as expected
    from qa.translator import open_translator

    if not (options.source and options.target):
        raise TishinaError(options.file, "between which languages is not said", "give --from ru --to en or the like")
    if options.output:
        formats.to_write(options.output)  # an error before the work, not after it
    glossary = Glossary.read(options.file, options.source, options.target)
    translator = open_translator(options.source, options.target, model=options.model, device=options.device)
    found = expected(glossary, translator, options.source, options.target)
    before = {concept.id: set(concept.terms) for concept in glossary.concepts}
    for concept in found.concepts:
        term, name = (concept.accepted(lang)[0].text for lang in (options.source, options.target))
        print(f"{term} ({name}): {' | '.join(t.text for t in concept.terms if t not in before[concept.id])}")
    if options.output:
        found.write(options.output, options.source, options.target)
    print(f"{len(found.concepts)} of {len(glossary.concepts)} names", file=sys.stderr)
    return 0 if found.concepts else 1


def _text(given: str) -> str:
    from qa.articles.decode import decode

    try:
        path = Path(given)
        return decode(path.read_bytes(), given)[0] if path.is_file() else given
    except (OSError, ValueError):  # too long for a name: a text
        return given


def _glossaries(options: argparse.Namespace) -> Iterator[Glossary]:
    from qa.glossary import Glossary, builtin

    for file in options.glossary:
        yield Glossary.read(file, options.source, options.target)
    if not options.no_builtin_glossary:
        yield builtin()


def _found(glossary: Glossary, text: str, lang: str | None) -> Iterator[str]:
    shown = set()
    for match in glossary.find(text, lang):
        words = match.span.of(text)
        term = match.term
        yield f"{match.start}-{match.end} {words}: {term.status} in {term.lang} ({term.text}), {match.concept.id}"
        if match.concept.id not in shown:
            yield from _described(match, glossary.name)
        shown.add(match.concept.id)


def _described(match: Match, name: str) -> Iterator[str]:
    """The concept: kind, note, all terms by language and status, and where it is from."""
    concept = match.concept
    yield f"    {concept.kind}" + (f": {concept.note}" if concept.note else "")
    for lang in concept.languages():
        for status in dict.fromkeys(t.status for t in concept.terms if t.lang == lang):
            terms = [t.text for t in concept.terms if t.lang == lang and t.status is status]
            yield f"    {lang} {status}: {' | '.join(terms)}"
    for lang, words in concept.near.items():
        yield f"    {lang} counts near: {' | '.join(words)}"
    yield f"    from {name}" + (f"; {concept.fact}" if concept.fact else "")
