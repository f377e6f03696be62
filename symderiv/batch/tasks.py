"""What is judged: one answer to one part, as plain data that goes to a worker and names its own result."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from symderiv import __version__
from symderiv.batch.pairs import PairTask
from symderiv.errors import SymderivError
from symderiv.exercise import AnswerFile, Exercise, Formula, load_exercise, parse_exercise
from symderiv.grading.checking import judge, report_on
from symderiv.grading.follow import follows_from
from symderiv.grading.judgement import Judgement
from symderiv.language.scope import Syntax
from symderiv.worker import Died

MAX_TYPED = 4_000

Plain = tuple[Literal["text", "entries", "items"], Syntax, Any]
"""A formula without its place: (``text`` | ``entries`` | ``items``, syntax, content)."""


@dataclass(frozen=True, slots=True)
class Task:
    """An answer to a part, with the answers to the parts that it follows.

    ``digest`` stands for the exercise's text, so that a mended exercise is judged anew.
    """

    path: str
    seed: int | None
    digest: str
    part: str
    answers: tuple[tuple[str, Plain | None], ...]

    @property
    def exercise(self) -> str:
        """A file's name is its exercise's id."""
        return Path(self.path).stem

    @property
    def key(self) -> str:
        """The name of the result: version, exercise, variant, part and answers, hashed."""
        words = [__version__, self.digest, self.seed, self.part, self.answers]
        return hashlib.sha256(json.dumps(words, ensure_ascii=True).encode()).hexdigest()

    @property
    def decision_key(self) -> str:
        """The name of a person's decision on this answer: it outlives a mended exercise and a new version."""
        words = [self.exercise, self.seed, self.part, self.answers]
        return hashlib.sha256(json.dumps(words, ensure_ascii=True).encode()).hexdigest()


def plain(formula: Formula | None) -> Plain | None:
    """A formula as data; spaces around it don't count."""
    if formula is None:
        return None
    if formula.entries:
        return ("entries", formula.syntax, tuple((name, plain(part)) for name, part in formula.entries))
    if formula.items:
        return ("items", formula.syntax, tuple(plain(part) for part in formula.items))
    return ("text", formula.syntax, formula.self_contained.strip())


def formula_of(found: Plain | None) -> Formula | None:
    """The formula that `plain` made data of."""
    if found is None:
        return None
    kind, syntax, content = found
    if kind == "text":
        return Formula(content, syntax)
    if kind == "items":
        items = (formula_of(part) for part in content)
        return Formula("", items=tuple(part for part in items if part is not None))
    pairs = ((name, formula_of(part)) for name, part in content)
    return Formula("", entries=tuple((name, part) for name, part in pairs if part is not None))


def tasks(exercise: Exercise, digest: str, answers: AnswerFile) -> Iterator[Task]:
    """One task for each part of the exercise."""
    for question in exercise:
        needed = (*question.part.follows, question.id)
        given = tuple((name, plain(answers.answers.get(name))) for name in needed)
        yield Task(str(exercise.path), exercise.seed, digest, question.id, given)


_TEXTS: dict[str, str] = {}
"""Exercises by digest that came as text, to a machine that hasn't their files."""


def know_text(digest: str, text: str) -> None:
    """Keep the text of an exercise for the tasks about it."""
    _TEXTS[digest] = text


@lru_cache(maxsize=256)
def _exercise(path: str, seed: int | None, digest: str) -> Exercise:
    text = _TEXTS.get(digest)
    return load_exercise(path, seed) if text is None else parse_exercise(text, Path(path).name, seed)


def judge_task(task: Task | PairTask) -> dict[str, Any]:
    """The part's report as JSON; runs in a worker."""
    return task.judged() if isinstance(task, PairTask) else _judge_answer(task)


def _judge_answer(task: Task) -> dict[str, Any]:
    exercise = _exercise(task.path, task.seed, task.digest)
    question = exercise.question(task.part)
    assert question is not None
    given = {name: formula_of(found) for name, found in task.answers}
    judgement = judge(question, given.get(task.part))
    earlier: dict[str, Judgement] = {task.part: judgement}
    if judgement.verdict == "different":
        for name in question.part.follows:
            asked = exercise.question(name)
            if asked is not None and given.get(name) is not None:
                earlier[name] = judge(asked, given[name])
    found = report_on(question, judgement, follows_from(exercise, question, judgement, earlier)).as_json()
    return _with_answer(found, task)


def _with_answer(part: dict[str, Any], task: Task) -> dict[str, Any]:
    """The report with the answer as typed, where a person has to look at it or it can't be read."""
    answer = dict(task.answers).get(task.part)
    if part["read"] is None and answer is not None:
        part["answer"] = typed(answer)
    return part


def typed(found: Plain) -> str:
    """An answer as it was typed, not longer than a page.

    >>> typed(("items", "", (("text", "auto", "1"), ("text", "auto", "x"))))
    '[1, x]'
    """
    kind, _, content = found
    if kind == "items":
        return f"[{', '.join(typed(part) for part in content if part)}]"
    if kind == "entries":
        return "{" + ", ".join(f"{name}: {typed(part)}" for name, part in content if part) + "}"
    return str(content)[:MAX_TYPED]


def not_judged(exercise: Exercise, task: Task, why: str) -> dict[str, Any]:
    """The report on a part whose worker ran out of time or memory: undecided, kept for a person."""
    question = exercise.question(task.part)
    assert question is not None
    points = question.part.points
    part: dict[str, Any] = {
        "id": task.part,
        "kind": question.part.kind,
        "verdict": "undecided",
        "points": 0,
        "out_of": points.numerator if points.denominator == 1 else float(points),
        "feedback": [f"Not decided: {why}. A person will look at it."],
        "misconceptions": [],
        "read": None,
        "witness": None,
        "by": why,
    }
    return _with_answer(part, task)


def why_of(error: Exception) -> str:
    """A worker's failure in a few words."""
    match error:
        case SymderivError():
            return error.in_one_line()
        case MemoryError():
            return "out of memory"
        case TimeoutError():
            return f"time-out: {error}"
        case Died():
            return str(error)
        case _:
            return f"{type(error).__name__}: {error}"
