"""Every code block of README.md and docs/ is run: ``console`` by a shell, ``pycon`` as a doctest."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from symderiv.cli.main import run as symderiv

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
ROOMS = ("symderiv", "tests", "templates", "exercises", "examples", "benchmarks")
_FENCE = re.compile(r"^```(\w+) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    page: Path
    line: int
    language: str
    text: str
    file: str = ""

    def __str__(self) -> str:
        return f"{named(self.page)}:{self.line}"


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def blocks() -> list[Block]:
    """The code blocks of all pages."""
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for match in _FENCE.finditer(text):
            found.append(Block(page, text.count("\n", 0, match.start()) + 1, match[1], match[3], match[2]))
    return found


def commands(text: str) -> list[tuple[str, str]]:
    """``$ command`` and the output that stands below it."""
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
    return [(part.split("\n", 1)[0], part.split("\n", 1)[1]) for part in parts]


def run(command: str, folder: Path = ROOT) -> str:
    """Standard output of a shell command, with the symderiv of this interpreter first on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "NO_COLOR": "1"}
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


FROM_NOTHING = "first-hour.md"
"""Its files are written, and its commands run, in an empty folder, one after the other."""


@pytest.mark.parametrize(
    "block", [b for b in blocks() if b.language == "console" and b.page.name != FROM_NOTHING], ids=str
)
def test_what_a_page_shows_is_what_comes_out(block: Block) -> None:
    for command, shown in commands(block.text):
        assert run(command).rstrip() == shown.rstrip(), f"$ {command}"


def test_the_first_hour_goes_as_it_is_told(tmp_path: Path) -> None:
    for block in blocks():
        if block.page.name != FROM_NOTHING:
            continue
        if block.file:
            path = tmp_path / block.file
            path.parent.mkdir(exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        for command, shown in commands(block.text) if block.language == "console" else ():
            assert run(command, tmp_path).rstrip() == shown.rstrip(), f"$ {command}"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_what_a_page_says_of_python_holds(page: Path) -> None:
    """The ``pycon`` blocks of a page are one session."""
    session = "\n\n".join(b.text for b in blocks() if b.page == page and b.language == "pycon")
    test = doctest.DocTestParser().get_doctest(session, {}, named(page), str(page), 0)
    report: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=report.append)
    assert not report, "".join(report)


def cures() -> list[tuple[str, str]]:
    """The messages of the troubleshooting page that have an instance, and the command that shows each."""
    page = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    return re.findall(r"^\| ([^|]+) \| `symderiv ([^`]+)` \|", page, re.MULTILINE)


@pytest.mark.parametrize(("message", "command"), cures())
def test_a_message_on_the_page_of_cures_is_what_is_said(
    message: str, command: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert symderiv(shlex.split(command)) == 2
    assert message in capfd.readouterr().err


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_block_says_what_it_is_and_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (page.parent / target).exists(), target


def test_the_index_leads_to_every_page() -> None:
    index = ROOT / "docs" / "index.md"
    linked = {(index.parent / t).resolve() for t in re.findall(r"\]\(([^)#:]+)\)", index.read_text("utf-8"))}
    assert {page for page in PAGES if page.parts[-1] not in ("README.md", "index.md")} <= linked


HOW_TO = ("add-a-misconception.md", "add-a-procedure.md", "write-an-exercise.md")
"""Their examples are files that the reader is to write."""


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in HOW_TO], ids=named)
def test_files_that_a_page_names_are_there(page: Path) -> None:
    prose = _FENCE.sub("", page.read_text(encoding="utf-8"))
    paths = [
        f"/{path.relative_to(ROOT)}" for room in ROOMS for path in (ROOT / room, *(ROOT / room).rglob("*"))
    ]
    for name in re.findall(r"`([\w./-]+(?:\.py|\.yaml|/))`", prose):
        assert any(path.endswith(f"/{name.rstrip('/')}") for path in paths), name
