"""What stands on a sheet, ready to be set: words and printed formulas, no mathematics left to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from symderiv.reports.pictures.drawing import Picture
from symderiv.reports.sheets.settings import Settings

_COMMAND = re.compile(r"\\(?!left|right|begin|end|operatorname|mathrm|text|frac|mathbb|qquad)[A-Za-z]+")
_UNSEEN = re.compile(r"\\[a-zA-Z]+(?:\{[a-z]+matrix\*?\}|\{cases\})?|[{}&^_\s]")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in LaTeX, and as text for readers without it; ``pieces`` may stand below one another."""

    latex: str
    text: str = ""
    pieces: tuple[Formula, ...] = ()

    @property
    def width(self) -> int:
        """About how many letters wide it is set: of a matrix, its widest row."""
        return max(len(_UNSEEN.sub("", _COMMAND.sub("x", row))) for row in self.latex.split(r"\\"))


@dataclass(frozen=True, slots=True)
class Line:
    """A step of a derivation: the next formula, and by which rule it comes about."""

    formula: Formula
    rule: str = ""
    reason: str = ""
    where: tuple[Formula, ...] = ()
    proved: bool = True


@dataclass(frozen=True, slots=True)
class Chain:
    """``asked = … = result``: a derivation, or a value stated; ``asked`` is left out where useless."""

    asked: Formula | None
    lines: tuple[Line, ...]

    @property
    def is_long(self) -> bool:
        """Whether what was asked is too wide to have the lines beside it."""
        if self.asked is None:
            return False
        beside = max(line.formula.width for line in self.lines)
        return self.asked.width > 26 or self.asked.width + min(beside, 60) > 72

    @property
    def result(self) -> Formula:
        return self.lines[-1].formula


@dataclass(frozen=True, slots=True)
class Solution:
    """The answer to a part: words, and chains of equal formulas; ``derived`` if steps lead to them."""

    chains: tuple[Chain, ...] = ()
    words: str = ""
    derived: bool = False

    @property
    def proved(self) -> bool:
        return all(line.proved for chain in self.chains for line in chain.lines)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong form that would be named, and how many points it loses."""

    name: str
    formula: Formula
    cost: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a student is told of an answer: the verdict, how it was read, the witness, hints.

    ``excerpt`` is the line that can't be read, with a caret below the place.
    """

    verdict: str
    points: str
    is_right: bool = False
    read: Formula | None = None
    witness: str = ""
    hints: tuple[str, ...] = ()
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several statements to choose from; ``is_ticked`` on a solution sheet where it holds."""

    text: str
    is_ticked: bool = False


@dataclass(frozen=True, slots=True)
class PartContent:
    """A part: its label, the question in the author's words, points, and perhaps the solution.

    ``name`` is how an answer file calls the part, where the label doesn't say it already.
    """

    label: str
    ask: str
    points: str
    choices: tuple[Choice, ...] = ()
    solution: Solution | None = None
    mistakes: tuple[Mistake, ...] = ()
    notes: tuple[str, ...] = ()
    told: Told | None = None
    name: str = ""

    @property
    def id(self) -> str:
        """How an answer file calls the part."""
        return self.name or self.label


@dataclass(frozen=True, slots=True)
class ExerciseContent:
    """An exercise as it stands on a sheet."""

    title: str
    text: str
    points: str
    given: tuple[Formula, ...]
    parts: tuple[PartContent, ...]
    id: str = ""
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet: its exercises, what the teacher said of it, and the fixed words in their language."""

    title: str
    exercises: tuple[ExerciseContent, ...]
    settings: Settings
    words: Mapping[str, str]
    kind: str = "questions"

    @property
    def derivations(self) -> int:
        """How many derivations with steps stand on it."""
        return sum(solution.derived for solution in self._solutions)

    @property
    def proved(self) -> bool:
        return all(solution.proved for solution in self._solutions if solution.derived)

    @property
    def _solutions(self) -> list[Solution]:
        parts = (part for exercise in self.exercises for part in exercise.parts)
        return [part.solution for part in parts if part.solution is not None]
