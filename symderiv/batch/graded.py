"""What grading hands out: a submission with its report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symderiv.batch.submission import Submission


@dataclass(frozen=True, slots=True)
class GradedPart:
    """One part of a report, its fields by name: verdict, points, feedback, misconceptions, witness, key, …

    >>> GradedPart({"id": "a", "verdict": "equal", "points": 0.5}).points
    Fraction(1, 2)
    """

    json: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        if name in ("points", "out_of"):
            return Fraction(str(self.json[name]))
        if name in ("feedback", "misconceptions"):
            return tuple(self.json[name])
        try:
            return self.json[name]
        except KeyError:
            if name in ("by", "scope", "error", "key", "answer"):
                return ""
            raise AttributeError(name) from None


@dataclass(frozen=True, slots=True)
class GradedStudent:
    """A submission and its report, with what `symderiv.grading.Report` has.

    ``report`` is the report as JSON, None where the submission couldn't be used; ``fault`` says why.
    """

    submission: Submission
    report: dict[str, Any] | None
    fault: str = ""

    @property
    def student(self) -> str:
        return self.submission.student

    @property
    def exercise(self) -> str:
        return self.submission.exercise if self.report is None else str(self.report["exercise"])

    @property
    def parts(self) -> tuple[GradedPart, ...]:
        return () if self.report is None else tuple(map(GradedPart, self.report["parts"]))

    @property
    def points(self) -> Fraction:
        return sum((part.points for part in self.parts), Fraction(0))

    @property
    def out_of(self) -> Fraction:
        return sum((part.out_of for part in self.parts), Fraction(0))

    @property
    def all_right(self) -> bool:
        return self.report is not None and all(part.verdict in ("equal", "manual") for part in self.parts)

    @property
    def anything_wrong(self) -> bool:
        wrong = ("different", "invalid", "missing")
        return self.report is None or any(part.verdict in wrong for part in self.parts)

    def part(self, identifier: str) -> GradedPart:
        """The part of that id; raises KeyError where there is none."""
        for part in self.parts:
            if part.id == identifier:
                return part
        raise KeyError(identifier)

    def as_json(self) -> dict[str, Any]:
        """The report; or who handed in what can't be used, and why."""
        if self.report is not None:
            return self.report
        return {"student": self.student, "source": self.submission.source, "fault": self.fault}
