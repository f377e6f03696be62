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
"""


@pytest.fixture
def question(tmp_path: Path) -> Question:
    path = tmp_path / "all-but-one.yaml"
    path.write_text(EXERCISE, encoding="utf-8")
    return next(iter(load_exercise(path)))


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
def test_the_answer_counts_as_its_syntax_does(question: Question, answer: str, verdict: str) -> None:
    assert judge(question, Formula(answer)).verdict == verdict
