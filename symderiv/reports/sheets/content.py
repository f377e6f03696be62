"""What stands on a sheet, ready to be set: words and printed formulas, no mathematics left to do."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in LaTeX, and as text for readers without it."""

    latex: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A line of what is given: ``X = …``, or ``x ∈ ℝⁿ``."""

    formula: Formula


@dataclass(frozen=True, slots=True)
class Line:
    """A step of a derivation: the next formula, and by which rule it comes about."""

    formula: Formula
    rule: str = ""
    reason: str = ""


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
    given: tuple[Given, ...]
    parts: tuple[PartContent, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet; ``settings`` come from sheet.yaml or from flags."""

    exercises: tuple[ExerciseContent, ...]
    settings: Settings
    solutions: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Course, title, date, language of the fixed words, and options of the document class."""

    title: str = ""
    course: str = ""
    date: str = ""
    language: str = "en"
    student: str = ""
    class_options: str = "a4paper,11pt"
    words: dict[str, str] = field(default_factory=dict)
