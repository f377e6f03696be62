"""The right answer to each part of the solved homeworks reads in both spellings, where it is mathematics."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from symderiv.errors import SymderivError
from symderiv.exercise import Formula, Question, load_exercise
from symderiv.grading.checking import judge

ROOT = Path(__file__).parents[2]
ANSWERS: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "tests" / "corpus" / "solved_homeworks.yaml").read_text(encoding="utf-8")
)
NO_FORMULA = {"000/a.v", "003/3.2", "003/3.3", "004/2.5.choice"}
"""What in LaTeX is no answer to read: choices, lines of a program."""


@cache
def questions() -> dict[str, Question]:
    """The bank's questions by the part of a homework that they stand on."""
    bank = [load_exercise(path) for path in sorted((ROOT / "exercises").glob("*.yaml"))]
    return {q.part.source: q for exercise in bank for q in exercise if q.part.source}


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: str(answer["part"]))
def test_the_text_is_right(answer: dict[str, Any]) -> None:
    assert judge(questions()[answer["part"]], Formula(answer["text"])).verdict == "equal"


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: str(answer["part"]))
def test_the_latex_is_judged_by_what_it_says(answer: dict[str, Any]) -> None:
    judgement = judge(questions()[answer["part"]], Formula(answer["latex"], "latex"))
    assert judgement.verdict == answer.get("verdict", "equal")


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: str(answer["part"]))
def test_the_latex_reads(answer: dict[str, Any]) -> None:
    question, formula = questions()[answer["part"]], Formula(answer["latex"], "latex")
    if answer["part"] in NO_FORMULA:
        with pytest.raises(SymderivError):
            question.read(formula)
    elif question.part.kind == "steps":
        assert judge(question, formula).verdict in ("equal", "undecided")
    elif question.part.kind in ("expression", "construct", "order"):
        assert question.read(formula)
    else:  # a choice by its names, a formula of functions: read by their kind
        assert judge(question, formula).verdict == "equal"


def test_every_exception_has_its_reason() -> None:
    assert len(ANSWERS) == 69
    assert all(("verdict" in answer) == ("why" in answer) for answer in ANSWERS)
    assert sum("verdict" not in answer for answer in ANSWERS) >= 53
