"""An exercise as it is worked with: names with their meaning, and questions whose mathematics is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from symderiv.exercise.formula import Formula
from symderiv.exercise.models import AnyPart, ExerciseFile, Feedback
from symderiv.exercise.names import spelled_out
from symderiv.expression.tree import Expr, Variable
from symderiv.language import Scope


@dataclass(frozen=True, slots=True)
class Question:
    """A part: what is asked, and against which names its key and its answers are read.

    ``trees`` holds the part's own mathematics by field: ``answer``, ``where.0``, ``steps.from``, …
    ``facts`` are conditions known to hold; ``wanted`` the names that a construct asks for.
    """

    part: AnyPart
    scope: Scope
    answer_scope: Scope
    facts: tuple[Expr, ...] = ()
    trees: Mapping[str, Expr] = field(default_factory=dict)
    wanted: Mapping[str, Variable] = field(default_factory=dict)
    feedback: Feedback = "hint"

    @property
    def id(self) -> str:
        return self.part.id

    @property
    def key(self) -> Expr:
        """The tree of the right answer."""
        return self.trees["answer"]

    def read(self, answer: Formula) -> Expr:
        """An answer against the names that it may use; errors are placed in its file."""
        if self.part.kind in ("expression", "construct"):
            answer = answer.without_name()
        return spelled_out(answer.read(self.answer_scope))

    def fields(self, prefix: str) -> tuple[Expr, ...]:
        """The trees of a list of formulas: ``fields("where")``."""
        return tuple(tree for name, tree in self.trees.items() if name.startswith(f"{prefix}."))


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise: `file` as it was written, `questions` as they are judged."""

    file: ExerciseFile
    scope: Scope
    questions: tuple[Question, ...]
    facts: tuple[Expr, ...] = ()
    path: Path | None = None
    seed: int | None = None

    @property
    def id(self) -> str:
        return self.file.id

    @property
    def title(self) -> str:
        return self.file.title

    @property
    def given(self) -> tuple[Variable, ...]:
        """The names of ``let``, in the order written."""
        return tuple(self.scope.names[name] for name in self.file.let if name in self.scope.names)

    def question(self, identifier: str) -> Question | None:
        return next((question for question in self.questions if question.id == identifier), None)

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions)


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """What one student answered: part id → text (None where the file names a part and says nothing)."""

    exercise: str
    answers: Mapping[str, Formula | None]
    student: str = ""
    seed: int | None = None
    path: Path | None = None
