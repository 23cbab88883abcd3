"""How much of what the built-in glossary lists as wrong a model writes by itself, from source terms and accepted names.

Usage: python benchmarks/anticipate.py [--lang ru] [--model NAME_OR_FOLDER] [--list]

The wrong English renderings are taken out of the built-in names of a language, and
`glossary anticipate` is asked for some. Printed are how many names it extends, how many of
its renderings the glossary had (the others are not wrong: nobody listed them), and for how
many of the names that had wrong renderings it writes at least one of these.
"""

from __future__ import annotations

import argparse
from dataclasses import replace

from qa.glossary import Concept, Glossary, builtin
from qa.glossary.anticipate import anticipate
from qa.translator import open_translator


def stripped(concept: Concept) -> Concept:
    """A concept without its wrong renderings."""
    return replace(concept, terms=tuple(term for term in concept.terms if term.status.accepted))


def wrong(concept: Concept) -> set[str]:
    """The wrong English renderings of a concept, in small letters."""
    return {term.text.casefold() for term in concept.terms if term.lang == "en" and not term.status.accepted}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lang", default="ru")
    parser.add_argument("--model")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    names = [c for c in builtin().concepts if c.is_name and c.accepted(options.lang) and c.accepted("en")]
    listed = {concept.id: wrong(concept) for concept in names}
    translator = open_translator(options.lang, "en", model=options.model)
    found = anticipate(Glossary(tuple(map(stripped, names))), translator, options.lang, "en")
    written = {concept.id: wrong(concept) for concept in found.concepts}
    if options.list:
        for concept in found.concepts:
            print(f"{concept.accepted(options.lang)[0].text} ({concept.id}): {' | '.join(sorted(written[concept.id]))}")
    known = sum(len(said & listed[name]) for name, said in written.items())
    met = sum(bool(said & listed[name]) for name, said in written.items())
    total = sum(map(len, written.values()))
    print(f"{len(names)} names, {len(written)} extended by {total} renderings, of which the glossary had {known}")
    print(f"of {sum(map(bool, listed.values()))} names with wrong renderings, one of these is written for {met}")


if __name__ == "__main__":
    main()
