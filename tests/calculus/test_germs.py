"""Both sides of a point: what is said of a slope is held against difference quotients in exact numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.calculus.germs import slope_at
from symderiv.calculus.series import Unclear
from symderiv.derivation import read_given
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.expression.tree import FALSE, TRUE, Expr, Variable
from symderiv.language import read

STEP = Fraction(1, 2**20)


def function_of_h(text: str) -> tuple[Expr, Variable]:
    scope = read_given(["h: real"]).scope
    return tensor_of(read(text, scope)).value, scope.names["h"]


def quotient(value: Expr, h: Variable, step: Fraction) -> float:
    ends = [evaluate(value, {h: at}) for at in (step, Fraction(0))]
    return (float(ends[0]) - float(ends[1])) / float(step)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "abs(h)", "h*abs(h)", "max(h, 0) - max(-h, 0)", "max(h, 2*h)", "max(h, h^2)", "min(h, -h)",
        "sqrt(h^4)", "sqrt(max(h, 0)^2 + 1)", "h*h*heaviside(h)", "heaviside(abs(h) - 1)",
        "max(sqrt(abs(h)), 1)", "exp(abs(h))", "floor(h^2)", "floor(h^2 + 1/2)*h", "sign(h)*h^2",
        "h^2 if h > 0 else h^3",
        "h if h > 0 else 2*h", "abs(h)*sqrt(abs(h))", "(exp(h) + 1)^h", "atan(abs(h)*h) + h",
        "tanh(abs(h)) - abs(h)", "abs(sin(h)) - abs(h)", "sqrt(4 + abs(h)) - abs(h)/4", "sqrt(1 - cos(h))",
        "log(1 + abs(h))",
    ],
)  # fmt: skip
def test_slopes_are_those_of_quotients(text: str) -> None:
    value, h = function_of_h(text)
    slope, exists = slope_at(value, h)
    right, left = (quotient(value, h, side * STEP) for side in (1, -1))
    assert exists == (TRUE if abs(right - left) < 1e-2 else FALSE)
    if exists == TRUE:
        assert float(evaluate(slope, {})) == pytest.approx(right, abs=1e-2)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["sqrt(abs(h))", "sign(h)", "h*floor(h)", "floor(h)", "heaviside(h)*exp(h)"])
def test_what_is_steep_or_jumps_has_none(text: str) -> None:
    assert slope_at(*function_of_h(text))[1] == FALSE


@pytest.mark.parametrize("text", ["log(h)", "sqrt(h)", "asin(1 - h^2)", "1/h"])
def test_where_one_side_has_no_value_nothing_is_said(text: str) -> None:
    with pytest.raises(Unclear):
        slope_at(*function_of_h(text))
