"""Results as CSV: for a spreadsheet one row a student and exercise, one column a part; and nbgrader's."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from symderiv.reports.check_text import points
from symderiv.reports.classroom.results import ClassResults, Json

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def results_csv(results: ClassResults) -> Iterator[str]:
    """``exercise,student,points,out_of,verdicts…``, row by row: points and verdict of each part.

    >>> part = {"id": "a", "verdict": "equal", "points": 1}
    >>> report = {"exercise": "sum", "student": "=1+1", "points": 1, "out_of": 1, "parts": [part]}
    >>> print([*results_csv(ClassResults.of([report]))][1].strip())
    sum,'=1+1,1,1,,1,equal
    """
    columns = _part_columns(results)
    head = ["exercise", "student", "points", "out_of", "fault"]
    head += [f"{name} {what}" for name in columns for what in ("points", "verdict")]
    yield row(head)
    for report in results.reports:
        yield row([*_start(report), *_cells(report, columns)])
    for entry in results.unusable:
        yield row(["", entry["student"], "", "", entry["fault"]])


def nbgrader_csv(results: ClassResults) -> Iterator[str]:
    """The columns that ``nbgrader export`` writes, an exercise being an assignment.

    Format: https://nbgrader.readthedocs.io/en/stable/user_guide/managing_the_database.html
    """
    yield row(_NBGRADER)
    for report in results.reports:
        marks, student = points(report["points"]), report["student"]
        out_of = points(report["out_of"])
        yield row([report["exercise"], "", "", student, "", "", "", marks, 0, marks, out_of])


_NBGRADER = (
    "assignment,duedate,timestamp,student_id,last_name,first_name,email,"
    "raw_score,late_submission_penalty,score,max_score"
).split(",")


def row(cells: Iterable[Any]) -> str:
    """A line of CSV; a cell that a spreadsheet would take for a formula gets an apostrophe in front."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([harmless(cell) for cell in cells])
    return out.getvalue()


def harmless(cell: Any) -> Any:
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return cell


def _part_columns(results: ClassResults) -> tuple[str, ...]:
    several = len(results.exercises) > 1
    return tuple(
        f"{exercise}/{part}" if several else part
        for exercise in results.exercises
        for part in results.parts[exercise]
    )


def _start(report: Json) -> list[Any]:
    marks = points(report["points"]), points(report["out_of"])
    return [report["exercise"], report["student"], *marks, ""]


def _cells(report: Json, columns: tuple[str, ...]) -> list[Any]:
    parts = {part["id"]: part for part in report["parts"]}
    parts |= {f"{report['exercise']}/{name}": part for name, part in parts.items()}
    found = (parts.get(name) for name in columns)
    told = ((points(part["points"]), part["verdict"]) if part else ("", "") for part in found)
    return [cell for pair in told for cell in pair]
