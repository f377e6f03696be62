"""Credit that nobody could earn is told when the exercise is written."""

from __future__ import annotations

import pytest

from symderiv.exercise import parse_exercise
from symderiv.grading import lint

PART = {
    "expression": "answer: 2*x",
    "steps": "kind: steps, steps: {from: (x + 1)**2, to: x**2 + 2*x + 1}",
}


def errors(kind: str, credit: str) -> list[str]:
    source = (
        f"id: e\nlet: {{x: real}}\nparts:\n  - {{id: a, points: 2, {PART[kind]}, credit: {{{credit}}}}}\n"
    )
    return [each.message for each in lint(parse_exercise(source)) if each.level == "error"]


@pytest.mark.parametrize(
    ("kind", "credit", "said"),
    [
        ("expression", "sgin: 1", "did you mean 'sign'?"),
        ("expression", "steps: 1", "this part has none"),
        ("steps", "entries: 1", "this part has none"),
        ("expression", "follows: 1", "follows: [...]"),
        ("steps", "nothing-of-this-kind: 1", "no misconception"),
    ],
)
def test_credit_for_nothing_is_a_fault(kind: str, credit: str, said: str) -> None:
    (message,) = errors(kind, credit)
    assert said in message


@pytest.mark.parametrize(
    ("kind", "credit"), [("expression", "sign: 1, entries: 1"), ("steps", "steps: 2, sign: 1")]
)
def test_what_can_be_earned_is_none(kind: str, credit: str) -> None:
    assert errors(kind, credit) == []
