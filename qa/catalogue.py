"""The catalogue of rules, made from the docstrings of the checks.

A docstring has a title line, paragraphs that say what is found and why it hurts a reader,
and living examples: `Flagged:` lines `[LANG] text => repair` and `Clean:` lines
`[LANG] text`. LANG is the target language, or SOURCE-TARGET; `source ⇒ text` gives the
original as well; ⏎ in an example is a line break, ␠ a blank; `=> ∅` says that the place is deleted, `=> ?` that no repair is offered.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass

from qa.check import Check
from qa.checks import CHECKS
from qa.errors import TishinaError

EXAMPLE_RE = re.compile(r"^\s+\[(?:(?P<src>[a-z]{2,3})-)?(?P<tgt>[A-Za-z-]+?)\] (?P<text>.*)$")


@dataclass(frozen=True)
class Example:
    """A text that a rule flags (with the repair that it offers first) or leaves alone."""

    text: str
    source_lang: str | None
    target_lang: str
    repair: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Rule:
    """A page of the catalogue."""

    name: str
    title: str
    description: str
    category: str
    severity: str
    flagged: tuple[Example, ...]
    clean: tuple[Example, ...]


def rules() -> list[Rule]:
    """All rules, in the order of the table."""
    return [page(name, check) for name, check in CHECKS.items()]


def rule(name: str) -> Rule:
    """One rule.

    Raises:
        TishinaError: there is none of that name.
    """
    if name not in CHECKS:
        raise TishinaError("rules", f"no rule is called {name!r}", "see `tishina rules`")
    return page(name, CHECKS[name])


def page(name: str, check: Check) -> Rule:
    """The docstring of a check, taken apart."""
    text = inspect.cleandoc(check.__doc__ or "")
    prose, _, examples = text.partition("Flagged:")
    flagged, _, clean = examples.partition("Clean:")
    title, _, description = prose.strip().partition("\n")
    return Rule(
        name,
        title.rstrip("."),
        description.strip(),
        check.CATEGORY,
        str(check.SEVERITY),
        tuple(_examples(flagged)),
        tuple(_examples(clean)),
    )


def _examples(lines: str) -> list[Example]:
    found = []
    for line in lines.splitlines():
        match = EXAMPLE_RE.match(line)
        if match:
            source, _, rest = match["text"].rpartition(" ⇒ ")
            text, arrow, repair = rest.partition(" => ")
            repaired = _breaks(repair) if arrow else None
            found.append(Example(_breaks(text), match["src"], match["tgt"], repaired, _breaks(source) or None))
    return found


def _breaks(text: str) -> str:
    return text.translate({ord("⏎"): "\n", ord("␠"): " ", ord("∅"): None})


def as_text(page: Rule) -> str:
    """A page for a terminal."""
    lines = [f"{page.name} ({page.severity}, {page.category})", "", page.title + ".", "", page.description, ""]
    for heading, examples in (("Flagged:", page.flagged), ("Clean:", page.clean)):
        lines += [heading, *(f"  {_shown(example)}" for example in examples), ""]
    return "\n".join(lines).rstrip()


def as_markdown(pages: list[Rule]) -> str:
    """The whole catalogue as Markdown: qa/checks/README.md."""
    rows = [f"| [{p.name}](#{p.name}) | {p.severity} | {p.category} | {p.title} |" for p in pages]
    head = [
        "# Rules",
        "",
        "Made from the docstrings by `make docs`.",
        "",
        "| rule | severity | MQM type | finds |",
        "| --- | --- | --- | --- |",
        *rows,
        "",
    ]
    return "\n".join([*head, *(_section(page) for page in pages)])


def _section(page: Rule) -> str:
    flagged = "\n".join(_shown(e) for e in page.flagged)
    clean = "\n".join(_shown(e) for e in page.clean)
    return (
        f"## {page.name}\n\n{page.title}.\n\n{page.description}\n\nFlagged:\n\n```text\n{flagged}\n```\n\n"
        f"Clean:\n\n```text\n{clean}\n```\n"
    )


def _shown(example: Example) -> str:
    pair = f"{example.source_lang}-{example.target_lang}" if example.source_lang else example.target_lang
    original = f"{example.source} ⇒ " if example.source else ""
    text = (original + example.text).replace("\n", "⏎")
    if example.repair is None:
        return f"[{pair}] {text}"
    return (
        f"[{pair}] {text} => {example.repair.replace(' ', '␠') if example.repair.isspace() else example.repair or '∅'}"
    )


if __name__ == "__main__":
    print(as_markdown(rules()))
