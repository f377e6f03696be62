"""Who handed in what: folders, exports of Gradescope and Moodle, ZIP files, JSON Lines, standard input.

A submission that can't be read is a submission all the same: its fault is its result, so nobody is lost.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from symderiv.errors import FileFault, FileFaults, Place, SymderivError
from symderiv.exercise import AnswerFile, Formula, parse_answers
from symderiv.exercise.formula import formula
from symderiv.exercise.loading import READERS
from symderiv.exercise.yaml_events import document_of

MAX_BYTES = 1_000_000
_MOODLE = re.compile(r"(?P<name>.+)_(?P<id>\d+)_assignsubmission_\w+_?\Z")
_GRADESCOPE = re.compile(r"submission_(?P<id>\d+)\Z")


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's answers to one exercise, or the fault that keeps them from being read."""

    student: str
    source: str
    answers: AnswerFile | None = None
    fault: str = ""

    @property
    def exercise(self) -> str:
        return self.answers.exercise if self.answers else ""


def submissions(paths: Iterable[str | Path], stdin: IO[str] | None = None) -> Iterator[Submission]:
    """Every submission below the paths, one at a time, in the order of their names; ``-`` reads JSON Lines.

    >>> import io
    >>> line = '{"student": "4711", "exercise": "sum", "answers": {"a": "2"}}'
    >>> [s.student for s in submissions(["-"], io.StringIO(line))]
    ['4711']
    """
    for path in paths:
        if str(path) == "-":
            yield from of_lines(stdin or (), "<stdin>")
        else:
            yield from _of_path(Path(path))


def _of_path(path: Path) -> Iterator[Submission]:
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file() and file.suffix.lower() in READERS and not _is_metadata(file.name):
                yield of_text(_contents(file), str(file), _student_of(file.parts[:-1], file.stem))
    elif path.suffix == ".zip":
        yield from of_zip(path)
    elif path.suffix == ".jsonl":
        with path.open(encoding="utf-8", errors="replace") as lines:
            yield from of_lines(lines, str(path))
    elif path.exists():
        yield of_text(_contents(path), str(path), path.stem)
    else:
        raise FileFault(f"{path}: there is no such file or folder", Place(str(path)))


def _is_metadata(name: str) -> bool:
    """Is this a file that no student answers in?"""
    return name.lower().startswith("readme.") or name.startswith(".") or name == "submission_metadata.yml"


def _contents(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def of_zip(path: Path) -> Iterator[Submission]:
    """The answer files in a ZIP, read in memory: nothing is unpacked to disk."""
    try:
        with zipfile.ZipFile(path) as archive:
            for info in sorted(archive.infolist(), key=lambda info: info.filename):
                inside = PurePosixPath(info.filename)
                if info.is_dir() or inside.suffix.lower() not in READERS or _is_metadata(inside.name):
                    continue
                with archive.open(info) as stream:
                    data = stream.read(MAX_BYTES + 1)
                yield of_text(data, f"{path}:{info.filename}", _student_of(inside.parts[:-1], inside.stem))
    except zipfile.BadZipFile:
        raise FileFault(f"{path}: this is no ZIP file", Place(str(path))) from None


def _student_of(folders: tuple[str, ...], stem: str) -> str:
    """The student whom a learning platform's folder names, else the file's own name."""
    for folder in reversed(folders):
        moodle, gradescope = _MOODLE.match(folder), _GRADESCOPE.match(folder)
        if moodle:
            return f"Participant {moodle['id']}"
        if gradescope:
            return gradescope["id"]
    return stem


def of_text(data: bytes, source: str, student: str) -> Submission:
    """The submission in one answer file; the file's own ``student:`` wins over its name."""
    if len(data) > MAX_BYTES:
        return Submission(student, source, fault=f"{source}: larger than {MAX_BYTES} bytes")
    try:
        answers = parse_answers(document_of(data, source).text, source)
    except SymderivError as error:
        return Submission(student, source, fault=error.in_one_line())
    return Submission(answers.student or student, source, answers)


def of_lines(lines: Iterable[str], source: str) -> Iterator[Submission]:
    """JSON Lines of ``{"student", "exercise", "answers": {part: text}}``; empty lines are skipped."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _of_line(line, f"{source}:{number}", str(number))


def _of_line(line: str, source: str, student: str) -> Submission:
    if len(line) > MAX_BYTES:
        return Submission(student, source, fault=f"{source}: larger than {MAX_BYTES} bytes")
    try:
        found = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        return Submission(student, source, fault=f"{source}: no JSON: {error}")
    if isinstance(found, dict) and {"a", "b"} <= found.keys():
        cure = "a pair to compare, no submission (symderiv compare --jsonl FILE compares pairs)"
        return Submission(student, source, fault=f"{source}: {cure}")
    if not isinstance(found, dict) or not isinstance(found.get("answers"), dict) or "exercise" not in found:
        expected = 'expected {"student": …, "exercise": …, "answers": {part: answer}}'
        return Submission(student, source, fault=f"{source}: no submission; {expected}")
    try:
        answers = {str(part): _formula(value) for part, value in found["answers"].items()}
    except (SymderivError, ValueError, RecursionError) as error:
        return Submission(student, source, fault=f"{source}: {error}")
    seed = found.get("seed")
    name = str(found.get("student", student))
    file = AnswerFile(
        str(found["exercise"]), answers, name, seed if isinstance(seed, int) else None, Path(source)
    )
    return Submission(name, source, file)


def _formula(value: object) -> Formula | None:
    return None if value is None or value == "" else formula(value)


def check_paths(paths: Iterable[str | Path]) -> None:
    """Refuse paths that aren't there before anything is graded."""
    missing = [path for path in paths if str(path) != "-" and not Path(path).exists()]
    if missing:
        raise FileFaults(
            [FileFault(f"{path}: there is no such file or folder", Place(str(path))) for path in missing]
        )
