"""What grading hands on: a report, part by part. How it is told is another room's work."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symderiv.derivation import Reading
from symderiv.displays import shown
from symderiv.equality.verdict import Witness
from symderiv.errors import SymderivError
from symderiv.exercise.format.points import plain

VERDICTS = ("equal", "different", "undecided", "invalid", "missing", "manual")


@dataclass(frozen=True, slots=True)
class PartReport:
    """A part's verdict, marks, and what is told to the student.

    ``verdict`` is one of equal, different, undecided, invalid, missing, manual; ``by`` how it was decided,
    ``scope`` where it holds, ``told`` how much of it a student is told; ``error`` says why an answer can't be
    read, placed in the answer file.
    """

    id: str
    verdict: str
    points: Fraction
    out_of: Fraction
    feedback: tuple[str, ...] = ()
    misconceptions: tuple[str, ...] = ()
    read: Reading | None = None
    witness: Witness | None = None
    by: str = ""
    scope: str = ""
    error: SymderivError | None = None
    kind: str = "expression"
    told: str = "hint"

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "id": self.id,
            "kind": self.kind,
            "verdict": self.verdict,
            "points": plain(self.points),
            "out_of": plain(self.out_of),
            "feedback": list(self.feedback),
            "misconceptions": list(self.misconceptions),
            "read": _read_json(self.read),
            "witness": _witness_json(self.witness),
        }
        if self.by:
            found["by"] = self.by
        if self.told != "hint":
            found["told"] = self.told
        if self.scope:
            found["scope"] = self.scope
        if self.error is not None:
            found["error"] = self.error.in_one_line()
        return found


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: the exercise, the student, and each part in the order of the exercise."""

    exercise: str
    student: str
    parts: tuple[PartReport, ...]
    title: str = ""
    path: str = ""

    @property
    def points(self) -> Fraction:
        return sum((part.points for part in self.parts), Fraction(0))

    @property
    def out_of(self) -> Fraction:
        return sum((part.out_of for part in self.parts), Fraction(0))

    @property
    def all_right(self) -> bool:
        return all(part.verdict in ("equal", "manual") for part in self.parts)

    @property
    def anything_wrong(self) -> bool:
        return any(part.verdict in ("different", "invalid", "missing") for part in self.parts)

    def part(self, identifier: str) -> PartReport:
        return next(part for part in self.parts if part.id == identifier)

    def __str__(self) -> str:
        return shown("report", "text", self) or repr(self)

    def _repr_html_(self) -> str | None:
        return shown("report", "html", self)

    def _repr_latex_(self) -> str | None:
        return shown("report", "latex", self)

    def as_json(self) -> dict[str, Any]:
        return {
            "exercise": self.exercise,
            "student": self.student,
            "points": plain(self.points),
            "out_of": plain(self.out_of),
            "parts": [part.as_json() for part in self.parts],
        }


def _read_json(reading: Reading | None) -> dict[str, Any] | None:
    if reading is None:
        return None
    return {"text": reading.text, "latex": reading.latex, "shape": reading.shape}


def _witness_json(witness: Witness | None) -> dict[str, Any] | None:
    if witness is None:
        return None
    return {"point": dict(witness.point), "left": witness.left, "right": witness.right}
