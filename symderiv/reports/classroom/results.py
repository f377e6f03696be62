"""The results of a class as data: who got what, in a fixed order, the same bytes however it was computed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from symderiv.reports.json import dumps

SCHEMA = "symderiv-class/1"

Json = dict[str, Any]


@dataclass(frozen=True)
class ClassResults:
    """Every report of a class, and the submissions that couldn't be used with their faults."""

    reports: tuple[Json, ...]
    unusable: tuple[Json, ...] = ()

    @staticmethod
    def of(reports: Iterable[Json], unusable: Iterable[Json] = ()) -> ClassResults:
        """Sorted by exercise and student, so that the order of arrival leaves no trace."""
        return ClassResults(
            tuple(sorted(reports, key=lambda r: (r["exercise"], r["student"]))),
            tuple(sorted(unusable, key=lambda r: (r["source"], r["student"]))),
        )

    @property
    def exercises(self) -> tuple[str, ...]:
        return tuple(sorted({report["exercise"] for report in self.reports}))

    @property
    def students(self) -> tuple[str, ...]:
        found = {entry["student"] for entry in (*self.reports, *self.unusable)}
        return tuple(sorted(found))

    def of_exercise(self, exercise: str) -> tuple[Json, ...]:
        return tuple(self._by["exercise"].get(exercise, ()))

    def of_student(self, student: str) -> tuple[Json, ...]:
        return tuple(self._by["student"].get(student, ()))

    @cached_property
    def _by(self) -> dict[str, dict[str, list[Json]]]:
        found: dict[str, dict[str, list[Json]]] = {"exercise": {}, "student": {}}
        for report in self.reports:
            for name, group in found.items():
                group.setdefault(report[name], []).append(report)
        return found


def results_json(results: ClassResults) -> str:
    """``{"schema", "reports", "unusable"}``."""
    return (
        dumps({"schema": SCHEMA, "reports": list(results.reports), "unusable": list(results.unusable)}) + "\n"
    )
