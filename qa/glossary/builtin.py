"""The built-in glossary, and the matcher of a run."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from qa.errors import TishinaError
from qa.glossary.matcher import Matcher
from qa.glossary.model import Concept, Glossary
from qa.glossary.native import read


@cache
def builtin() -> Glossary:
    """All concepts that the package carries."""
    folder = files("qa") / "data" / "glossary"
    tables = sorted((f for f in folder.iterdir() if f.name.endswith(".csv")), key=lambda f: f.name)
    concepts = [c for table in tables for c in read(table.read_text("utf-8"), table.name)]
    return Glossary(tuple(concepts), "built-in")


def load_matcher(paths: Sequence[str], with_builtin: bool = True) -> Matcher:
    """The matcher over the user's glossaries (first, so that they win) and the built-in one."""
    concepts: list[Concept] = []
    for path in paths:
        concepts += read(_text(Path(path)), path, "\t" if path.endswith(".tsv") else ",")
    own = {c.id for c in concepts}
    if with_builtin:
        concepts += [c for c in builtin().concepts if c.id not in own]
    return Matcher(concepts)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise TishinaError(str(path), error.strerror or "cannot be read", "check the path") from None
    except UnicodeDecodeError:
        raise TishinaError(str(path), "not UTF-8", "save the glossary as UTF-8") from None
