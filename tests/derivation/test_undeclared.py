"""Names that can be read in two ways are refused, with what to write instead."""

from __future__ import annotations

import pytest

from symderiv.derivation import compare
from symderiv.equality.verdict import Invalid

REFUSED = [
    (r"\frac{\partial L}{\partial w}", r"\frac{\partial L}{\partial b}", (), "depends on"),
    (r"\frac{df}{dx}", "0", (), "depends on"),
    ("gradient(L, w)", "zeros(n)", ("w: vector(n)",), "depends on"),
    ("diff(-log(p), z)", "p - 1", ("p == 1/(1+exp(-z))",), "what is given"),
    ("sum((x[i] - xbar)^2, i)", "sum(x[i]^2, i) - n*xbar^2", ("x: vector(n)",), "the mean of x"),
    (r"\sum_i (x_i - \bar{x})^2", r"\sum_i x_i^2 - n\bar{x}^2", ("x: vector(n)",), "the mean of x"),
    ("w_1x_1 + w_2x_2", "w1*x1 + w2*x2", (), "not declared"),
]


@pytest.mark.parametrize(("a", "b", "given", "said"), REFUSED)
def test_refused(a: str, b: str, given: tuple[str, ...], said: str) -> None:
    verdict = compare(a, b, given).verdict
    assert isinstance(verdict, Invalid)
    assert said in verdict.error.message
    assert verdict.error.place is not None and verdict.error.cure


READ = [
    ("diff(y, x)", "0", ("y: real", "x: real")),
    ("diff(L*x^2, x)", "2*L*x", ()),
    ("diff(x, x)", "1", ()),
    ("diff(-log(1/(1+exp(-z))), z)", "p - 1", ("p == 1/(1+exp(-z))",)),
    ("sum((x[i] - xbar)^2, i)", "sum(x[i]^2 - 2*xbar*x[i] + xbar^2, i)", ("x: vector(n)", "xbar: real")),
    ("w_1*x_1", "x_1*w_1", ()),
]


@pytest.mark.parametrize(("a", "b", "given"), READ)
def test_read(a: str, b: str, given: tuple[str, ...]) -> None:
    assert compare(a, b, given).verdict.verdict == "equal"
