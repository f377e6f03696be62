"""Indices that count from 0 in the key and from 1 in LaTeX answers, where the key is a formula in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from symderiv.exercise import Formula, Question, load_exercise
from symderiv.grading.checking import judge

EXERCISE = r"""
id: all-but-one
title: All but one
let:
  x: vector(n)
  i: index
index_from: {text: 0, latex: 1}
parts:
  - id: a
    ask: The sum of all others
    points: 1
    answer: sum(x) - x[i]
  - id: b
    ask: The slope of the square of their sum
    points: 1
    answer: diff(sum(sum(x[j]*x[k], j), k), x[i])
"""


@pytest.fixture
def questions(tmp_path: Path) -> tuple[Question, ...]:
    path = tmp_path / "all-but-one.yaml"
    path.write_text(EXERCISE, encoding="utf-8")
    return tuple(load_exercise(path))


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (r"$\sum_{j \ne i} x_j$", "equal"),
        (r"$\sum_{j=1}^{i-1} x_j + \sum_{j=i+1}^{n} x_j$", "equal"),
        (r"$\sum_{j=1}^{n} x_j - x_{i-1}$", "different"),
        ("sum(x[j] for j in range(n) if j != i)", "equal"),
        ("sum(x) - x[i-1]", "different"),
    ],
)
def test_the_answer_counts_as_its_syntax_does(
    questions: tuple[Question, ...], answer: str, verdict: str
) -> None:
    assert judge(questions[0], Formula(answer)).verdict == verdict


@pytest.mark.parametrize(
    ("answer", "verdict"), [("2*sum(x)", "equal"), ("2*sum(x) - x[i]", "different"), ("sum(x)", "different")]
)
def test_an_open_index_runs_along_what_is_derived_by(
    questions: tuple[Question, ...], answer: str, verdict: str
) -> None:
    assert judge(questions[1], Formula(answer)).verdict == verdict
