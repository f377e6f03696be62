"""Marks filled into the teacher's own export of Moodle or Canvas."""

from __future__ import annotations

from collections.abc import Iterable

from symderiv.errors import FileFault, Place
from symderiv.reports.classroom.csv_rows import CsvRows
from symderiv.reports.classroom.feedback import report_words
from symderiv.reports.classroom.results import ClassResults, Json
from symderiv.reports.classroom.tables import harmless

WORKSHEET = ("Identifier", "Grade", "Feedback comments")
GRADEBOOK = ("Email address",)


def moodle(export: str, results: ClassResults, source: str = "worksheet.csv") -> str:
    """The teacher's grading worksheet, or gradebook export, with the marks filled in, all else as it was.

    A worksheet gets Grade and Feedback comments, a gradebook a column for each exercise. Students are
    matched by ``Identifier`` (Participant 123), by its number, by e-mail, ID number or name.
    """
    head = export.partition("\n")[0]
    fill = _gradebook if "Email address" in head and "Identifier" not in head else _worksheet
    return fill(export, results, source)


def _worksheet(export: str, results: ClassResults, source: str) -> str:
    rows, students = CsvRows(export, source, WORKSHEET), _Students(results)
    for row in rows.rows:
        student = students.of(rows.get(row, name) for name in (*WORKSHEET[:1], *_PEOPLE))
        if student is None:
            continue
        reports, faults = results.counted_of_student(student), results.faults_of(student)
        if reports:
            rows.put(row, "Grade", _points(reports))
        words = [*(report_words(report) for report in reports), *faults]
        rows.put(row, "Feedback comments", harmless("\n\n".join(words)))
    return rows.written()


_PEOPLE = ("Email address", "ID number", "Full name", "Username")


def _gradebook(export: str, results: ClassResults, source: str) -> str:
    rows, students = CsvRows(export, source, GRADEBOOK), _Students(results)
    for exercise in results.exercises:
        rows.add_column(exercise)
    for row in rows.rows:
        name = f"{rows.get(row, 'First name')} {rows.get(row, 'Last name')}"
        student = students.of([*(rows.get(row, column) for column in _PEOPLE), name])
        if student is not None:
            for report in results.counted_of_student(student):
                rows.put(row, report["exercise"], _points([report]))
    return rows.written()


def canvas_gradebook(export: str, results: ClassResults, column: str, source: str = "gradebook.csv") -> str:
    """The teacher's gradebook with one assignment's column filled in; the column keeps its id.

    Students are matched by SIS login, SIS user, Canvas ID or name.
    """
    rows, students = CsvRows(export, source, ("Student", "ID")), _Students(results)
    titles = [name for name in rows.header if name == column or name.startswith(f"{column} (")]
    if len(titles) != 1:
        what = "several assignments" if titles else "no assignment"
        raise FileFault(
            f"{what} '{column}'", Place(source), f"one of {', '.join(titles or rows.header[5:]) or 'none'}"
        )
    for row in rows.rows:
        student = students.of(
            rows.get(row, name) for name in ("SIS Login ID", "SIS User ID", "ID", "Student")
        )
        if student is not None and (reports := results.counted_of_student(student)):
            rows.put(row, titles[0], _points(reports))
    return rows.written()


def _points(reports: Iterable[Json]) -> str:
    """The sum, with no more than four digits behind the point.

    >>> _points([{"points": 1.5}, {"points": 1000000}])
    '1000001.5'
    """
    return f"{sum(report['points'] for report in reports):.4f}".rstrip("0").rstrip(".")


class _Students:
    """The students of a class by whatever a platform calls them; capitals don't count."""

    def __init__(self, results: ClassResults) -> None:
        self._names = {student.casefold(): student for student in results.students}

    def of(self, names: Iterable[str]) -> str | None:
        for name in names:
            for spelt in (name, name.removeprefix("Participant "), f"Participant {name}"):
                found = self._names.get(spelt.strip().casefold()) if name.strip() else None
                if found is not None:
                    return found
        return None
