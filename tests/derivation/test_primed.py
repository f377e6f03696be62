"""``f'(x)`` of a known function: of one number, or entry by entry; where derivatives may be asked for."""

from __future__ import annotations

import pytest

from symderiv.api import check
from symderiv.derivation import compare, read_given
from symderiv.exercise import parse_exercise
from symderiv.expression.printing.latex import to_latex
from symderiv.expression.printing.text import to_text
from symderiv.language import read

EXERCISE = """
id: slope
title: Slopes
let: {{x: real}}
{allow}
parts: [{{id: a, ask: The slope., points: 1, answer: 1 - tanh(x)^2}}]
"""


@pytest.mark.parametrize("text", ["sum'(x)", "transpose'(X)", "softmax'(x)", "eye'(3)"])
def test_a_function_of_an_array_has_no_prime(text: str) -> None:
    verdict = compare(text, "0", given=("x: vector(n)", "X: matrix(n,n)")).verdict
    assert verdict.verdict == "invalid", verdict


def test_is_printed_as_it_is_written() -> None:
    tree = read("tanh''(x) + log'(x)", read_given(["x: real"]).scope)
    assert to_text(tree) == "tanh''(x) + log'(x)"
    assert to_latex(tree) == r"\tanh''(x) + \log'(x)"


@pytest.mark.parametrize(("allow", "verdict"), [("", "invalid"), ("allow: [diff]", "equal")])
def test_an_answer_has_it_where_derivatives_are_allowed(allow: str, verdict: str) -> None:
    exercise = parse_exercise(EXERCISE.format(allow=allow))
    assert check(exercise, {"a": "tanh'(x)"}).part("a").verdict == verdict
