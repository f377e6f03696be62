"""The parts of the bank on answers written as others would: each verdict, and what is named."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from symderiv.exercise import Formula, Question, exercise_paths, load_exercise
from symderiv.grading.checking import judge
from symderiv.grading.judgement import Judgement
from symderiv.grading.kinds import JUDGES

ROOT = Path(__file__).parents[2]
ANSWERS: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests" / "corpus" / "bank_answers.yaml").read_text())


@cache
def questions() -> dict[str, Question]:
    exercises = [load_exercise(path) for path in exercise_paths([ROOT / "exercises"])]
    return {question.part.source: question for exercise in exercises for question in exercise}


@pytest.mark.parametrize("row", ANSWERS, ids=lambda row: str(row["part"]))
def test_answers_to_a_part(row: dict[str, Any]) -> None:
    question = questions()[row["part"]]
    verdicts = {text: judge(question, Formula(text)).verdict for text in row["equal"]}
    assert verdicts == dict.fromkeys(row["equal"], "equal")
    for wrong in row["different"]:
        judgement = judge(question, Formula(wrong["answer"]))
        assert (wrong["answer"], judgement.verdict) == (wrong["answer"], "different")
        assert set(wrong.get("named", [])) <= set(judgement.misconceptions), wrong["answer"]


def test_there_are_answers_to_every_part() -> None:
    assert {row["part"] for row in ANSWERS} == set(questions())


def test_a_fault_of_ours_costs_one_part_its_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(question: Question, answer: Formula) -> Judgement:
        raise KeyError("a rule that isn't there")

    question = next(each for each in questions().values() if each.part.kind == "expression")
    monkeypatch.setitem(JUDGES, "expression", faulty)
    judgement = judge(question, Formula("1"))
    assert judgement.verdict == "undecided"
    assert "internal error" in str(judgement.outcome)
