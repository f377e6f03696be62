"""Grades submissions: distinct answers once, on workers; results kept as they come, reports in order.

A window slides over the submissions: tasks are drawn from its front while reports leave at its back, so
that memory stays flat however many there are, and a slow answer holds up nothing but the order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from symderiv.batch.executors import run_on
from symderiv.batch.graded import GradedStudent
from symderiv.batch.json_lines import of_data
from symderiv.batch.kept import Kept
from symderiv.batch.known import KnownExercises
from symderiv.batch.pairs import PairTask
from symderiv.batch.plans import Decisions, Plan, plan
from symderiv.batch.pool import LATER, Labelled, run_all
from symderiv.batch.store import Store
from symderiv.batch.submission import Submission
from symderiv.batch.submissions import submissions
from symderiv.batch.tasks import Task, judge_task, not_judged, why_of
from symderiv.errors import SymderivError
from symderiv.exercise import AnswerFile, Exercise

WINDOW = 2_000
"""How many submissions are held at once."""

Progress = Callable[[str], None]

Exercises = str | Path | Exercise | Sequence[str | Path | Exercise]

Submitted = Submission | AnswerFile | Mapping[str, Any] | str | Path
"""What may be handed in: what was read, plain data, or a path to read from."""


def grade(
    submitted: Submitted | Iterable[Submitted],
    exercises: Exercises = (),
    *,
    jobs: int = 1,
    timeout: float | None = 10.0,
    memory: int | None = 2_000,
    store: Store | str | Path | None = None,
    executor: Executor | None = None,
    decisions: Decisions | None = None,
    progress: Progress | None = None,
) -> Iterator[GradedStudent]:
    """Grade submissions lazily, in the order in which they come.

    ``submitted`` are paths (folders, ZIP files, JSON Lines, answer files), what `submissions` reads from
    them, answer files that were loaded, or plain data; ``exercises`` are folders to find exercises in,
    files of exercises, or exercises that were loaded (default: the bank). ``timeout`` (seconds) and
    ``memory`` (megabytes) hold for each part. ``store`` (or its path) keeps results, so that what it holds
    isn't judged again; ``executor`` (as in concurrent.futures) takes the place of ``jobs`` worker
    processes; ``decisions`` are a person's verdicts on undecided answers; ``progress`` hears each verdict.

    >>> answers = {"i": "[[4],[-3],[-2]]"}
    >>> handed_in = {"student": "4711", "exercise": "conv2d-kernel-gradient", "answers": answers}
    >>> [(each.student, each.parts[0].verdict) for each in grade([handed_in])]
    [('4711', 'equal')]
    """
    if isinstance(store, Store):
        yield from _grade(submitted, exercises, jobs, timeout, memory, store, executor, decisions, progress)
        return
    with Store(None if store is None else Path(store)) as own:
        yield from _grade(submitted, exercises, jobs, timeout, memory, own, executor, decisions, progress)


def _grade(
    submitted: Submitted | Iterable[Submitted],
    exercises: Exercises,
    jobs: int,
    timeout: float | None,
    memory: int | None,
    store: Store,
    executor: Executor | None,
    decisions: Decisions | None,
    progress: Progress | None,
) -> Iterator[GradedStudent]:
    known = KnownExercises(_folders(exercises))
    kept = Kept(store, timeout, memory)
    window = _Window(_read(submitted), known, kept)
    if executor is None:
        results = run_all(judge_task, window.wanted(), jobs=jobs, timeout=timeout, memory=memory)
    else:
        results = run_on(executor, window.wanted(), known.text, jobs=jobs, timeout=timeout, memory=memory)
    for label, result in results:
        if label is not LATER:
            key, task = label
            found = _unjudged(task, result, known) if isinstance(result, Exception) else result
            window.arrived(key, found, result if isinstance(result, Exception) else None)
            if progress is not None:
                progress(found["verdict"])
        for done in window.complete():
            yield done.graded(kept, decisions or {})
    for done in window.complete():
        yield done.graded(kept, decisions or {})


def _read(submitted: Submitted | Iterable[Submitted]) -> Iterator[Submission]:
    """One submission or path, or many; plain data is ``{"student", "exercise", "answers"}``."""
    several: Iterable[Submitted]
    several = (
        [submitted] if isinstance(submitted, str | Path | Submission | AnswerFile | Mapping) else submitted
    )
    for number, each in enumerate(several, 1):
        match each:
            case Submission():
                yield each
            case AnswerFile():
                yield Submission(each.student or str(number), str(each.path or f"<{number}>"), each)
            case str() | Path():
                yield from submissions([each])
            case _:
                yield of_data(each, f"<{number}>", str(number))


def _folders(exercises: Exercises) -> list[str | Path]:
    several = [exercises] if isinstance(exercises, str | Path | Exercise) else exercises
    return [_file_of(each) if isinstance(each, Exercise) else each for each in several]


def _file_of(exercise: Exercise) -> Path:
    """Workers read an exercise from its file."""
    if exercise.path is None or not exercise.path.is_file():
        raise SymderivError(
            f"the exercise '{exercise.id}' has no file",
            expected="one that `load_exercise` read from its path",
        )
    return exercise.path


def _unjudged(task: Task | PairTask, trouble: Exception, known: KnownExercises) -> dict[str, Any]:
    if isinstance(task, PairTask):
        return task.undecided(why_of(trouble))
    exercise, _ = known.find(task.exercise, task.seed)
    return not_judged(exercise, task, why_of(trouble))


class _Window:
    """The submissions that are being judged: what they still wait for, in the order in which they came."""

    def __init__(self, submitted: Iterator[Submission], known: KnownExercises, kept: Kept) -> None:
        self._submitted = submitted
        self._known = known
        self._kept = kept
        self._plans: deque[Plan] = deque()
        self._in_flight: set[str] = set()

    def wanted(self) -> Iterator[Labelled]:
        """Each distinct answer that nobody has judged yet; `LATER` while the window is full."""
        while True:
            while self._is_full:
                yield LATER
            submission = next(self._submitted, None)
            if submission is None:
                return
            found = plan(submission, self._known)
            self._plans.append(found)
            new = {key: task for key, task in found.tasks if self._is_new(key)}
            self._in_flight.update(new)
            yield from (((key, task), task) for key, task in new.items())

    def _is_new(self, key: str) -> bool:
        return key not in self._in_flight and self._kept.get(key) is None

    @property
    def _is_full(self) -> bool:
        return len(self._plans) >= WINDOW

    def arrived(self, key: str, result: dict[str, Any], trouble: Exception | None) -> None:
        """A verdict, or what is told of an answer that got none because of some trouble."""
        if trouble is None:
            self._kept.put(key, result)
        else:
            self._kept.put_unjudged(key, result, trouble)
        self._in_flight.discard(key)

    def complete(self) -> Iterator[Plan]:
        """The plans at the back that wait for nothing any more."""
        while self._plans and not any(key in self._in_flight for key, _ in self._plans[0].tasks):
            yield self._plans.popleft()
