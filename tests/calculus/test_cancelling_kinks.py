"""Kinks that cancel: the derivative is there, and is the limit of difference quotients from both sides."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.calculus import derivative_tensor
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import TRUE, ZERO, Expr, Number, Variable
from symderiv.language import Scope, read

x = Variable("x")
SCOPE = Scope({"x": x})

THERE = [
    "x*abs(x)",
    "abs(x)^3",
    "max(x, 0)^2",
    "max(x, 0) - max(-x, 0)",
    "min(x, 0) + max(x, 0)",
    "max(x, 0)*max(-x, 0)",
    "0*abs(x)",
    "max(max(x, 0) - 1, 0)",
    "abs(max(x, 0) - 1) + max(x, 0)",
]
ON_ONE_ANOTHER = ["max(max(x, 0), 0) - x/2 - abs(x)/2", "max(abs(x), 2*abs(x)) - 2*abs(x) + 3*x"]
NOT_THERE = [
    "abs(x)",
    "abs(x) + x*abs(x)",
    "max(x, 0) + max(-x, 0)",
    "(1 + x)*abs(x)",
    "max(max(x, 0), 0)",
    "abs(x)*(abs(x) - 1)",
    "max(abs(x), x)",
]


def quotients(text: str) -> tuple[Fraction, Fraction]:
    """(f(h) - f(0))/h for a small h on both sides, exactly, h² taken for 0."""
    f = tensor_of(read(text, SCOPE)).value
    at = {h: exact(instantiate(f, {x: Number(h)})) for h in (0, *STEPS)}
    below, above = ((at[h] - at[0]) / h for h in STEPS)
    return round(below, 3), round(above, 3)


def exact(number: Expr) -> Fraction:
    value = evaluate(number, {})
    assert isinstance(value, Fraction | int)
    return Fraction(value)


STEPS = (Fraction(-1, 10**6), Fraction(1, 10**6))


@pytest.mark.parametrize("text", THERE)
def test_kinks_that_cancel(text: str) -> None:
    check(text, x)


@pytest.mark.parametrize("text", (*THERE, *ON_ONE_ANOTHER))
def test_at_given_numbers_kinks_on_kinks_cancel_too(text: str) -> None:
    check(text, Variable("x", value=ZERO))


def check(text: str, wrt: Variable) -> None:
    t = derivative_tensor(tensor_of(read(text, SCOPE)), wrt)
    below, above = quotients(text)
    assert below == above
    assert instantiate(t.defined, {x: ZERO}) == TRUE
    assert exact(instantiate(t.value, {x: ZERO})) == above


@pytest.mark.parametrize("text", NOT_THERE)
def test_kinks_that_stay(text: str) -> None:
    t = derivative_tensor(tensor_of(read(text, SCOPE)), x)
    below, above = quotients(text)
    assert below != above
    assert instantiate(t.defined, {x: ZERO}) != TRUE
