"""A wheel carries bank, templates, grammars and type marker, and finds them where it is installed."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from symderiv.resources import folder

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as hatchling builds it, without a network: from this environment's own hatchling."""
    pytest.importorskip("hatchling", reason="hatchling is not installed: no wheel is built here")
    out = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(out.glob("symderiv-*.whl"))


def test_a_wheel_holds_all_that_ships(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    bank = {f"symderiv/_data/exercises/{path.name}" for path in (ROOT / "exercises").glob("*.yaml")}
    templates = {
        f"symderiv/_data/templates/{path.relative_to(ROOT / 'templates')}"
        for path in (ROOT / "templates").rglob("*.*")
        if path.name != ".gitkeep"
    }
    assert bank and templates and bank | templates <= names
    assert {
        "symderiv/py.typed",
        "symderiv/language/text.lark",
        "symderiv/language/latex.lark",
    } <= names
    assert not any(name.startswith(("tests/", "benchmarks/")) for name in names)


def test_an_installed_wheel_finds_its_bank(wheel: Path, tmp_path: Path) -> None:
    """The wheel unpacked somewhere, first on the path: what pip does, without pip."""
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    code = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); import symderiv.resources as r;"
        "print(r.folder('exercises'), r.folder('templates'));"
        "from symderiv.cli import main; main(['exercises', 'list'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(site)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(site)) and "conv2d-kernel-gradient" in done.stdout


def test_an_editable_install_finds_the_folders_of_the_repository() -> None:
    assert folder("exercises") == ROOT / "exercises" or (folder("exercises").parent.name == "_data")
    assert (folder("templates") / "sheets" / "sheet.tex").is_file()
