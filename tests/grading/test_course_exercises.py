"""Exercises of courses that nobody tuned the bank for: each answer is judged as a strict marker would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from symderiv.api import check
from symderiv.exercise import Exercise, parse_exercise

CORPUS = Path(__file__).parents[1] / "corpus"
FILES = (
    "course_exercises.yaml",
    "course_exercises_more.yaml",
    "course_exercises_third.yaml",
    "course_exercises_fourth.yaml",
    "course_exercises_fifth.yaml",
    "course_exercises_sixth.yaml",
    "course_exercises_seventh.yaml",
    "course_exercises_eighth.yaml",
    "course_exercises_ninth.yaml",
    "course_exercises_tenth.yaml",
    "course_exercises_kinds.yaml",
)
CASES: list[dict[str, Any]] = [
    case for name in FILES for case in yaml.safe_load((CORPUS / name).read_text(encoding="utf-8"))
]
NAMES = [case["exercise"].split("\n", 1)[0].removeprefix("id: ") for case in CASES]


def answers(given: dict[str, list[Any]]) -> list[tuple[str, str, list[str]]]:
    """Part, answer and the mistakes that must be named."""
    return [
        (part, each["answer"], each["named"]) if isinstance(each, dict) else (part, each, [])
        for part, several in given.items()
        for each in several
    ]


def verdicts(exercise: Exercise, given: dict[str, list[Any]]) -> dict[tuple[str, str], str]:
    return {
        (part, said): check(exercise, {part: said}).part(part).verdict for part, said, _ in answers(given)
    }


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_right_answers_are_right(case: dict[str, Any]) -> None:
    found = verdicts(parse_exercise(case["exercise"]), case["right"])
    assert {said: verdict for said, verdict in found.items() if verdict != "equal"} == {}


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_wrong_answers_are_wrong_and_named(case: dict[str, Any]) -> None:
    exercise = parse_exercise(case["exercise"])
    for part, said, named in answers(case["wrong"]):
        report = check(exercise, {part: said}).part(part)
        assert report.verdict == "different", said
        assert set(named) <= set(report.misconceptions), said


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_doubtful_answers_are_refused(case: dict[str, Any]) -> None:
    found = verdicts(parse_exercise(case["exercise"]), case.get("refused", {}))
    assert {said: verdict for said, verdict in found.items() if verdict != "invalid"} == {}
