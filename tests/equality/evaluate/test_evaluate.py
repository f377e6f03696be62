"""Evaluation against two independent ones: Python's fractions, and mpmath to 50 digits."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

import mpmath
import pytest
from flint import arb
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.equality.evaluate.opaque import Polynomial, concrete_function
from symderiv.equality.evaluate.precision import precision
from symderiv.equality.evaluate.values import UNDEFINED, UNKNOWN
from symderiv.expression.build import (
    add,
    cases,
    compare,
    conjunction,
    disjunction,
    divide,
    function,
    mul,
    power,
    sqrt,
    subtract,
)
from symderiv.expression.kinds import FUNCTION, SIZE, Kind
from symderiv.expression.tree import (
    FALSE,
    HALF,
    INFINITY,
    MINUS_ONE,
    ONE,
    PI,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Call,
    Cases,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
    index_variable,
)

x, y = Variable("x"), Variable("y")
i, j = index_variable("i"), index_variable("j")
n = Variable("n", SIZE)
vector = Variable("v", Kind(shape=(n,)))

UNARY = ("exp", "sin", "cos", "atan", "tanh", "sinh", "cosh", "asinh", "erf", "log", "abs")
rationals = st.fractions(min_value=-5, max_value=5, max_denominator=12)


def expressions(functions: tuple[str, ...]) -> st.SearchStrategy[Expr]:
    leaves = st.one_of(st.sampled_from((x, y)), rationals.map(Number))

    def grow(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        pairs = st.tuples(inner, inner)
        grown = [
            pairs.map(lambda p: Apply("add", p)),
            pairs.map(lambda p: Apply("mul", p)),
            pairs.map(lambda p: Apply("max", p)),
            st.tuples(inner, st.integers(-3, 3)).map(lambda p: Apply("pow", (p[0], Number(p[1])))),
        ]
        if functions:
            grown.append(st.tuples(st.sampled_from(functions), inner).map(lambda p: Apply(p[0], (p[1],))))
        return st.one_of(grown)

    return st.recursive(leaves, grow, max_leaves=8)


class _Undefined(Exception):
    pass


def by_fractions(expr: Expr, point: dict[Expr, Fraction]) -> Fraction:
    if isinstance(expr, Number):
        return Fraction(expr.value)
    if isinstance(expr, Variable):
        return point[expr]
    assert isinstance(expr, Apply)
    args = [by_fractions(arg, point) for arg in expr.args]
    match expr.head:
        case "add":
            return sum(args, Fraction(0))
        case "mul":
            return args[0] * args[1]
        case "max":
            return max(args)
    if args[0] == 0 and args[1] < 0:
        raise _Undefined
    return args[0] ** int(args[1])


@given(expressions(()), rationals, rationals)
def test_rational_expressions_agree_with_fractions(expr: Expr, a: Fraction, b: Fraction) -> None:
    point: dict[Expr, Fraction] = {x: a, y: b}
    try:
        expected = by_fractions(expr, point)
    except _Undefined:
        assert evaluate(expr, point) is UNDEFINED
        return
    assert evaluate(expr, point) == expected


def by_mpmath(expr: Expr, point: dict[Expr, Fraction]) -> mpmath.mpf:
    if isinstance(expr, Number):
        return mpmath.mpf(expr.value.numerator) / expr.value.denominator
    if isinstance(expr, Variable):
        return mpmath.mpf(point[expr].numerator) / point[expr].denominator
    assert isinstance(expr, Apply)
    args = [by_mpmath(arg, point) for arg in expr.args]
    match expr.head:
        case "add":
            return args[0] + args[1]
        case "mul":
            return args[0] * args[1]
        case "max":
            return max(args)
        case "pow":
            return args[0] ** int(args[1])
        case "abs":
            return abs(args[0])
    if abs(args[0]) > 200:
        raise OverflowError
    value = getattr(mpmath, expr.head)(args[0])
    if isinstance(value, mpmath.mpc):
        raise ValueError
    return value


@settings(max_examples=150, deadline=None)
@given(expressions(UNARY), rationals, rationals)
def test_elementary_functions_agree_with_mpmath(expr: Expr, a: Fraction, b: Fraction) -> None:
    point: dict[Expr, Fraction] = {x: a, y: b}
    with mpmath.workdps(80):
        try:
            expected = by_mpmath(expr, point)
        except (ZeroDivisionError, ValueError, OverflowError):
            assume(False)
        assume(mpmath.isfinite(expected) and abs(expected) < mpmath.mpf(10) ** 30)
        value = evaluate(expr, point, precisions=(512,))
        if value is UNDEFINED or value is UNKNOWN:
            assume(False)
        digits = mpmath.nstr(expected, 70)
    with precision(512):
        gap = abs(
            (arb(value.numerator) / value.denominator if isinstance(value, Fraction) else value) - arb(digits)
        )
        assert gap < arb(10) ** -25 * (1 + abs(arb(digits)))


@pytest.mark.parametrize(
    ("expr", "value"),
    [
        (function("heaviside", ZERO), Fraction(1, 2)),
        (Apply("heaviside", (x,)), Fraction(0)),
        (Apply("exp", (subtract(x, x),)), Fraction(1)),
        (sqrt(Number(Fraction(4, 9))), Fraction(2, 3)),
        (Apply("pow", (Number(8), Number(Fraction(-2, 3)))), Fraction(1, 4)),
        (Apply("floor", (x,)), Fraction(-2)),
        (Apply("log", (x,)), UNDEFINED),
        (sqrt(x), UNDEFINED),
        (Apply("pow", (ZERO, MINUS_ONE)), UNDEFINED),
        (Apply("pow", (ZERO, HALF)), Fraction(0)),
        (Apply("asin", (Number(2),)), UNDEFINED),
        (Apply("atanh", (ONE,)), UNDEFINED),
        (Apply("gamma", (Number(5),)), Fraction(24)),
        (Apply("gamma", (Number(-2),)), UNDEFINED),
        (Apply("max", (x, INFINITY)), UNKNOWN),
        (cases(((compare("lt", ZERO, x), ONE),), Number(7)), Fraction(7)),
        (Cases(((compare("lt", ZERO, x), ONE),), None), UNDEFINED),
        (Index(Sequence((ONE, Number(5))), (ONE,)), Fraction(5)),
        (Index(Sequence((ONE, Number(5))), (Number(2),)), UNDEFINED),
        (compare("lt", x, ZERO), True),
        (disjunction(compare("lt", x, ZERO), compare("lt", ZERO, Apply("log", (x,)))), True),
        (conjunction(compare("lt", ZERO, Apply("log", (x,))), compare("lt", ZERO, x)), False),
        (TRUE, True),
        (FALSE, False),
    ],
)
def test_values_at_minus_three_halves(expr: Expr, value: object) -> None:
    found = evaluate(expr, {x: Fraction(-3, 2)})
    if value is UNKNOWN:
        assert not isinstance(found, Fraction)
    else:
        assert found == value and type(found) is type(value)


def test_what_balls_can_not_decide_is_unknown() -> None:
    two = function("exp", function("log", Number(2)))
    assert evaluate(function("heaviside", subtract(two, Number(2))), {}) is UNKNOWN
    assert evaluate(function("floor", two), {}) is UNKNOWN


def test_a_power_of_a_root_is_exact() -> None:
    root_of_two = Apply("pow", (sqrt(Number(2)), Number(2)))
    assert evaluate(root_of_two, {}) == 2
    assert evaluate(Apply("pow", (Apply("pow", (x, HALF)), Number(2))), {x: Fraction(-4)}) is UNDEFINED


def test_precision_is_raised_until_a_decision_is_possible() -> None:
    tiny = Number(Fraction(1, 10**200))
    above = Apply("sign", (subtract(add(function("sin", PI), tiny), ZERO),))
    assert evaluate(above, {}) == 1


def test_sums_over_symbolic_ranges() -> None:
    entries: dict[Expr, Fraction] = {Index(vector, (Number(k),)): Fraction(k + 1) for k in range(3)}
    inner = Binder("sum", Index(vector, (j,)), j, ZERO, i)
    outer = Binder("sum", mul(Index(vector, (i,)), inner), i, ZERO, subtract(n, ONE))
    assert evaluate(outer, {n: 3, **entries}) == 1 * 1 + 2 * 3 + 3 * 6


def test_a_bound_variable_hides_a_free_one_of_its_name() -> None:
    shifted = add(i, ONE)
    total = add(shifted, Binder("sum", shifted, i, ZERO, Number(2)), shifted)
    assert evaluate(total, {i: 10}) == 11 + (1 + 2 + 3) + 11


def test_a_sum_that_breaks_off_leaves_nothing_behind() -> None:
    broken = Binder("sum", divide(ONE, subtract(i, Number(2))), i, ZERO, Number(3))
    condition = disjunction(compare("lt", broken, ZERO), compare("lt", i, Number(7)))
    assert evaluate(condition, {i: 5}) is True
    assert evaluate(add(i, ONE), {i: 5}) == 6


def test_reading_outside_an_array() -> None:
    padded = Variable("p", Kind(shape=(n,), zero_outside=True))
    point = {n: 2, Index(padded, (ZERO,)): 3, Index(padded, (ONE,)): 4}
    assert evaluate(Index(padded, (Number(2),)), point) == 0
    assert evaluate(Index(padded, (MINUS_ONE,)), point) == 0
    assert evaluate(Index(vector, (Number(2),)), point) is UNDEFINED


def test_a_delta_that_is_zero_wins() -> None:
    assert evaluate(mul(Apply("delta", (i, j)), Apply("pow", (x, MINUS_ONE))), {i: 0, j: 1, x: 0}) == 0


@given(
    st.integers(1, 2), st.integers(0, 3), st.integers(0, 4), st.integers(0, 5), rationals, st.integers(0, 3)
)
def test_concrete_functions_have_their_derivatives(
    arity: int, order: int, number: int, pattern: int, at: Fraction, k: int
) -> None:
    f = Variable("f", FUNCTION)
    polynomial = concrete_function(arity, order, number, pattern, nondecreasing=False)
    rest = (ONE,) * (arity - 1)
    orders = (k,) + (0,) * (arity - 1)
    point: dict[Expr, Fraction | Polynomial] = {x: at, f: polynomial}
    lower = [_exact(Call(f, (add(x, Number(m)), *rest), orders), point) for m in range(7)]
    slope = evaluate(Call(f, (x, *rest), (k + 1, *orders[1:])), point)
    assert slope == _slope_by_interpolation(lower)


def _exact(value: Expr, point: Mapping[Expr, Fraction | Polynomial]) -> Fraction:
    found = evaluate(value, point)
    assert isinstance(found, Fraction)
    return found


def _slope_by_interpolation(values: list[Fraction]) -> Fraction:
    """f'(0) of the polynomial of degree ≤ 6 through (m, f(m)), m = 0 … 6: Newton's Σ (-1)^(k+1) Δ^k/k."""
    slope, row = Fraction(0), values
    for k in range(1, len(values)):
        row = [b - a for a, b in pairwise(row)]
        slope += Fraction((-1) ** (k + 1), k) * row[0]
    return slope


@given(st.integers(1, 3), st.integers(0, 3), st.integers(0, 3), st.integers(0, 3), rationals, rationals)
def test_nondecreasing_functions_do_not_decrease(
    arity: int, order: int, number: int, pattern: int, a: Fraction, b: Fraction
) -> None:
    f = Variable("f", FUNCTION)
    point: dict[Expr, Fraction | Polynomial] = {
        f: concrete_function(arity, order, number, pattern, nondecreasing=True)
    }
    low, high = (Call(f, (Number(v),) * arity) for v in sorted((a, b)))
    assert _exact(low, point) <= _exact(high, point)


def test_integrals_by_rigorous_quadrature() -> None:
    square = Binder("integral", mul(y, function("sin", power(x, Number(2)))), x, ZERO, n)
    value = evaluate(square, {y: 2, n: 1})
    assert (
        isinstance(value, arb)
        and value.overlaps(arb("0.62053660344676220361630484331230"))
        and value.rad() < 1e-9
    )
    kink = evaluate(Binder("integral", function("abs", x), x, MINUS_ONE, ONE), {})
    assert isinstance(kink, arb) and kink.overlaps(arb(1)) and kink.rad() < 1e-3
    steps = evaluate(Binder("integral", function("floor", x), x, ZERO, Number(Fraction(5, 2))), {})
    assert isinstance(steps, arb) and steps.overlaps(arb(2)) and steps.rad() < 1e-3
    assert evaluate(Binder("integral", divide(ONE, x), x, MINUS_ONE, ONE), {}) is UNKNOWN
    assert evaluate(Binder("integral", function("log", x), x, MINUS_ONE, ONE), {}) is UNKNOWN


LOW, TOP = compare("lt", x, ONE), compare("lt", ONE, x)
MIDDLE = conjunction(compare("lt", HALF, x), LOW)
SAME = Apply("mul", (ZERO, x))


@pytest.mark.parametrize(
    ("condition", "area"),
    [
        (TOP, 1),
        (compare("le", ONE, x), 1),
        (Apply("eq", (x, ONE)), 0),
        (Apply("ne", (x, ONE)), 2),
        (disjunction(MIDDLE, compare("lt", Number(Fraction(7, 4)), x)), Fraction(3, 4)),
        (Apply("not", (MIDDLE,)), Fraction(3, 2)),
        (Apply("lt", (SAME, SAME)), None),  # no comparison of different numbers: its border is everywhere
        (Apply("le", (SAME, SAME)), None),
        (Apply("and", (Apply("eq", (SAME, SAME)), TOP)), None),
        (Apply("and", (Apply("lt", (ZERO, Apply("log", (x,)))), TOP)), None),
    ],
)
def test_integrals_of_cases_by_quadrature(condition: Expr, area: Fraction | int | None) -> None:
    found = evaluate(Binder("integral", Cases(((condition, ONE),), ZERO), x, ZERO, Number(2)), {})
    if area is None:
        assert found is UNKNOWN
    else:
        exact = arb(Fraction(area).numerator) / Fraction(area).denominator
        assert isinstance(found, arb) and found.overlaps(exact) and found.rad() < 1e-2
