"""Configuration: every default in one place, TOML on top, unknown keys are errors.

Read from `--config FILE`, else from `tishina.toml` or `[tool.tishina]` in a
`pyproject.toml`, in the working directory or the nearest folder above it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from qa.errors import TishinaError
from qa.schema import Severity


@dataclass(frozen=True)
class Config:
    """All that a run depends on beside the texts.

    Attributes:
        select: rules to run; empty means all.
        ignore: rules to leave out.
        severities: severity per rule, in place of the rule's own.
        glossaries: files that add to the built-in glossary.
        builtin_glossary: whether the built-in glossary is used.
        neural: `auto` (where a model for the pair is at hand), `on`, `off`.
        model: name or folder of a translation model; None means the best at hand.
        device: `auto`, `cpu`, `cuda`, `cuda:N`, `mps`.
        weights: penalty points per severity (MQM: 0, 1, 5, 25).
        repeat: share of its weight that each repetition of one systematic error adds.
        threshold: calibrated score (0–100) from which an article passes. 80 leaves room
            for about four minor errors or one major error in a 400-word article.
        acceptable: penalty points per 1,000 words at which the calibrated score is
            exactly `threshold`. 20 is one major error in 250 words, or a minor one every 50.
        min_words: below this many words a linear score is not trusted (MQM practice: 300);
            the verdict then rests on the findings alone.
        min_score: what the gate asks for; None means `threshold`.
        max_findings: how many findings of a severity the gate lets through.
        critical_fails: a single critical finding fails the article whatever its score.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    glossaries: tuple[str, ...] = ()
    builtin_glossary: bool = True
    neural: str = "auto"
    model: str | None = None
    device: str = "auto"
    weights: Mapping[str, float] = field(
        default_factory=lambda: {"neutral": 0.0, "minor": 1.0, "major": 5.0, "critical": 25.0}
    )
    repeat: float = 0.1
    threshold: float = 80.0
    acceptable: float = 20.0
    min_words: int = 300
    min_score: float | None = None
    max_findings: Mapping[str, int] = field(default_factory=dict)
    critical_fails: bool = True


CHOICES = {"neural": ("auto", "on", "off")}


def load(path: Path | None = None, start: Path | None = None) -> tuple[Config, Path | None]:
    """The configuration in `path`, or in the nearest file upwards of `start`, and that file."""
    found = path or find(start or Path.cwd())
    if found is None:
        return Config(), None
    try:
        data = tomllib.loads(found.read_text(encoding="utf-8"))
    except OSError as error:
        raise TishinaError(str(found), error.strerror or "cannot be read", "check the path") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TishinaError(str(found), f"not valid TOML ({error})", "mend the file") from None
    section = data.get("tool", {}).get("tishina", {}) if found.name == "pyproject.toml" else data
    return override(Config(), section, str(found), found.parent), found


def find(folder: Path) -> Path | None:
    """`tishina.toml`, or a `pyproject.toml` with a `[tool.tishina]` table, upwards of `folder`."""
    for place in (folder.resolve(), *folder.resolve().parents):
        if (place / "tishina.toml").is_file():
            return place / "tishina.toml"
        project = place / "pyproject.toml"
        if project.is_file() and "[tool.tishina" in project.read_text(encoding="utf-8", errors="replace"):
            return project
    return None


def override(config: Config, values: Mapping[str, Any], where: str, folder: Path = Path()) -> Config:
    """`config` with `values` on top; a wrong key or type is an error that names it."""
    known = {f.name: f for f in fields(Config)}
    for key, value in values.items():
        name = key.replace("-", "_")
        if name not in known:
            raise TishinaError(where, f"unknown key {key!r}", f"use one of: {', '.join(sorted(known))}")
        config = replace(config, **{name: _value(name, value, getattr(Config(), name), where, folder)})
    return config


def _value(name: str, value: Any, default: Any, where: str, folder: Path) -> Any:
    """`value` in the type of the default, checked."""
    if name in CHOICES and value not in CHOICES[name]:
        raise TishinaError(where, f"{name} is {value!r}", f"use one of: {', '.join(CHOICES[name])}")
    if name == "glossaries":
        return tuple(str(folder / item) for item in _typed(name, value, list, where))
    if name == "severities":
        return {rule: _severity(level, where) for rule, level in _typed(name, value, dict, where).items()}
    if name in ("weights", "max_findings"):
        given = {
            str(_severity(k, where)): _number(f"{name}.{k}", v, where)
            for k, v in _typed(name, value, dict, where).items()
        }
        return {**default, **given}
    if isinstance(default, tuple):
        return tuple(str(item) for item in _typed(name, value, list, where))
    if isinstance(default, bool):
        return _typed(name, value, bool, where)
    if name == "model":
        return _typed(name, value, str, where)
    return _number(name, value, where) if not isinstance(default, str) else _typed(name, value, str, where)


def _typed(name: str, value: Any, kind: type, where: str) -> Any:
    if kind is list and isinstance(value, tuple):
        value = list(value)
    if not isinstance(value, kind):
        names = {list: "a list", dict: "a table", bool: "true or false", str: "a text"}
        raise TishinaError(where, f"{name} is {value!r}", f"write {names[kind]}")
    return value


def _number(name: str, value: Any, where: str) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise TishinaError(where, f"{name} is {value!r}", "write a number from 0 up")
    return value


def _severity(level: Any, where: str) -> Severity:
    try:
        return Severity(level)
    except ValueError:
        raise TishinaError(where, f"severity {level!r}", f"use one of: {', '.join(Severity)}") from None
