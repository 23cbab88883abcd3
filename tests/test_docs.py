"""What is generated is up to date, and what the README shows is what the program says."""

from __future__ import annotations

import re
from pathlib import Path

import qa
from qa.catalogue import as_markdown, rules
from qa.reports.text import plain

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_catalogue_is_generated() -> None:
    assert (ROOT / "qa" / "checks" / "README.md").read_text(encoding="utf-8") == as_markdown(rules()) + "\n", (
        "run `make docs`"
    )


def test_readme_shows_real_output() -> None:
    """Each line of the excerpt is a line of the report on the example article."""
    (excerpt,) = re.findall(r"```console\n\$ tishina score tests/articles/demo\.txt[^\n]*\n(.*?)```", README, re.S)
    (article,) = qa.read([str(ROOT / "tests/articles/demo.txt")])
    checker = qa.Checker(qa.Config(neural="off"))
    said = "".join(plain([checker.check(article)], checker.signature)).splitlines()
    shown = [line for line in excerpt.splitlines() if line.strip() and line.strip() != "…"]
    place = 0
    for line in shown[1:]:
        assert line in said[place:], line
        place = said.index(line, place) + 1


def test_readme_examples_run() -> None:
    """The Python block of the README."""
    (code,) = re.findall(r"```python\n(.*?)```", README, re.S)
    exec(compile(code, "README.md", "exec"), {})


def test_project_speaks_of_itself_alone() -> None:
    """No absolute path of a machine in what is shipped."""
    for path in [*ROOT.glob("*.md"), *ROOT.glob("qa/**/*.py"), *ROOT.glob("qa/**/*.md")]:
        assert not re.search(r"(?<![\w.])/(?:home|root|work|tmp)/", path.read_text(encoding="utf-8")), path
