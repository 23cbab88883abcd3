"""The wheel: installed in an environment of its own, its command scores an article."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)], cwd=ROOT, check=True)
    (built,) = out.glob("*.whl")
    return built


def test_holds_code_and_data_only(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {t for t in tops if not t.endswith(".dist-info")} == {"qa"}
    names = zipfile.ZipFile(wheel).namelist()
    assert "qa/data/glossary/ru-a.csv" in names
    assert not [n for n in names if "recipes" in n or n.endswith("train.py")]


def test_console_script_scores_an_article(wheel: Path, tmp_path: Path) -> None:
    """Dependencies come from the running environment; the package comes from the wheel alone."""
    home = tmp_path / "env"
    venv.create(home, with_pip=True)
    python, command = home / "bin" / "python", home / "bin" / "tishina"
    subprocess.run([python, "-m", "pip", "install", "-q", "--no-deps", "--no-index", wheel], check=True)
    own = next((home / "lib").glob("python*/site-packages"))
    (own / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    done = subprocess.run(
        [command, "score", "--format", "json", "--neural", "off", ROOT / "tests" / "articles" / "demo.txt"],
        cwd=tmp_path, capture_output=True, check=True,
    )  # fmt: skip
    report = json.loads(done.stdout)
    assert report["articles"][0]["verdict"] == "fail"
    where = subprocess.run(
        [python, "-c", "import qa; print(qa.__file__)"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert str(own) in where.stdout
