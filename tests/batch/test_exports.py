"""Exports as platforms make them, and what people put into them: each student is found, nobody is lost."""

import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from symderiv.batch import submissions
from symderiv.batch.submission import MAX_BYTES
from symderiv.bulk.bounded import bounded_lines
from symderiv.errors import FileFault

ANSWER = "exercise: conv2d-kernel-gradient\nanswers: {i: '[[4],[-3],[-2]]'}\n"
OWN_NAME = "student: somebody-else\n" + ANSWER
METADATA = """---
submission_101:
  :submitters:
  - :name: Ada Lovelace
    :sid: '00471'
    :email: ada@example.org
  :created_at: 2024-01-01 00:00:00.000000000 Z
  :score: 0.0
submission_102:
  :submitters:
  - :name: Emmy Noether
    :sid:
    :email: emmy@example.org
  - :name: David Hilbert
    :sid: ~
    :email: ''
"""


def found(path: Path) -> list[tuple[str, bool]]:
    return [(each.student, bool(each.fault)) for each in submissions([path])]


def tree(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def packed(path: Path, files: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


EXPORTS: dict[str, tuple[dict[str, str | bytes], list[tuple[str, bool]]]] = {
    "gradescope names its students in a file": (
        {
            "assignment_1_export/submission_metadata.yml": METADATA,
            "assignment_1_export/submission_101/answer.yaml": OWN_NAME,
            "assignment_1_export/submission_102/answer.yaml": ANSWER,
            "assignment_1_export/submission_103/answer.yaml": ANSWER,
        },
        [("00471", False), ("emmy@example.org", False), ("David Hilbert", False), ("103", False)],
    ),
    "gradescope without that file: what the student says": (
        {"submission_7/a.yaml": OWN_NAME, "submission_8/a.yaml": ANSWER},
        [("somebody-else", False), ("8", False)],
    ),
    "moodle in folders, and its name wins": (
        {
            "Ada Lovelace_12_assignsubmission_file_/answer.yaml": OWN_NAME,
            "Emmy_13_assignsubmission_file/answer.md": "---\nexercise: sum\n---\n## Answer a\n4\n",
        },
        [("Participant 12", False), ("Participant 13", False)],
    ),
    "moodle without folders": (
        {
            "Ada Lovelace_12_assignsubmission_file_answer.yaml": ANSWER,
            "Ada Lovelace_12_assignsubmission_file_scan.pdf": b"%PDF",
            "Emmy_13_assignsubmission_file_answer.yaml": ANSWER,
        },
        [("Participant 12", False), ("Participant 13", False)],
    ),
    "a student who handed in a picture only is not lost": (
        {
            "Ada_1_assignsubmission_file_/photo.jpg": b"\xff\xd8",
            "Ada_1_assignsubmission_onlinetext_/onlinetext.html": "<p>see file</p>",
            "Emmy_2_assignsubmission_file_/answer.yaml": ANSWER,
        },
        [("Participant 1", True), ("Participant 2", False)],
    ),
    "several files of one student are several submissions": (
        {"Ada_1_assignsubmission_file_/a.yaml": ANSWER, "Ada_1_assignsubmission_file_/b.yaml": ANSWER},
        [("Participant 1", False), ("Participant 1", False)],
    ),
    "what systems and editors leave behind": (
        {
            "__MACOSX/._a.yaml": b"\x00\x05",
            ".git/config.yaml": "x: 1",
            ".ipynb_checkpoints/a-checkpoint.ipynb": "{}",
            "a.yaml": ANSWER,
            ".DS_Store": b"\x00",
        },
        [("a", False)],
    ),
    "a plain folder: other files are not answers": (
        {"a.yaml": ANSWER, "notes.txt": "", "scan.pdf": b"%PDF", "README.md": "hello"},
        [("a", False)],
    ),
    "empty, binary, cut off": (
        {"a.yaml": "", "b.yaml": b"\x00\x01", "c.yaml": ANSWER, "d.ipynb": '{"cells": [', "e.tex": ""},
        [("a", True), ("b", True), ("c", False), ("d", True), ("e", True)],
    ),
    "names beyond ASCII, spaces, and no extension of ours": (
        {"Ünal Özge.yaml": ANSWER, "李 雷.yml": ANSWER, "x.YAML": ANSWER},
        [("x", False), ("Ünal Özge", False), ("李 雷", False)],
    ),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_a_folder_is_read_as_the_platform_meant_it(tmp_path: Path, name: str) -> None:
    files, expected = EXPORTS[name]
    assert found(tree(tmp_path / "in", files)) == expected


@pytest.mark.parametrize("name", EXPORTS)
def test_a_zip_is_read_like_its_folder(tmp_path: Path, name: str) -> None:
    files, expected = EXPORTS[name]
    assert found(packed(tmp_path / "in.ZIP", files)) == expected


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text(ANSWER)
    folder = tree(tmp_path / "in", {"b.yaml": ANSWER})
    (folder / "a.yaml").symlink_to(secret)
    (folder / "c.yaml").symlink_to(folder / "b.yaml")
    (folder / "d.yaml").symlink_to("nowhere.yaml")
    (folder / "e").symlink_to(tmp_path)
    assert found(folder) == [("a", True), ("b", False), ("c", False), ("d", True)]


def test_a_pipe_or_a_folder_named_like_an_answer_holds_up_nothing(tmp_path: Path) -> None:
    folder = tree(tmp_path / "in", {"b.yaml": ANSWER, "c.yaml/d.yaml": ANSWER})
    os.mkfifo(folder / "a.yaml")
    assert found(folder) == [("a", True), ("b", False), ("d", False)]


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = packed(tmp_path / "in.zip", {"a.yaml": b"0" * (50 * MAX_BYTES), "b.yaml": ANSWER})
    assert path.stat().st_size < MAX_BYTES
    assert found(path) == [("a", True), ("b", False)]


def test_a_file_that_is_encrypted_or_damaged_spoils_no_other(tmp_path: Path) -> None:
    path = packed(tmp_path / "in.zip", {"a.yaml": ANSWER * 50, "b.yaml": ANSWER, "c.yaml": ANSWER})
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        first = archive.getinfo("a.yaml")
    data[first.header_offset + 30 + len("a.yaml") + 4] ^= 0xFF  # a byte of what is packed
    directory = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    local = data.index(b"PK\x03\x04", 4)
    data[directory + 8] |= 1  # the second file says that it is encrypted
    data[local + 6] |= 1
    path.write_bytes(data)
    assert found(path) == [("a", True), ("b", True), ("c", False)]


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all", b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_zip_is_a_clear_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "in.zip"
    path.write_bytes(content)
    with pytest.raises(FileFault, match="no ZIP"):
        list(submissions([path]))


def test_names_that_climb_or_are_no_text_are_only_names(tmp_path: Path) -> None:
    names = {"../../../etc/cron.d/x.yaml": ANSWER, "/etc/passwd.yaml": ANSWER, "C:\\a\\b.yaml": ANSWER}
    assert {name for name, fault in found(packed(tmp_path / "in.zip", names)) if not fault} == {
        "x",
        "passwd",
        "b",
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.zip"]


LINES = [
    (b'{"student": "a", "exercise": "sum", "answers": {"a": "2"}}', "a", ""),
    (b'{"student": 7, "exercise": "sum", "answers": {"a": 0.1}}', "7", ""),
    (b'{"exercise": "sum", "answers": {"a": [[1, 2.50], [3, 4]]}}', "1", ""),
    (b'{"student": null, "exercise": "sum", "answers": {}}', "1", ""),
    (b'{"student": "", "exercise": "sum", "answers": {"a": null}}', "1", ""),
    (b'{"student": "a", "exercise": "sum", "answers": {"a": "x"}, "more": {"is": "fine"}}', "a", ""),
    (b'{"student": "\\ud800", "exercise": "sum", "answers": {"a": "\\udfff"}}', "?", ""),
    (b'{"id": "q1", "a": "x", "b": "x"}', "q1", ""),
    (b'{"id": 5, "a": "x", "b": "x", "given": ["x: real > 0"], "index_from": 1}', "5", ""),
    (b'{"a": "x", "b": "x"}', "1", ""),
    (b'{"a": "x", "b": 1}', "1", ""),
    (b'{"a": "x", "b": ["x"]}', "1", "field 'b'"),
    (b'{"a": "x", "b": "x", "nonsense": 1}', "1", "unknown field"),
    (b'{"student": "a", "exercise": "sum"}', "a", "expected"),
    (b'{"student": "a", "answers": {"a": 1}}', "a", "expected"),
    (b'{"student": "a", "exercise": "", "answers": {"a": 1}}', "a", "expected"),
    (b'{"student": "a", "exercise": "sum", "answers": ["2"]}', "a", "expected"),
    (b'{"student": "a", "exercise": "sum", "answers": {"a": 1}, "seed": "no"}', "a", "invalid literal"),
    (b"[]", "1", "expected"),
    (b'"text"', "1", "expected"),
    (b"null", "1", "expected"),
    (b"1" * 5000, "1", "expected"),
    (b'{"student": "a", "exercise": "sum", "answers": {"a": 1, "a": 2}}', "a", "'a' is given twice"),
    (b'[{"a": 1, "a": 2}]', "1", "'a' is given twice"),
    (b"{", "1", "no JSON"),
    (b"\xff\xfe{}", "1", "no JSON"),
    (b"[" * 100_000, "1", "no JSON"),
    (b'{"student": "' + b"a" * (2 * MAX_BYTES) + b'"}', "1", "larger"),
]


@pytest.mark.parametrize(("line", "student", "fault"), LINES)
def test_a_line_is_a_submission_or_says_what_is_wrong(line: bytes, student: str, fault: str) -> None:
    (found,) = submissions(["-"], io.BytesIO(line + b"\r\n\n"))
    assert found.student == student
    assert fault in found.fault
    assert bool(found.fault) == bool(fault)
    assert found.fault.isprintable()


def test_numbers_are_the_text_that_was_written() -> None:
    line = b'{"exercise": "sum", "answers": {"a": 0.10, "b": 12345678901234567890123, "c": [1e-30]}}'
    (found,) = submissions(["-"], io.BytesIO(line))
    assert found.answers is not None
    a, b, c = (found.answers.answers[name] for name in "abc")
    assert a and b and c
    assert (a.text, b.text, c.items[0].text) == ("0.10", "12345678901234567890123", "1e-30")


def test_a_line_without_an_end_is_not_held() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
            if self.given > 30 * MAX_BYTES:
                return 0
            self.given += len(buffer)
            buffer[:] = b"x" * len(buffer)
            return len(buffer)

    (line,) = bounded_lines(io.BufferedReader(Endless()))
    assert len(line) == MAX_BYTES + 1
