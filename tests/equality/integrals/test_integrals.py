"""Integrals: known ones, improper ones, cells; every answer against numerical quadrature."""

from __future__ import annotations

import math
from fractions import Fraction

import mpmath
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.equality.integrals.integral import LOW, integral
from symderiv.equality.limits.derivative import slope
from symderiv.equality.limits.limit import NONE
from symderiv.equality.refute.search import refute
from symderiv.expression.build import (
    add,
    cases,
    compare,
    divide,
    function,
    mul,
    negative,
    power,
    sqrt,
    subtract,
)
from symderiv.expression.kinds import POSITIVE, Kind
from symderiv.expression.tree import HALF, INFINITY, MINUS_ONE, ONE, PI, ZERO, Call, Expr, Number, Variable

t, x, a = Variable("t"), Variable("x"), Variable("a")
p = Variable("p", Kind(domain=POSITIVE))
f = Variable("f", Kind(function="any"))


def sigmoid(u: Expr) -> Expr:
    return divide(ONE, add(ONE, function("exp", negative(u))))


def gauss(u: Expr) -> Expr:
    return function("exp", negative(power(u, Number(2))))


BOX = cases(((compare("lt", t, ZERO), ZERO), (compare("lt", t, ONE), ONE)), ZERO)

KNOWN: list[tuple[Expr, Expr, Expr, Expr]] = [
    (function("heaviside", t), LOW, x, function("max", x, ZERO)),
    (power(t, Number(2)), ZERO, ONE, Number(Fraction(1, 3))),
    (function("exp", negative(t)), ZERO, INFINITY, ONE),
    (function("exp", mul(MINUS_ONE, p, t)), ZERO, INFINITY, divide(ONE, p)),
    (gauss(t), LOW, INFINITY, sqrt(PI)),
    (divide(ONE, t), ONE, p, function("log", p)),
    (divide(ONE, power(t, Number(2))), ONE, INFINITY, ONE),
    (divide(ONE, t), ONE, INFINITY, INFINITY),
    (power(t, Number(Fraction(-1, 2))), ZERO, ONE, Number(2)),
    (function("log", t), ZERO, ONE, MINUS_ONE),
    (divide(ONE, add(ONE, power(t, Number(2)))), LOW, INFINITY, PI),
    (
        sigmoid(t),
        ZERO,
        x,
        subtract(function("log", add(ONE, function("exp", x))), function("log", Number(2))),
    ),
    (mul(sigmoid(t), subtract(ONE, sigmoid(t))), LOW, x, sigmoid(x)),
    (function("max", ZERO, t), LOW, x, mul(HALF, power(function("max", x, ZERO), Number(2)))),
    (function("tanh", t), ZERO, x, function("log", function("cosh", x))),
    (BOX, LOW, x, function("min", function("max", x, ZERO), ONE)),
    (mul(t, function("exp", negative(t))), ZERO, INFINITY, ONE),
    (mul(power(t, Number(2)), gauss(t)), LOW, INFINITY, mul(HALF, sqrt(PI))),
    (
        power(subtract(t, x), Number(2)),
        ZERO,
        ONE,
        add(Number(Fraction(1, 3)), negative(x), power(x, Number(2))),
    ),
    (mul(a, t), ZERO, t, mul(HALF, a, power(t, Number(2)))),
    (mul(Call(f, (x,)), t), ZERO, ONE, mul(HALF, Call(f, (x,)))),
]


@pytest.mark.parametrize(("expr", "lower", "upper", "value"), KNOWN)
def test_known_integrals(expr: Expr, lower: Expr, upper: Expr, value: Expr) -> None:
    found = integral(expr, t, lower, upper)
    assert found is not None
    assert found == value or refute(found, value) is None


@pytest.mark.parametrize(
    ("expr", "lower", "upper"),
    [
        (divide(ONE, t), ONE, x),
        (function("exp", mul(x, power(t, Number(2)))), LOW, INFINITY),
        (Call(f, (t,)), ZERO, ONE),
        (function("floor", t), ZERO, x),
        (function("log", t), MINUS_ONE, ONE),
        (function("tan", t), ZERO, PI),
    ],
)
def test_what_is_not_proved_stays_open(expr: Expr, lower: Expr, upper: Expr) -> None:
    assert integral(expr, t, lower, upper) is None


