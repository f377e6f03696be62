"""The autograder's ZIP holds what Gradescope asks for; whatever is handed in, it leaves a result."""

import json
import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from symderiv.cli.main import run

EXERCISE = "id: sums\nlet: {x: real}\nparts:\n  - {id: a, ask: Twice., answer: 2*x, points: 2}\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Gradescope's machine: the ZIP unpacked as ``source``."""
    (tmp_path / "sums.yaml").write_text(EXERCISE)
    archive = tmp_path / "autograder.zip"
    assert run(["gradescope-zip", str(tmp_path / "sums.yaml"), "-o", str(archive)]) == 0
    home = tmp_path / "autograder"
    (home / "submission").mkdir(parents=True)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(home / "source")
        modes = {info.filename: info.external_attr >> 16 for info in packed.infolist()}
    assert sorted(modes) == ["exercises/sums.yaml", "run_autograder", "setup.sh"]
    assert modes["run_autograder"] & stat.S_IXUSR
    assert modes["setup.sh"] & stat.S_IXUSR
    return home


def result(home: Path) -> Any:
    """What ``run_autograder`` leaves."""
    command = home / "symderiv"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m symderiv "$@"\n')
    command.chmod(0o755)
    environment = {**os.environ, "AUTOGRADER": str(home), "SYMDERIV": str(command)}
    subprocess.run(
        ["bash", str(home / "source" / "run_autograder")], env=environment, check=True, timeout=120
    )
    return json.loads((home / "results" / "results.json").read_text())


def test_a_submission_is_graded(home: Path) -> None:
    (home / "submission" / "answer.yaml").write_text("exercise: sums\nanswers: {a: x + x}\n")
    found = result(home)
    assert found["score"] == 2
    assert [(test["score"], test["max_score"], test["status"]) for test in found["tests"]] == [
        (2, 2, "passed")
    ]


@pytest.mark.parametrize("text", ["exercise: [", "exercise: other\nanswers: {a: 1}\n"])
def test_what_cannot_be_used_scores_nothing_and_says_why(home: Path, text: str) -> None:
    (home / "submission" / "answer.yaml").write_text(text)
    found = result(home)
    assert found["score"] == 0
    assert "answer.yaml" in found["output"]


def test_an_empty_upload_is_told_what_is_wanted(home: Path) -> None:
    found = result(home)
    assert found["score"] == 0
    assert "No answers were handed in" in found["output"]


def test_the_same_exercises_make_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "sums.yaml").write_text(EXERCISE)
    for name in ("one.zip", "two.zip"):
        run(["gradescope-zip", str(tmp_path / "sums.yaml"), "-o", str(tmp_path / name)])
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_folder_that_is_a_file_is_a_clear_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sums.yaml").write_text(EXERCISE)
    assert run(["gradescope-zip", str(tmp_path / "sums.yaml"), "-o", str(tmp_path / "sums.yaml" / "x")]) == 2
    assert "can't be written" in capsys.readouterr().err
