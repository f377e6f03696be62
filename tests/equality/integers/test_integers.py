"""Integer parts: normal forms, and their values at all small integers."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.equality.conditions.polynomial import minus
from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.equality.integers.parts import normalise_integers
from symderiv.equality.limits.coefficients import coefficient
from symderiv.expression.build import add, compare, divide, function, mul, negative, subtract
from symderiv.expression.kinds import INTEGER, SIZE, Kind
from symderiv.expression.tree import HALF, ONE, ZERO, Binder, Expr, Number, Variable, index_variable

n, k, s = (Variable(name, SIZE) for name in "nks")
a = Variable("a", Kind(domain=INTEGER))
i, q = index_variable("i"), index_variable("q")
x = Variable("x")


def floor(u: Expr) -> Expr:
    return function("floor", u)


def mod(u: Expr, by: Expr) -> Expr:
    return subtract(u, mul(by, floor(divide(u, by))))


in_range = (compare("le", ZERO, i), compare("lt", i, n))

EQUAL: list[tuple[Expr, Expr, tuple[Expr, ...]]] = [
    (floor(add(x, a)), add(a, floor(x)), ()),
    (floor(mul(HALF, floor(mul(HALF, a)))), floor(mul(Number(Fraction(1, 4)), a)), ()),
    (floor(divide(floor(divide(a, n)), k)), floor(divide(a, mul(n, k))), ()),
    (floor(divide(add(floor(divide(a, n)), q), k)), floor(divide(add(a, mul(n, q)), mul(n, k))), ()),
    (floor(negative(mul(HALF, a))), subtract(floor(mul(HALF, a)), a), ()),
    (floor(mul(Number(Fraction(3, 2)), a)), add(a, floor(mul(HALF, a))), ()),
    (floor(add(mul(HALF, a), Number(Fraction(1, 4)))), floor(mul(HALF, a)), ()),
    (floor(divide(i, n)), ZERO, in_range),
    (floor(divide(add(i, mul(n, q)), n)), q, in_range),
    (mod(add(i, mul(n, q)), n), i, in_range),
    (mul(k, floor(divide(n, k))), n, (compare("eq", mod(n, k), ZERO),)),
    (floor(a), a, ()),
    (mul(k, floor(divide(mul(n, k), k))), mul(n, k), ()),
    (mul(Number(3), floor(divide(mul(Number(6), a), Number(3)))), mul(Number(6), a), ()),
    (floor(subtract(divide(n, k), ONE)), subtract(floor(divide(n, k)), ONE), ()),
]


@pytest.mark.parametrize(("left", "right", "facts"), EQUAL)
def test_normal_forms_meet(left: Expr, right: Expr, facts: tuple[Expr, ...]) -> None:
    gap = normalise_integers(subtract(left, right), facts)
    assert gap == ZERO or _same(normalise_integers(left, facts), normalise_integers(right, facts))


def _same(left: Expr, right: Expr) -> bool:
    return not minus(coefficient(left), coefficient(right))


DIFFERENT: list[tuple[Expr, Expr, tuple[Expr, ...]]] = [
    (floor(divide(i, n)), ZERO, in_range[:1]),
    (floor(add(x, HALF)), floor(x), ()),
    (floor(mul(HALF, floor(x))), floor(mul(Number(Fraction(1, 3)), x)), ()),
    (mul(k, floor(divide(n, k))), n, ()),
    (floor(divide(floor(x), x)), ONE, ()),
]


@pytest.mark.parametrize(("left", "right", "facts"), DIFFERENT)
def test_normal_forms_stay_apart(left: Expr, right: Expr, facts: tuple[Expr, ...]) -> None:
    assert not _same(normalise_integers(left, facts), normalise_integers(right, facts))


def test_inside_a_sum_the_range_is_known() -> None:
    total = Binder("sum", floor(divide(i, n)), i, ZERO, subtract(n, ONE))
    found = normalise_integers(total)
    assert isinstance(found, Binder) and found.body == ZERO


@st.composite
def integer_expressions(draw: st.DrawFn, depth: int = 3) -> Expr:
    if depth == 0:
        return draw(st.sampled_from([a, n, k, i, ONE, Number(-2), Number(3)]))
    inner = integer_expressions(depth=depth - 1)
    match draw(st.sampled_from(["add", "mul", "half", "third", "by", "neg", "mod"])):
        case "add":
            return add(draw(inner), draw(inner))
        case "mul":
            return mul(draw(st.sampled_from([Number(2), Number(-1), a])), draw(inner))
        case "half":
            return floor(mul(HALF, draw(inner)))
        case "third":
            return floor(add(mul(Number(Fraction(1, 3)), draw(inner)), Number(Fraction(1, 2))))
        case "by":
            return floor(divide(draw(inner), draw(st.sampled_from([n, k, Number(2)]))))
        case "neg":
            return negative(draw(inner))
    return mod(draw(inner), draw(st.sampled_from([n, k, Number(4)])))


@settings(max_examples=150, deadline=None)
@given(integer_expressions(), st.booleans())
def test_values_are_kept(expr: Expr, with_facts: bool) -> None:
    facts = (*in_range, compare("eq", mod(n, k), ZERO)) if with_facts else ()
    found = normalise_integers(expr, facts)
    for value, size, divisor, at in product((-5, -2, 0, 1, 7), (1, 2, 3, 6), (1, 2, 3), (0, 1, 4)):
        point: dict[Expr, int] = {a: value, n: size, k: divisor, i: at}
        if all(evaluate(fact, point) is True for fact in facts):
            assert evaluate(found, point) == evaluate(expr, point)
