"""Marks filled into the teacher's own export of Moodle or Canvas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from symderiv.errors import FileFault, Place
from symderiv.reports.classroom.csv_rows import CsvRows
from symderiv.reports.classroom.feedback import fault_words, report_words
from symderiv.reports.classroom.results import ClassResults, Json
from symderiv.reports.classroom.tables import harmless

WORKSHEET = ("Identifier", "Grade", "Feedback comments")
GRADEBOOK = ("Email address",)
MOST_NAMES = 5
Tell = Callable[[str], object]


def _silently(said: str) -> None:
    """Nobody wants to know."""


def moodle(export: str, results: ClassResults, source: str = "worksheet.csv", tell: Tell = _silently) -> str:
    """The teacher's grading worksheet, or gradebook export, with the marks filled in, all else as it was.

    A worksheet gets Grade and Feedback comments, a gradebook a column for each exercise. Students are
    matched by ``Identifier`` (Participant 123), by its number, by e-mail, ID number or name; who has marks
    and no row is told.
    """
    head = export.partition("\n")[0]
    fill = _gradebook if "Email address" in head and "Identifier" not in head else _worksheet
    return fill(export, results, source, tell)


def _worksheet(export: str, results: ClassResults, source: str, tell: Tell) -> str:
    rows = CsvRows(export, source, WORKSHEET)
    outs: set[str] = set()
    for row, student in _Students(results).by_row(rows, _of_worksheet, source, tell):
        reports, faults = results.counted_of_student(student), results.faults_of(student)
        if reports:
            rows.put(row, "Grade", _points(reports))
            outs.add(_sum(each.get("out_of", 0) for each in reports))
        words = [*(report_words(report) for report in reports), *map(fault_words, faults)]
        rows.put(row, "Feedback comments", harmless("\n\n".join(words)))
    possible = {rows.get(row, "Maximum Grade") for row in rows.rows}
    _tell_other(source, "Maximum Grade", possible.pop() if len(possible) == 1 else "", outs, tell)
    return rows.written()


_PEOPLE = ("Email address", "ID number", "Full name", "Username")


def _of_worksheet(rows: CsvRows, row: list[str]) -> list[str]:
    return [rows.get(row, name) for name in (*WORKSHEET[:1], *_PEOPLE)]


def _of_gradebook(rows: CsvRows, row: list[str]) -> list[str]:
    name = f"{rows.get(row, 'First name')} {rows.get(row, 'Last name')}"
    return [*(rows.get(row, column) for column in _PEOPLE), name]


def _of_canvas(rows: CsvRows, row: list[str]) -> list[str]:
    """SIS login, SIS user, Canvas ID, name; ``Lovelace, Ada`` is Ada Lovelace, too."""
    name = rows.get(row, "Student")
    last, comma, first = name.partition(",")
    turned = [f"{first.strip()} {last.strip()}"] if comma else []
    return [*(rows.get(row, column) for column in ("SIS Login ID", "SIS User ID", "ID")), name, *turned]


def _gradebook(export: str, results: ClassResults, source: str, tell: Tell) -> str:
    rows = CsvRows(export, source, GRADEBOOK)
    for exercise in results.exercises:
        rows.add_column(exercise)
    for row, student in _Students(results).by_row(rows, _of_gradebook, source, tell):
        for report in results.counted_of_student(student):
            rows.put(row, report["exercise"], _points([report]))
    return rows.written()


def canvas_gradebook(
    export: str,
    results: ClassResults,
    column: str,
    source: str = "gradebook.csv",
    tell: Tell = _silently,
) -> str:
    """The teacher's gradebook with one assignment's column filled in; the column keeps its id.

    An assignment that is called like an exercise gets the marks of this one, another the sum of all. Students
    are matched by SIS login, SIS user, Canvas ID or name (``Lovelace, Ada`` or ``Ada Lovelace``); who has
    marks and no row is told, and marks that are out of something else than Points Possible.
    """
    rows = CsvRows(export, source, ("Student", "ID"))
    titles = [name for name in rows.header if name == column or name.startswith(f"{column} (")]
    if len(titles) != 1:
        what = "several assignments" if titles else "no assignment"
        raise FileFault(
            f"{what} '{column}'", Place(source), f"one of {', '.join(titles or rows.header[5:]) or 'none'}"
        )
    exercise = _called(titles[0], results.exercises)
    outs: set[str] = set()
    for row, student in _Students(results).by_row(rows, _of_canvas, source, tell):
        found = results.counted_of_student(student)
        reports = [each for each in found if exercise in ("", each["exercise"])]
        if reports:
            rows.put(row, titles[0], _points(reports))
            outs.add(_sum(each.get("out_of", 0) for each in reports))
    possible = [
        rows.get(row, titles[0]) for row in rows.rows if rows.get(row, "Student") == "Points Possible"
    ]
    _tell_other(titles[0], "Points Possible", possible[0] if possible else "", outs, tell)
    return rows.written()


def _called(title: str, exercises: Sequence[str]) -> str:
    """The exercise that an assignment is called like: ``CNN sizes (123)`` is cnn-sizes."""

    def bare(text: str) -> str:
        return re.sub(r"\s*\(\d+\)\Z|[\W_]", "", text.casefold())

    return next((each for each in exercises if bare(each) == bare(re.sub(r"\s*\(\d+\)\Z", "", title))), "")


def _tell_other(title: str, called: str, possible: str, outs: set[str], tell: Tell) -> None:
    """Tell where the platform's full marks are other than these."""
    out_of = max(outs, key=float, default="")
    if out_of and re.fullmatch(r"\d+(\.\d+)?", possible) and float(possible) != float(out_of):
        tell(f"{title}: {called} is {possible}, the marks are out of {out_of}")


def _points(reports: Iterable[Json]) -> str:
    """The sum, with no more than four digits behind the point.

    >>> _points([{"points": 1.5}, {"points": 1000000}])
    '1000001.5'
    """
    return _sum(report["points"] for report in reports)


def _sum(numbers: Iterable[float]) -> str:
    return f"{sum(numbers):.4f}".rstrip("0").rstrip(".")


class _Students:
    """The students of a class by whatever a platform calls them; capitals don't count."""

    def __init__(self, results: ClassResults) -> None:
        self._names = {student.casefold(): student for student in results.students}

    def by_row(
        self, rows: CsvRows, names: Callable[[CsvRows, list[str]], list[str]], source: str, tell: Tell
    ) -> list[tuple[list[str], str]]:
        """Each row with its student; a student whom two rows claim has none."""
        found = [(row, student) for row in rows.rows if (student := self._of(names(rows, row))) is not None]
        claimed = Counter(student for _, student in found)
        doubtful = sorted(student for student, count in claimed.items() if count > 1)
        missing = sorted(set(self._names.values()) - set(claimed))
        if doubtful:
            tell(f"{source}: several rows for {_some(doubtful)}: not filled in")
        if missing:
            tell(f"{source}: no row for {_some(missing)}")
        return [(row, student) for row, student in found if student not in doubtful]

    def _of(self, names: Iterable[str]) -> str | None:
        for name in names:
            for spelt in (name, name.removeprefix("Participant "), f"Participant {name}"):
                found = self._names.get(spelt.strip().casefold()) if name.strip() else None
                if found is not None:
                    return found
        return None


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more