@pytest.mark.parametrize(
    ("expr", "lower", "upper", "value"),
    [
        (divide(ONE, t), MINUS_ONE, ONE, NONE),
        (divide(ONE, t), ONE, MINUS_ONE, NONE),
        (divide(ONE, subtract(t, ONE)), ZERO, Number(2), NONE),
        (function("sin", t), ZERO, INFINITY, NONE),
        (t, LOW, INFINITY, NONE),
        (divide(ONE, power(t, Number(2))), MINUS_ONE, ONE, INFINITY),
        (divide(MINUS_ONE, power(t, Number(2))), MINUS_ONE, ONE, LOW),
        (divide(ONE, function("abs", t)), MINUS_ONE, ONE, INFINITY),
    ],
)
def test_divergent_integrals(expr: Expr, lower: Expr, upper: Expr, value: Expr) -> None:
    assert integral(expr, t, lower, upper) == value


PIECES = st.sampled_from(
    [
        ONE,
        t,
        power(t, Number(2)),
        function("exp", t),
        function("sin", mul(Number(2), t)),
        function("tanh", t),
        sigmoid(t),
        gauss(t),
        function("abs", subtract(t, HALF)),
        function("heaviside", add(t, HALF)),
        function("max", t, subtract(ONE, t)),
        function("sign", t),
        mul(t, function("exp", negative(t))),
        divide(ONE, add(Number(5), t)),
        power(function("cos", t), Number(2)),
    ]
)
ENDS = st.fractions(min_value=-2, max_value=2, max_denominator=4)


@settings(max_examples=60, deadline=None)
@given(PIECES, PIECES, st.integers(-3, 3), ENDS, ENDS)
def test_against_quadrature(first: Expr, second: Expr, c: int, lower: Fraction, upper: Fraction) -> None:
    expr = add(first, mul(Number(c), second))
    found = integral(expr, t, Number(lower), Number(upper))
    assert found is not None
    value = evaluate(found, {})
    assert isinstance(value, (Fraction, arb))

    def integrand(at: mpmath.mpf) -> mpmath.mpf:
        here = evaluate(expr, {t: Fraction(str(at))})
        return mpmath.mpf(float(here))  # type: ignore[arg-type]

    kinks = sorted(
        {
            lower,
            upper,
            *(
                k
                for k in (Fraction(-1, 2), Fraction(0), Fraction(1, 2))
                if min(lower, upper) < k < max(lower, upper)
            ),
        }
    )
    points = [mpmath.mpf(k.numerator) / k.denominator for k in kinks]
    area = (
        mpmath.quad(integrand, points, maxdegree=4) * (1 if lower <= upper else -1) if lower != upper else 0
    )
    assert abs(float(value) - float(area)) < 1e-8


@settings(max_examples=60, deadline=None)
@given(PIECES, PIECES, ENDS)
def test_an_integral_to_x_has_the_integrand_for_its_slope(first: Expr, second: Expr, at: Fraction) -> None:
    expr = add(first, second)
    found = integral(expr, t, ZERO, x, (compare("lt", Number(-3), x),))
    assert found is not None
    step = Fraction(1, 10**12)
    low, high = (evaluate(found, {x: at + Fraction(1, 97) + k * step}) for k in (0, 1))
    height = evaluate(expr, {t: at + Fraction(1, 97)})
    assert abs((float(_exactly(high) - _exactly(low)) / float(step)) - float(height)) < 1e-6  # type: ignore[arg-type]


def _exactly(value: object) -> Fraction:
    if isinstance(value, Fraction):
        return value
    assert isinstance(value, arb)
    mantissa, exponent = value.mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def test_slopes() -> None:
    assert slope(function("sin", mul(Number(2), t)), t) == mul(Number(2), function("cos", mul(Number(2), t)))
    assert slope(power(a, Number(3)), t) == ZERO


SMALL = st.fractions(min_value=-3, max_value=3, max_denominator=4)


def primitive_of_floor(u: Fraction) -> Fraction:
    """``∫₀ᵘ ⌊s⌋ ds``."""
    k = math.floor(u)
    return Fraction(k * (k - 1), 2) + k * (u - k)


@settings(max_examples=60, deadline=None)
@given(m=SMALL.filter(bool), c=SMALL, low=SMALL, high=SMALL)
def test_integer_parts_between_numbers(m: Fraction, c: Fraction, low: Fraction, high: Fraction) -> None:
    u = add(mul(Number(m), t), Number(c))
    found = integral(function("floor", u), t, Number(low), Number(high))
    assert found == Number((primitive_of_floor(m * high + c) - primitive_of_floor(m * low + c)) / m)
