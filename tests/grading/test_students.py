"""The solved homeworks, part by part: the verdict on each final answer is the one that is known."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from symderiv.exercise import exercise_paths, load_answers, load_exercise
from symderiv.grading import PartReport, check

ROOT = Path(__file__).parents[2]
FINAL = yaml.safe_load((Path(__file__).parent / "final_answers.yaml").read_text())
EXPECTED = {True: "equal", False: "different", None: "missing"}

NAMED = {
    "001/3": "digit-slip",
    "002/1b": "floor-forgotten",
    "002/1c": "kernel-flipped",
    "003/1.3": "limit-direction",
    "003/6.6": "mode-mixed",
    "004/1.2.table": "swapped",
    "004/1.3.table": "swapped",
    "004/2.5.case4": "wrong-axes",
    "004/6.1.compare": "condition-forgotten",
}


@cache
def reports() -> dict[str, PartReport]:
    exercises = {path.stem: load_exercise(path) for path in exercise_paths([ROOT / "exercises"])}
    found: dict[str, PartReport] = {}
    for path in sorted((ROOT / "examples" / "students").glob("*.yaml")):
        answers = load_answers(path)
        exercise = exercises[answers.exercise]
        for question, part in zip(exercise, check(exercise, answers).parts, strict=True):
            found[question.part.source] = part
    return found


@pytest.mark.parametrize("source", FINAL)
def test_final_answer(source: str) -> None:
    assert reports()[source].verdict == EXPECTED[FINAL[source]]


@pytest.mark.parametrize("source", NAMED)
def test_the_mistake_is_named(source: str) -> None:
    assert NAMED[source] in reports()[source].misconceptions
