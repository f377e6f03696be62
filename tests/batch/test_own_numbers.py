"""With a list of students everyone is judged on their own numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from symderiv.cli.main import run
from symderiv.exercise import load_exercise
from symderiv.reports.sheets.students import Student

EXERCISE = """
id: own
let: {a: 3, b: 5}
vary:
  draw: {a: 10..900, b: 10..900}
parts: [{id: p, answer: 1000*a + b, points: 2}]
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Ada and Bo answer their own sheets; Cy hands in Ada's file; Di is on no list; Ed says no seed."""
    (tmp_path / "exercises").mkdir()
    path = tmp_path / "exercises" / "own.yaml"
    path.write_text(EXERCISE)
    (tmp_path / "in").mkdir()
    for name, whose in (("ada", "ada"), ("bo", "bo"), ("cy", "ada"), ("di", "di"), ("ed", "ed")):
        names = load_exercise(path, Student(whose).seed).scope.names
        seed = "" if name == "ed" else f"seed: {Student(whose).seed}\n"
        right = f"1000*{names['a'].definition} + {names['b'].definition}"
        answers = f"exercise: own\nstudent: {name}\n{seed}answers: {{p: '{right}'}}\n"
        (tmp_path / "in" / f"{name}.yaml").write_text(answers)
    (tmp_path / "class.csv").write_text("name\nada\nbo\ncy\ned\n")
    return tmp_path


def points(course: Path, *more: str) -> dict[str, Any]:
    command = ["grade", str(course / "in"), "--exercises", str(course / "exercises"), "--jobs", "1"]
    run([*command, "--out", str(course / "out"), "--report", "json", *more])
    found = json.loads((course / "out" / "results.json").read_text())
    faults = {each["student"]: each["fault"] for each in found["unusable"]}
    return faults | {each["student"]: each["points"] for each in found["reports"]}


def test_a_file_is_believed_without_a_list(course: Path) -> None:
    assert points(course) == {"ada": 2, "bo": 2, "cy": 2, "di": 2, "ed": 0}


def test_with_a_list_a_friends_numbers_are_the_friends(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = points(course, "--students", str(course / "class.csv"))
    assert "not on the list" in found.pop("di")
    assert found == {"ada": 2, "bo": 2, "cy": 0, "ed": 2}
    assert "the file names another seed: cy\n" in capsys.readouterr().err
