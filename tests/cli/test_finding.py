"""Exercises that can't be used, among others that can."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
GOOD = "id: good\nparts:\n  - {id: a, answer: 1 + 1}\n"
BROKEN = "id: broken\nlet:\n  x: vector(3)\n  r: x*x\n  y: x/r\n  z: 2*y\nparts:\n  - {id: a, answer: z}\n"
TYPO = "id: typo\nparts:\n  - {id: a, anwser: 1}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("good", GOOD), ("broken", BROKEN), ("typo", TYPO)):
        (tmp_path / f"{name}.yaml").write_text(text)
    return tmp_path


def test_lint_reports_each_broken_file_and_proves_the_others(folder: Path, symderiv: Run) -> None:
    ended = symderiv("exercises", "lint", ".", cwd=folder)
    assert ended.code == 2 and "✓ good" in ended.out
    assert "broken.yaml:4:6" in ended.err and "typo.yaml:3:" in ended.err


def test_what_follows_from_a_fault_is_no_fault_of_its_own(folder: Path, symderiv: Run) -> None:
    ended = symderiv("exercises", "show", "broken.yaml", cwd=folder)
    assert ended.code == 2 and ended.err.count("broken.yaml:") == 1 and "not declared" not in ended.err


def test_faults_of_several_files_come_at_once(folder: Path, symderiv: Run) -> None:
    ended = symderiv("sheet", "broken.yaml", "typo.yaml", "good.yaml", cwd=folder)
    assert ended.code == 2 and ended.out == ""
    assert "broken.yaml:4" in ended.err and "typo.yaml:3" in ended.err


def test_a_file_of_the_other_kind_is_told_in_one_line(folder: Path, symderiv: Run) -> None:
    (folder / "answer.yaml").write_text("exercise: good\nanswers:\n  a: 2\n")
    ended = symderiv("exercises", "show", "answer.yaml", cwd=folder)
    assert ended.code == 2 and ended.err.startswith("answer.yaml:1:1: this is a file of answers")
    ended = symderiv("check", "good.yaml", cwd=folder)
    assert ended.code == 2 and ended.err.startswith("good.yaml:1:1: this is a file of an exercise")


@pytest.mark.parametrize("command", [["exercises", "lint"], ["exercises", "list"], ["sheet"]], ids=" ".join)
def test_a_folder_that_is_not_there_or_empty_is_no_success(
    command: list[str], tmp_path: Path, symderiv: Run
) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("nowhere", "empty"):
        ended = symderiv(*command, "--exercises", name, cwd=tmp_path)
        assert ended.code == 2 and ended.out == "" and name in ended.err


def test_lint_reports_two_exercises_of_one_id(tmp_path: Path, symderiv: Run) -> None:
    for name in ("good", "other"):
        (tmp_path / f"{name}.yaml").write_text(GOOD)
    ended = symderiv("exercises", "lint", ".", cwd=tmp_path)
    assert ended.code == 2 and "a second exercise with the id 'good'" in ended.err
