"""What stands on a sheet, ready to be set: words and printed formulas, no mathematics left to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from symderiv.reports.pictures.drawing import Picture
from symderiv.reports.sheets.settings import Settings
from symderiv.reports.sheets.width import width_of


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in LaTeX, and as text for readers without it.

    ``pieces`` stand side by side and may be parted; ``rows`` are the lines into which it is broken if long.
    """

    latex: str
    text: str = ""
    pieces: tuple[Formula, ...] = ()
    rows: tuple[Formula, ...] = ()

    @property
    def width(self) -> int:
        """About how many letters wide it is set: of a matrix, its widest row."""
        return width_of(self.latex)


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
    """``asked = … = result``: a derivation, or a value stated; ``asked`` is left out where useless.

    ``kinks`` says where there is no derivative, for pages without the reasons of the steps.
    """

    asked: Formula | None
    lines: tuple[Line, ...]
    relation: str = "="
    kinks: tuple[str, ...] = ()

    @property
    def as_one(self) -> Formula | None:
        """The chain as one short formula, where it is no more than that and no rule stands beside it."""
        line = self.lines[0]
        if len(self.lines) > 1 or line.rule or line.formula.rows or self.is_long:
            return None
        if self.asked is None:
            return line.formula
        return Formula(
            f"{self.asked.latex} {self.relation} {line.formula.latex}",
            f"{self.asked.text} = {line.formula.text}",
        )

    @property
    def is_long(self) -> bool:
        """Whether what was asked is too wide to have the lines beside it."""
        if self.asked is None:
            return False
        beside = max(row.width for line in self.lines for row in line.formula.rows or (line.formula,))
        return self.asked.width > 26 or self.asked.width + min(beside, 56) > 64

    @property
    def result(self) -> Formula:
        return self.lines[-1].formula


@dataclass(frozen=True, slots=True)
class Solution:
    """The answer to a part: words, and chains of equal formulas; ``derived`` if
    steps lead to them; ``code`` is a program."""

    chains: tuple[Chain, ...] = ()
    words: str = ""
    derived: bool = False
    code: str = ""

    @property
    def proved(self) -> bool:
        return all(line.proved for chain in self.chains for line in chain.lines)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong form that would be named, and how many points it loses; a large one by its name alone."""

    name: str
    formula: Formula | None
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
    """One of several statements to choose from; ``is_ticked`` on a solution sheet where it holds.

    ``name`` is how an answer calls it, where the text doesn't say so already.
    """

    text: str
    is_ticked: bool = False
    name: str = ""


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
