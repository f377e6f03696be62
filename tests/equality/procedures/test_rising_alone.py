"""Strictly increasing functions on both sides, asked by themselves: no witness comes before."""

from __future__ import annotations

import pytest

from symderiv.derivation import read_given, scalar_of
from symderiv.equality.procedures.conditions.rising import under_rising
from symderiv.expression.tree import Apply, Expr
from symderiv.language import read


def sides(text: str, given: list[str]) -> tuple[Expr, Expr]:
    comparison = scalar_of(read(text, read_given(given).scope)).value
    assert isinstance(comparison, Apply)
    low, high = comparison.args
    return low, high


@pytest.mark.parametrize(
    ("text", "given", "told"),
    [
        ("x^5 + x < y^5 + y", ["x: real", "y: real"], "x < y"),
        ("-x - exp(x) < -y - exp(y)", ["x: real", "y: real"], "y < x"),
        ("x^4 + x^2 < y^4 + y^2", ["x: real", "y: real"], "abs(x) < abs(y)"),
        ("1/(1 + x^2) < 1/(1 + y^2)", ["x: real", "y: real"], "abs(y) < abs(x)"),
        ("x*exp(x) < y*exp(y)", ["x: positive", "y: positive"], "x < y"),
        ("1 < x + exp(x)", ["x: real"], "0 < x"),
    ],
)
def test_taken_away(text: str, given: list[str], told: str) -> None:
    assert under_rising(*sides(text, given)) == sides(told, given)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("x^4 - x^2 < y^4 - y^2", ["x: real", "y: real"]),
        ("x^4 - 2*x^2 < y^4 - 2*y^2", ["x: real", "y: real"]),
        ("x^3 - x < y^3 - y", ["x: real", "y: real"]),
        ("x^3 - x/1000 < y^3 - y/1000", ["x: real", "y: real"]),
        ("x^4 + x^3 < y^4 + y^3", ["x: real", "y: real"]),
        ("x*exp(x) < y*exp(y)", ["x: real", "y: real"]),
        ("x*log(x) < y*log(y)", ["x: positive", "y: positive"]),
        ("x^2 + x < y^2 + y", ["x: real", "y: positive"]),
        ("x^5 + x < y^3 + y", ["x: real", "y: real"]),
        ("cos(x) < cos(y)", ["x: real", "y: real"]),
        ("tan(x) + x < tan(y) + y", ["x: real", "y: real"]),
        ("1/x + x < 1/y + y", ["x: real", "y: real"]),
        ("abs(x) + x < abs(y) + y", ["x: real", "y: real"]),
        ("x + y < y + x^3", ["x: real", "y: real"]),
        ("2 < x + exp(x)", ["x: real"]),
    ],
)
def test_left(text: str, given: list[str]) -> None:
    assert under_rising(*sides(text, given)) is None
