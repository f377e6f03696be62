"""JSON Lines of ``{"student", "exercise", "answers"}``, and of pairs ``{"a", "b"}`` to compare."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from symderiv.batch.submission import MAX_BYTES, Submission, name_of, well_formed
from symderiv.bulk.request import RepeatedKey, Request, each_once, request_of
from symderiv.errors import SymderivError
from symderiv.exercise import AnswerFile
from symderiv.exercise.formula import answer

EXPECTED = 'expected {"student": …, "exercise": …, "answers": {part: answer}} or {"a": …, "b": …}'


def of_lines(lines: Iterable[str], source: str) -> Iterator[Submission]:
    """A submission for each line that isn't empty; a line that is none has a fault."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _of_line(line, f"{source}:{number}", str(number))


def _of_line(line: str, source: str, student: str) -> Submission:
    if len(line) > MAX_BYTES:
        return Submission(student, source, fault=f"{source}: larger than {MAX_BYTES} bytes")
    try:
        found = _read(line, each_once)
    except RepeatedKey as error:
        found = _read(line, dict)
        name = found.get("student") if isinstance(found, dict) else None
        return Submission(_name(name, student), source, fault=f"{source}: {error}")
    except (ValueError, RecursionError) as error:
        return Submission(student, source, fault=f"{source}: no JSON: {error}")
    return of_data(_well_formed(found) if "\\ud" in line.lower() else found, source, student)


def _read(line: str, make: Callable[[list[tuple[str, Any]]], dict[str, Any]]) -> Any:
    """A line of JSON; a number is the text that was written: 0.1 stays one tenth."""
    return json.loads(line, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=make)


def of_data(found: Any, source: str, student: str) -> Submission:
    """The submission in plain data; ``student`` where it names none.

    >>> of_data({"exercise": "sum", "answers": {"a": 2}}, "here", "4711").student
    '4711'
    """
    if isinstance(found, Mapping) and {"a", "b"} <= found.keys() and "answers" not in found:
        return _pair(found, source, student)
    if not isinstance(found, Mapping):
        return Submission(student, source, fault=f"{source}: no submission; {EXPECTED}")
    student = _name(found.get("student"), student)
    if not isinstance(found.get("answers"), Mapping) or not found.get("exercise"):
        return Submission(student, source, fault=f"{source}: no submission; {EXPECTED}")
    try:
        answers = {str(part): answer(value) for part, value in found["answers"].items()}
        seed = _seed(found.get("seed"))
    except (SymderivError, ValueError, RecursionError) as error:
        return Submission(student, source, fault=f"{source}: {error}")
    file = AnswerFile(str(found["exercise"]), answers, student, seed, Path(source))
    return Submission(student, source, file)


def _name(found: Any, otherwise: str) -> str:
    return name_of(str(found)) if isinstance(found, str | int) and str(found) else otherwise


def _seed(found: Any) -> int | None:
    return None if found is None or found == "" else int(found)


def _pair(found: Mapping[str, Any], source: str, student: str) -> Submission:
    student = _name(found.get("id", found.get("student")), student)
    fields = {name: value for name, value in found.items() if name != "student"}
    if str(fields.get("index_from", "")) in ("0", "1"):
        fields["index_from"] = int(fields["index_from"])
    try:
        pair: Request = request_of(fields)
    except SymderivError as error:
        return Submission(student, source, fault=f"{source}: {error.in_one_line()}")
    return Submission(student, source, pair=pair)


def _well_formed(found: Any) -> Any:
    """The same data without half surrogate pairs, which JSON can spell and no file can hold."""
    if isinstance(found, str):
        return well_formed(found)
    if isinstance(found, list):
        return [_well_formed(item) for item in found]
    if isinstance(found, dict):
        return {well_formed(name): _well_formed(value) for name, value in found.items()}
    return found
