"""The results of a class: who got what, in a fixed order, the same bytes however it was computed.

Reports lie in a temporary database on disk, so memory stays flat however large the class is.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from symderiv.errors import FileFault
from symderiv.reports.classroom.some import NAMED, some
from symderiv.reports.json import dumps

SCHEMA = "symderiv-class/1"

Json = dict[str, Any]

_TABLES = """
CREATE TABLE reports (exercise TEXT, student TEXT, json TEXT);
CREATE TABLE unusable (source TEXT, student TEXT, json TEXT, told TEXT);
"""
_INDICES = """
CREATE INDEX IF NOT EXISTS by_exercise ON reports (exercise, student);
CREATE INDEX IF NOT EXISTS by_student ON reports (student, exercise);
CREATE INDEX IF NOT EXISTS unusable_of ON unusable (student, source);
CREATE INDEX IF NOT EXISTS told_of ON unusable (told, source);
"""


@dataclass(frozen=True, slots=True)
class ToldFault:
    """Why submissions couldn't be used, told once: an exercise that is broken is so for the whole class."""

    students: str
    fault: str


class ClassResults:
    """Every report of a class, and the submissions that couldn't be used with their faults.

    >>> results = ClassResults.of([{"exercise": "sum", "student": "4711", "points": 1, "parts": []}])
    >>> results.students, len(results)
    (('4711',), 1)
    """

    def __init__(self) -> None:
        self.verdicts: Counter[str] = Counter()
        self.parts: dict[str, dict[str, None]] = {}
        self._sorted = False
        # "" is a file of SQLite's own, which goes when the connection does; nothing in it must outlive us
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_TABLES}")

    @staticmethod
    def of(reports: Iterable[Json], unusable: Iterable[Json] = ()) -> ClassResults:
        """Reports, and ``{"student", "source", "fault"}`` for what couldn't be used, in any order."""
        found = ClassResults()
        for report in reports:
            found.add(report)
        for entry in unusable:
            found.add_unusable(entry)
        return found

    def add(self, report: Json) -> None:
        """Keep a report."""
        self.verdicts.update(part["verdict"] for part in report["parts"])
        known = self.parts.setdefault(report["exercise"], {})
        known.update(dict.fromkeys(part["id"] for part in report["parts"]))
        self._insert("reports", report["exercise"], report["student"], json.dumps(report))

    def add_unusable(self, entry: Json) -> None:
        told = entry["fault"].removeprefix(f"{entry['source']}: ")
        self._insert("unusable", entry["source"], entry["student"], json.dumps(entry), told)

    def _insert(self, table: str, *values: str) -> None:
        self._sorted = False
        try:
            self._database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)
        except sqlite3.Error as error:
            raise FileFault(f"results can't be held in the temporary folder: {error}") from None

    def _rows(self, query: str, *values: str) -> Iterator[Any]:
        try:
            if not self._sorted:
                self._database.executescript(_INDICES)
                self._sorted = True
            for row in self._database.execute(query, values):
                yield row[0]
        except sqlite3.Error as error:
            raise FileFault(f"results can't be held in the temporary folder: {error}") from None

    def _found(self, query: str, *values: str) -> Iterator[Json]:
        yield from map(json.loads, self._rows(query, *values))

    @property
    def reports(self) -> Iterator[Json]:
        """By exercise and student, so that the order of arrival leaves no trace."""
        return self._found("SELECT json FROM reports ORDER BY exercise, student, rowid")

    @property
    def unusable(self) -> Iterator[Json]:
        return self._found("SELECT json FROM unusable ORDER BY source, student, rowid")

    @property
    def told_faults(self) -> Iterator[ToldFault]:
        """Each fault once, in the order of the files; one that is a single submission's names its file."""
        for told in self._rows("SELECT told FROM unusable GROUP BY told ORDER BY MIN(source), told"):
            entries = "FROM unusable WHERE told = ? ORDER BY source, rowid"
            count = int(next(self._rows(f"SELECT COUNT(*) {entries}", told)))
            students = tuple(self._rows(f"SELECT student {entries} LIMIT {NAMED}", told))
            fault = next(self._found(f"SELECT json {entries}", told))["fault"] if count == 1 else told
            yield ToldFault(some(students, count), fault)

    @property
    def unusable_count(self) -> int:
        return int(next(self._rows("SELECT COUNT(*) FROM unusable")))

    def __len__(self) -> int:
        return int(next(self._rows("SELECT COUNT(*) FROM reports")))

    @property
    def exercises(self) -> tuple[str, ...]:
        return tuple(sorted(self.parts))

    @property
    def students(self) -> tuple[str, ...]:
        query = "SELECT student FROM reports UNION SELECT student FROM unusable ORDER BY 1"
        return tuple(self._rows(query))

    @property
    def graded_students(self) -> int:
        """How many students handed in something that can be used; who sent the rest may not be known."""
        return len(tuple(self._rows("SELECT DISTINCT student FROM reports")))

    def of_exercise(self, exercise: str) -> Iterator[Json]:
        return self._found("SELECT json FROM reports WHERE exercise = ? ORDER BY student, rowid", exercise)

    def of_student(self, student: str) -> tuple[Json, ...]:
        query = "SELECT json FROM reports WHERE student = ? ORDER BY exercise, rowid"
        return tuple(self._found(query, student))

    def counted_of_student(self, student: str) -> tuple[Json, ...]:
        """Of what a student handed in several times for an exercise, the best."""
        best: dict[str, Json] = {}
        for report in self.of_student(student):
            known = best.get(report["exercise"])
            if known is None or report["points"] > known["points"]:
                best[report["exercise"]] = report
        return tuple(best.values())

    def faults_of(self, student: str) -> tuple[str, ...]:
        query = "SELECT json FROM unusable WHERE student = ? ORDER BY source, rowid"
        return tuple(entry["fault"] for entry in self._found(query, student))

    def handed_in_again(self) -> tuple[str, ...]:
        """Who handed in an exercise more than once, as ``student: exercise``."""
        query = (
            "SELECT student || ': ' || exercise FROM reports GROUP BY student, exercise "
            "HAVING COUNT(*) > 1 ORDER BY 1"
        )
        return tuple(self._rows(query))


def results_json(results: ClassResults) -> Iterator[str]:
    """``{"schema", "reports", "unusable"}``, piece by piece."""
    yield f'{{\n  "schema": "{SCHEMA}",\n  "reports": '
    yield from _listed(results.reports)
    yield ',\n  "unusable": '
    yield from _listed(results.unusable)
    yield "\n}\n"


def _listed(found: Iterable[Json]) -> Iterator[str]:
    empty = True
    for each in found:
        yield "[\n    " if empty else ",\n    "
        yield dumps(each).replace("\n", "\n    ")
        empty = False
    yield "[]" if empty else "\n  ]"
