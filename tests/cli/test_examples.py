"""The examples below each command's help, typed as they stand there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from symderiv.cli.main import commands

BANK = Path(__file__).parents[2] / "exercises"
ANSWERS = "exercise: relu-derivative\nstudent: '4711'\nanswers:\n  derivative: 1 if x > 0 else 0\n"
LINE = '{"student": "4711", "exercise": "relu-derivative", "answers": {"derivative": "heaviside(x)"}}\n'
WORKSHEET = "Identifier,Full name,Status,Grade,Maximum Grade,Feedback comments\nParticipant 1,A,,,100,\n"


def examples(command: click.Command) -> Iterator[str]:
    yield from (line[2:] for line in (command.epilog or "").splitlines() if line.startswith("  "))
    for inner in getattr(command, "commands", {}).values():
        yield from examples(inner)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that the examples speak of."""
    folder = tmp_path_factory.mktemp("course")
    for name in ("answers", "submissions", "course/exercises"):
        (folder / name).mkdir(parents=True)
    (folder / "answers/4711.yaml").write_text(ANSWERS)
    (folder / "submissions/4711.yaml").write_text(ANSWERS)
    (folder / "answers.jsonl").write_text(LINE)
    (folder / "class.csv").write_text("4711\n")
    (folder / "worksheet.csv").write_text(WORKSHEET)
    exercise = (BANK / "relu-derivative.yaml").read_text()
    for name in ("sheet3", "relu-derivative"):
        text = exercise.replace("id: relu-derivative", f"id: {name}", 1)
        (folder / f"course/exercises/{name}.yaml").write_text(text)
    with zipfile.ZipFile(folder / "export.zip", "w") as export:
        export.writestr("4711.yaml", ANSWERS)
    return folder


@pytest.mark.parametrize("example", dict.fromkeys(examples(commands)))
def test_an_example_runs_as_it_stands(example: str, course: Path) -> None:
    if "pdf" in example and shutil.which("pdflatex") is None:
        pytest.skip("needs pdflatex")
    here = {"PATH": f"{course}/bin:{os.environ['PATH']}"}
    (course / "bin").mkdir(exist_ok=True)
    command = course / "bin/symderiv"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m symderiv "$@"\n')
    command.chmod(0o755)
    done = subprocess.run(
        ["sh", "-c", example],
        cwd=course,
        env={**os.environ, **here},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr.decode()


def test_help_shows_an_example_a_line() -> None:
    for example in examples(commands):
        assert example.startswith("symderiv ") or "| symderiv " in example


def test_help_shows_no_marks_of_its_own_making() -> None:
    def helps(command: click.Command, name: str) -> Iterator[str]:
        yield command.get_help(click.Context(command, info_name=name))
        for inner, each in getattr(command, "commands", {}).items():
            yield from helps(each, inner)

    assert not [text for text in helps(commands, "symderiv") if "\\b" in text or "\b" in text]
