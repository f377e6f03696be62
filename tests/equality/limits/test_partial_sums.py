"""The closed forms of sums in limits, against the sums themselves."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.equality.limits.partial_sums import with_partial_sums
from symderiv.expression.build import add, compare, mul, power
from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import (
    INFINITY,
    MINUS_ONE,
    ONE,
    ZERO,
    Binder,
    Expr,
    Number,
    Variable,
    index_variable,
)

N, R, K = Variable("n"), Variable("r"), index_variable("k")
BETWEEN = (compare("lt", ZERO, R), compare("lt", R, ONE))


def value(expr: Expr, n: int, r: Fraction) -> Fraction:
    found = instantiate(expr, {N: Number(n), R: Number(r)})
    assert isinstance(found, Number)
    return Fraction(found.value)


@pytest.mark.parametrize(
    "body",
    [
        ONE,
        K,
        power(K, Number(3)),
        power(R, K),
        mul(K, power(R, K)),
        mul(add(K, N), power(R, add(mul(Number(2), K), ONE))),
        power(R, mul(MINUS_ONE, K)),
        mul(K, power(R, add(N, mul(MINUS_ONE, K)))),
    ],
    ids=str,
)
@pytest.mark.parametrize("lower", [ZERO, Number(2), add(N, Number(-2))], ids=str)
def test_a_closed_form_is_the_sum(body: Expr, lower: Expr) -> None:
    upper = mul(Number(2), N)
    closed = with_partial_sums(Binder("sum", body, K, lower, upper), N, INFINITY, BETWEEN)
    assert not isinstance(closed, Binder)
    r = Fraction(1, 3)
    for n in (2, 5):
        first = instantiate(lower, {N: Number(n)})
        assert isinstance(first, Number) and isinstance(first.value, int)
        terms = (value(instantiate(body, {K: Number(k)}), n, r) for k in range(first.value, 2 * n + 1))
        assert value(closed, n, r) == sum(terms)


def test_where_the_ratio_may_be_one_it_is_left() -> None:
    series = Binder("sum", power(R, K), K, ZERO, N)
    assert with_partial_sums(series, N, INFINITY) == series
    assert with_partial_sums(Binder("sum", K, K, ZERO, N), N, ZERO) == Binder("sum", K, K, ZERO, N)
    falling = Binder("sum", K, K, N, ZERO)
    assert with_partial_sums(falling, N, INFINITY) == falling
