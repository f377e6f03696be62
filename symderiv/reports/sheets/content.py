"""What stands on a sheet, ready to be set: words and printed formulas, no mathematics left to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from symderiv.reports.sheets.settings import Settings


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in LaTeX, and as text for readers without it."""

    latex: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A step of a derivation: the next formula, and by which rule it comes about."""

    formula: Formula
    rule: str = ""
    reason: str = ""
    where: tuple[Formula, ...] = ()
    proved: bool = True


@dataclass(frozen=True, slots=True)
class Solution:
    """The derived answer: what was asked, the steps, and the result; ``proved`` if every step was."""

    asked: Formula | None
    lines: tuple[Line, ...]
    result: Formula | None
    proved: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong form that would be named, and the points it leaves."""

    name: str
    formula: Formula
    points: str = ""


@dataclass(frozen=True, slots=True)
class PartContent:
    """A part: its label, the question in the author's words, points, and, on some sheets, the solution."""

    label: str
    ask: str
    points: str
    choices: tuple[tuple[str, str], ...] = ()
    solution: Solution | None = None
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class ExerciseContent:
    """An exercise as it stands on a sheet."""

    title: str
    text: str
    points: str
    given: tuple[Formula, ...]
    parts: tuple[PartContent, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet: its exercises, what the teacher said of it, and the fixed words in their language."""

    title: str
    exercises: tuple[ExerciseContent, ...]
    settings: Settings
    words: Mapping[str, str]
    solutions: bool = False

    @property
    def derivations(self) -> int:
        """How many derivations with steps stand on it."""
        return sum(bool(solution.lines) for solution in self._solutions)

    @property
    def proved(self) -> bool:
        return all(solution.proved for solution in self._solutions if solution.lines)

    @property
    def _solutions(self) -> list[Solution]:
        parts = (part for exercise in self.exercises for part in exercise.parts)
        return [part.solution for part in parts if part.solution is not None]
