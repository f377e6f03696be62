"""Marks filled into the teacher's own export of Moodle or Canvas; PrairieLearn's results."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from symderiv.errors import FileFault, Place
from symderiv.reports.classroom.feedback import part_text, report_words
from symderiv.reports.classroom.results import ClassResults, Json
from symderiv.reports.classroom.tables import harmless


def moodle_worksheet(export: str, results: ClassResults, source: str = "worksheet.csv") -> str:
    """The teacher's worksheet with Grade and Feedback comments filled in, all else as it was.

    Students are matched by ``Identifier`` (Participant 123), by its number, by e-mail or by name.
    """
    rows = _rows(export, source, ("Identifier", "Grade", "Feedback comments"))
    totals = _by_student(results)
    for row in rows.data:
        reports = _match(row, totals, ("Identifier", "Email address", "Full name", "ID number"))
        if reports:
            row["Grade"] = f"{sum(report['points'] for report in reports):g}"
            row["Feedback comments"] = harmless("\n\n".join(report_words(report) for report in reports))
    return rows.written()


def canvas_gradebook(export: str, results: ClassResults, column: str, source: str = "gradebook.csv") -> str:
    """The teacher's gradebook with one assignment's column filled in; the column keeps its id.

    Students are matched by SIS login, SIS user, Canvas ID or name.
    """
    rows = _rows(export, source, ("Student", "ID"))
    title = next((name for name in rows.header if name == column or name.startswith(f"{column} (")), None)
    if title is None:
        raise FileFault(
            f"no assignment '{column}'", Place(source), "", f"one of {', '.join(rows.header[5:]) or 'none'}"
        )
    totals = _by_student(results)
    for row in rows.data:
        reports = _match(row, totals, ("SIS Login ID", "SIS User ID", "ID", "Student"))
        if reports:
            row[title] = f"{sum(report['points'] for report in reports):g}"
    return rows.written()


def prairielearn_result(report: Json) -> dict[str, Any]:
    """PrairieLearn's ``results.json``; unreadable answers cost no attempt.

    >>> prairielearn_result({"points": 0, "out_of": 0, "parts": []})["gradable"]
    True
    """
    unreadable = [part for part in report["parts"] if part["verdict"] == "invalid"]
    return {
        "gradable": not unreadable,
        "score": report["points"] / report["out_of"] if report["out_of"] else 0,
        "format_errors": [part["error"] for part in unreadable if part.get("error")],
        "tests": [
            {
                "name": part["id"],
                "points": part["points"],
                "max_points": part["out_of"],
                "message": part["verdict"],
                "output": part_text(part),
            }
            for part in report["parts"]
        ],
    }


class _Rows:
    """A CSV file as rows by column, written back with its own header and line ends."""

    def __init__(self, text: str, source: str, needed: tuple[str, ...]) -> None:
        self.bom = "\ufeff" if text.startswith("\ufeff") else ""
        self.newline = "\r\n" if "\r\n" in text else "\n"
        reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
        self.header = list(reader.fieldnames or ())
        missing = [name for name in needed if name not in self.header]
        if missing:
            raise FileFault(
                f"no column '{missing[0]}'",
                Place(source),
                f"the columns {', '.join(needed)}",
                "give the file that the platform exports",
            )
        self.data = list(reader)

    def written(self) -> str:
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, self.header, lineterminator=self.newline, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(self.data)
        return self.bom + out.getvalue()


def _rows(text: str, source: str, needed: tuple[str, ...]) -> _Rows:
    return _Rows(text, source, needed)


def _by_student(results: ClassResults) -> dict[str, tuple[Json, ...]]:
    return {student: results.of_student(student) for student in results.students}


def _match(
    row: Mapping[str, str], totals: Mapping[str, tuple[Json, ...]], columns: tuple[str, ...]
) -> tuple[Json, ...]:
    for column in columns:
        value = (row.get(column) or "").strip()
        for name in (value, value.removeprefix("Participant ")):
            if name and name in totals:
                return totals[name]
    return ()
