"""Submissions are found in every layout, and a broken one is a result too."""

import io
import os
import zipfile
from pathlib import Path

import pytest

from symderiv.batch.passed_over import passed_over
from symderiv.batch.submission import Owner, of_text
from symderiv.batch.submissions import check_paths, submissions
from symderiv.batch.tasks import formula_of, plain
from symderiv.errors import FileFaults
from symderiv.expression.tree import Number
from symderiv.language import Scope

ANSWER = "exercise: conv2d-kernel-gradient\nanswers: {i: '[[4],[-3],[-2]]'}\n"


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yaml", "notes.txt"):
        (tmp_path / name).write_text(ANSWER)
    assert [s.student for s in submissions([tmp_path])] == ["a", "b"]


def test_other_files_are_named_but_for_what_lies_beside_an_answer_in_an_export(tmp_path: Path) -> None:
    for name in (
        "a.yaml",
        "b.txt",
        "README.md",
        "d.jsonl",
        ".hidden",
        "results/class.html",
        "submission_7/x.png",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(ANSWER)
    told = passed_over([tmp_path, "-", tmp_path / "a.yaml"], tmp_path / "results")
    assert [Path(each).name for each in told] == ["b.txt", "d.jsonl"]


def test_moodle_and_gradescope_folders_name_the_student(tmp_path: Path) -> None:
    for folder in ("Ada L_123_assignsubmission_file_", "submission_77"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "answer.yaml").write_text(ANSWER)
    assert {s.student for s in submissions([tmp_path])} == {"Participant 123", "77"}


def test_a_zip_is_read_without_unpacking(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../escape.yaml", ANSWER)
        archive.writestr("submission_5/answer.yaml", ANSWER)
        archive.writestr("late/more.zip", b"PK")
    assert [s.student for s in submissions([path])] == ["escape", "5"]
    assert list(passed_over([path], tmp_path)) == [f"{path}:late/more.zip"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["export.zip"]


def test_json_lines_come_from_standard_input() -> None:
    lines = io.BytesIO(
        b'{"student": 1, "exercise": "sums", "answers": {"ii": [[1, 2], [3, 4]]}}\n\nno json\n[1]\n'
    )
    first, second, third = submissions(["-"], lines)
    assert first.answers is not None
    assert first.student == "1"
    assert "no JSON" in second.fault
    assert "expected" in third.fault


LABELLED = {
    "a.tex": b"\\newcommand{\\four}{4}\r\n% exercise: sum\r\n\\begin{answer}{a} $\\four$ \\end{answer}\r\n",
    "b.md": b"---\nexercise: sum\n---\n## Answer a\n4\n",
    "c.ipynb": b'{"cells": [{"source": "---\\nexercise: sum\\n---\\n"}, {"source": "## Answer a\\n4"}]}',
    "d.yaml": b"exercise: sum\r\nanswers: {a: 4}\r\n",
}


def test_every_format_of_answers_is_taken(tmp_path: Path) -> None:
    for name, content in LABELLED.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "README.md").write_text("How to hand in.")
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as archive:
        archive.writestr("e.tex", LABELLED["a.tex"])
    found = list(submissions([tmp_path, tmp_path / "e.zip"]))
    assert [(each.student, each.exercise, each.fault) for each in found] == [
        (student, "sum", "") for student in "abcde"
    ]


def test_macros_travel_with_an_answer(tmp_path: Path) -> None:
    found = of_text(LABELLED["a.tex"], "a.tex", Owner("a")).answers
    assert found is not None
    carried = formula_of(plain(found.answers["a"]))
    assert carried is not None and carried.read(Scope()) == Number(4)


@pytest.mark.parametrize("text", [b"\xff\xfe", b"", b"exercise: [", b"a: &x 1\nb: *x", b"\x00"])
def test_a_broken_file_is_a_submission_with_a_fault(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "4711.yaml").write_bytes(text)
    (found,) = submissions([tmp_path])
    assert found.student == "4711"
    assert found.fault


def test_missing_paths_are_refused_at_once() -> None:
    with pytest.raises(FileFaults, match="no such file"):
        check_paths(["does-not-exist"])


def test_a_folder_that_cannot_be_opened_and_what_is_no_file_are_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    (tmp_path / "a.yaml").write_text(ANSWER)
    (tmp_path / "dangling.yaml").symlink_to("nowhere.yaml")
    (tmp_path / "circle.yaml").symlink_to("circle.yaml")
    os.mkfifo(tmp_path / "pipe.yaml")
    scandir = os.scandir

    def refusing(path: str) -> object:
        if str(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(closed))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    found = {each.student: each.fault for each in submissions([tmp_path])}
    assert found.keys() == {"a", "circle", "dangling", "pipe", "closed"} and not found["a"]
    assert "Permission denied" in found["closed"]
    assert "no file" in found["dangling"] and "no file" in found["pipe"]
    assert not list(passed_over([tmp_path], tmp_path / "results"))
