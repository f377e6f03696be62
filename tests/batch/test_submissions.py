"""Submissions are found in every layout, and a broken one is a result too."""

import io
import zipfile
from pathlib import Path

import pytest

from symderiv.batch.submissions import check_paths, submissions
from symderiv.errors import FileFaults

ANSWER = "exercise: conv2d-kernel-gradient\nanswers: {i: '[[4],[-3],[-2]]'}\n"


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yaml", "notes.txt"):
        (tmp_path / name).write_text(ANSWER)
    assert [s.student for s in submissions([tmp_path])] == ["a", "b"]


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
    assert [s.student for s in submissions([path])] == ["escape", "5"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["export.zip"]


def test_json_lines_come_from_standard_input() -> None:
    lines = io.StringIO(
        '{"student": 1, "exercise": "sums", "answers": {"ii": [[1, 2], [3, 4]]}}\n\nno json\n[1]\n'
    )
    first, second, third = submissions(["-"], lines)
    assert first.answers is not None
    assert first.student == "1"
    assert "no JSON" in second.fault
    assert "expected" in third.fault


@pytest.mark.parametrize("text", [b"\xff\xfe", b"", b"exercise: [", b"a: &x 1\nb: *x", b"\x00"])
def test_a_broken_file_is_a_submission_with_a_fault(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "4711.yaml").write_bytes(text)
    (found,) = submissions([tmp_path])
    assert found.student == "4711"
    assert found.fault


def test_missing_paths_are_refused_at_once() -> None:
    with pytest.raises(FileFaults, match="no such file"):
        check_paths(["does-not-exist"])
