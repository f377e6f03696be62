"""Grades submissions: distinct answers once, on workers; results kept as they come, reports in order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from symderiv.batch.pool import run_all, run_on
from symderiv.batch.store import Store
from symderiv.batch.submissions import Submission
from symderiv.batch.tasks import Task, judge_task, not_judged, tasks, why_of
from symderiv.errors import SymderivError
from symderiv.exercise import AnswerFile, Exercise, find_exercise, load_exercise

WINDOW = 2_000
"""How many submissions are held at once: memory stays flat however many there are."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class GradedStudent:
    """A submission and its report as JSON; ``report`` is None where the submission couldn't be used."""

    submission: Submission
    report: dict[str, Any] | None
    fault: str = ""

    @property
    def student(self) -> str:
        return self.submission.student


class _Exercises:
    """Exercises by id and seed, each loaded once, with a digest of its text."""

    def __init__(self, folders: Sequence[str | Path]) -> None:
        self._folders = tuple(folders)
        self._found: dict[tuple[str, int | None], tuple[Exercise, str]] = {}

    def find(self, identifier: str, seed: int | None) -> tuple[Exercise, str]:
        known = self._found.get((identifier, seed))
        if known is None:
            exercise = find_exercise(identifier, self._folders)
            assert exercise.path is not None
            digest = hashlib.sha256(exercise.path.read_bytes()).hexdigest()
            if seed is not None:
                exercise = load_exercise(exercise.path, seed)
            known = self._found[identifier, seed] = (exercise, digest)
        return known


def grade(
    submitted: Iterable[Submission],
    exercises: Sequence[str | Path] = (),
    *,
    jobs: int = 1,
    timeout: float | None = 10.0,
    memory: int | None = 1_000,
    store: Store | None = None,
    executor: Executor | None = None,
    decisions: Mapping[str, Mapping[str, Any]] | None = None,
    progress: Progress | None = None,
) -> Iterator[GradedStudent]:
    """Grade submissions lazily, in the order in which they come.

    ``exercises`` are folders to find exercises in (default: the bank); ``store`` keeps results, so that
    what it holds isn't judged again; ``executor`` (as in concurrent.futures) takes the place of the
    workers; ``decisions`` are a person's verdicts on undecided answers; ``progress`` hears each verdict.
    """
    kept = store if store is not None else Store()
    known = _Exercises(exercises)
    window: list[Submission] = []
    for submission in submitted:
        window.append(submission)
        if len(window) >= WINDOW:
            yield from _grade_window(
                window, known, kept, jobs, timeout, memory, executor, decisions, progress
            )
            window = []
    yield from _grade_window(window, known, kept, jobs, timeout, memory, executor, decisions, progress)


def _grade_window(
    window: list[Submission],
    known: _Exercises,
    store: Store,
    jobs: int,
    timeout: float | None,
    memory: int | None,
    executor: Executor | None,
    decisions: Mapping[str, Mapping[str, Any]] | None,
    progress: Progress | None,
) -> Iterator[GradedStudent]:
    plans = [_plan(submission, known) for submission in window]
    wanted = {task.key: task for plan in plans for task in plan.tasks}
    todo = [(task, task) for key, task in wanted.items() if store.get(key) is None]
    if executor is not None:
        results = run_on(executor, judge_task, todo, jobs=jobs)
    else:
        results = run_all(judge_task, todo, jobs=jobs, timeout=timeout, memory=memory)
    for task, result in results:
        found = _result(task, result, known)
        store.put(task.key, found)
        if progress is not None:
            progress(found["verdict"])
    for plan in plans:
        yield plan.graded(store, decisions or {})


def _result(task: Task, result: Any, known: _Exercises) -> dict[str, Any]:
    if not isinstance(result, Exception):
        found: dict[str, Any] = result
        return found
    exercise = load_exercise(task.path, task.seed)
    return not_judged(exercise, task.part, why_of(result))


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a submission asks to be judged, or why it can't be."""

    submission: Submission
    exercise: Exercise | None
    tasks: tuple[Task, ...]
    fault: str = ""

    def graded(self, store: Store, decisions: Mapping[str, Mapping[str, Any]]) -> GradedStudent:
        if self.exercise is None:
            return GradedStudent(self.submission, None, self.fault)
        parts = [_decided(task, store.get(task.key) or {}, decisions) for task in self.tasks]
        report = {
            "exercise": self.exercise.id,
            "student": self.submission.student,
            "points": _total(parts, "points"),
            "out_of": _total(parts, "out_of"),
            "parts": parts,
        }
        return GradedStudent(self.submission, report)


def _decided(task: Task, part: dict[str, Any], decisions: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The part's result, with its key; a person's decision stands in for one left undecided."""
    part = {**part, "key": task.key}
    decision = decisions.get(task.key)
    if decision is None or part["verdict"] not in ("undecided", "manual"):
        return part
    return {**part, **decision, "by": "decided by a person"}


def _total(parts: list[dict[str, Any]], name: str) -> int | float:
    total = sum((Fraction(str(part[name])) for part in parts), Fraction(0))
    return total.numerator if total.denominator == 1 else float(total)


def _plan(submission: Submission, known: _Exercises) -> _Plan:
    answers = submission.answers
    if answers is None:
        return _Plan(submission, None, (), submission.fault)
    try:
        exercise, digest = known.find(answers.exercise, answers.seed)
        _refuse_strangers(exercise, answers)
    except SymderivError as error:
        return _Plan(submission, None, (), f"{submission.source}: {error.in_one_line()}")
    return _Plan(submission, exercise, tuple(tasks(exercise, digest, answers)))


def _refuse_strangers(exercise: Exercise, answers: AnswerFile) -> None:
    parts = [question.id for question in exercise]
    stray = [name for name in answers.answers if name not in parts]
    if stray:
        raise SymderivError(f"answers.{stray[0]}: no such part", expected=f"one of {', '.join(parts)}")
