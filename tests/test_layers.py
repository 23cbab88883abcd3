"""Low never imports high, checks never import each other, and heavy libraries wait until needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

QA = Path(__file__).parent.parent / "qa"
LAYERS = [
    {"errors", "schema"},
    {"edits", "text", "locale", "names"},
    {"language"},
    {"config", "document", "articles"},
    {"glossary", "translator", "models"},
    {"adequacy"},
    {"check"},
    {"source_language", "checks"},
    {"merge", "scoring", "catalogue", "backtranslation"},
    {"pipeline", "gate"},
    {"reports"},
    {"cli", "cli_glossary", "cli_models"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
FILES = [p for p in sorted(QA.rglob("*.py")) if p != QA / "__init__.py"]


def imported(path: Path) -> set[str]:
    """Modules of qa that a file names, lazily or not, but not for type checking only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    names: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in guarded:
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" if node.module == "qa" else node.module for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name for name in names if name.startswith("qa.") and name != "qa.__version__"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(QA)))
def test_low_never_imports_high(path: Path) -> None:
    own = path.relative_to(QA).parts[0].removesuffix(".py")
    for name in imported(path):
        other = name.split(".")[1]
        assert LEVEL[other] <= LEVEL[own], f"{own} imports {other}"
        if path.parent.name == "checks" and path.stem != "__init__":
            assert other != "checks", f"{path.stem} imports another check"


def test_every_module_has_a_layer() -> None:
    assert {p.relative_to(QA).parts[0].removesuffix(".py") for p in FILES} <= set(LEVEL)


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import qa", ["torch", "transformers", "lxml", "simplemma", "sentencex", "argparse"]),
        ("import qa; qa.Checker(qa.Config(neural='off')).check(qa.Article('x', 'A text.', target_lang='en'))",
         ["torch", "transformers", "lxml", "simplemma", "pymorphy3", "sacrebleu", "langdetect", "ftfy"]),
        ("from qa.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass", ["torch", "transformers"]),
    ],
    ids=["import", "check", "help"],
)  # fmt: skip
def test_heavy_libraries_wait(code: str, absent: list[str]) -> None:
    probe = f"{code}\nimport sys; print([m for m in {absent!r} if m in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stderr.strip().splitlines()[-1] == "[]"
