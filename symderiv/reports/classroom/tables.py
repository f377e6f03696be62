"""Results as CSV: one row a student and exercise, one column a part, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from symderiv.reports.classroom.results import ClassResults, Json

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def results_csv(results: ClassResults) -> str:
    """``exercise,student,points,out_of,verdicts…``: points and verdict of each part.

    >>> part = {"id": "a", "verdict": "equal", "points": 1}
    >>> report = {"exercise": "sum", "student": "=1+1", "points": 1, "out_of": 1, "parts": [part]}
    >>> print(results_csv(ClassResults.of([report])).splitlines()[1])
    sum,'=1+1,1,1,,1,equal
    """
    columns = _part_columns(results)
    head = ["exercise", "student", "points", "out_of", "fault"]
    head += [f"{name} {what}" for name in columns for what in ("points", "verdict")]
    rows = [[*_start(report), *_cells(report, columns)] for report in results.reports]
    rows += [["", entry["student"], "", "", entry["fault"]] for entry in results.unusable]
    return written([head, *rows])


def written(rows: Iterable[Iterable[Any]]) -> str:
    """Rows as CSV; a cell that a spreadsheet would take for a formula gets an apostrophe in front."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[harmless(cell) for cell in row] for row in rows])
    return out.getvalue()


def harmless(cell: Any) -> Any:
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return cell


def _part_columns(results: ClassResults) -> tuple[str, ...]:
    several = len(results.exercises) > 1
    names = (
        (f"{report['exercise']}/{part['id']}" if several else part["id"])
        for report in results.reports
        for part in report["parts"]
    )
    return tuple(dict.fromkeys(names))


def _start(report: Json) -> list[Any]:
    return [report["exercise"], report["student"], report["points"], report["out_of"], ""]


def _cells(report: Json, columns: tuple[str, ...]) -> list[Any]:
    parts = {part["id"]: part for part in report["parts"]}
    parts |= {f"{report['exercise']}/{name}": part for name, part in parts.items()}
    found = (parts.get(name) for name in columns)
    return [cell for part in found for cell in ((part["points"], part["verdict"]) if part else ("", ""))]
