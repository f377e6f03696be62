"""What a submission asks to be judged, and the report that its results make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symderiv.batch.graded import GradedStudent
from symderiv.batch.kept import Kept
from symderiv.batch.known import KnownExercises
from symderiv.batch.pairs import PairTask
from symderiv.batch.submission import Submission
from symderiv.batch.tasks import Task, tasks
from symderiv.errors import SymderivError
from symderiv.exercise import AnswerFile, Exercise

Decisions = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A submission's tasks with their keys, or why there are none."""

    submission: Submission
    exercise: str
    tasks: tuple[tuple[str, Task | PairTask], ...]
    fault: str = ""

    def graded(self, kept: Kept, decisions: Decisions) -> GradedStudent:
        """The report, once all results are there."""
        if self.fault:
            return GradedStudent(self.submission, None, self.fault)
        parts = [_decided(task.decision_key, kept.get(key) or {}, decisions) for key, task in self.tasks]
        report = {
            "exercise": self.exercise,
            "student": self.submission.student,
            "points": _total(parts, "points"),
            "out_of": _total(parts, "out_of"),
            "parts": parts,
        }
        return GradedStudent(self.submission, report)


def plan(submission: Submission, known: KnownExercises) -> Plan:
    """One task for each part of the exercise that the submission answers."""
    answers = submission.answers
    if submission.pair is not None:
        asked = PairTask.of(submission.pair)
        return Plan(submission, asked.exercise, ((asked.key, asked),))
    if answers is None:
        return Plan(submission, "", (), submission.fault)
    try:
        exercise, digest = known.find(answers.exercise, answers.seed)
        _refuse_strangers(exercise, answers)
    except SymderivError as error:
        return Plan(submission, "", (), f"{submission.source}: {error.in_one_line()}")
    return Plan(submission, exercise.id, tuple((task.key, task) for task in tasks(exercise, digest, answers)))


def _refuse_strangers(exercise: Exercise, answers: AnswerFile) -> None:
    parts = [question.id for question in exercise]
    stray = [name for name in answers.answers if name not in parts]
    if stray:
        raise SymderivError(f"answers.{stray[0]}: no such part", expected=f"one of {', '.join(parts)}")


def _decided(key: str, part: dict[str, Any], decisions: Decisions) -> dict[str, Any]:
    """The part's result, with the key of a decision on it; a decision stands in for one left undecided."""
    part = {**part, "key": key}
    decision = decisions.get(key)
    if decision is None or part["verdict"] not in ("undecided", "manual"):
        return part
    return {**part, **decision, "by": "decided by a person"}


def _total(parts: list[dict[str, Any]], name: str) -> int | float:
    points: list[int | float] = [part[name] for part in parts]
    if all(isinstance(each, int) for each in points):
        return sum(points)
    total = sum((Fraction(str(each)) for each in points), Fraction(0))
    return total.numerator if total.denominator == 1 else float(total)
