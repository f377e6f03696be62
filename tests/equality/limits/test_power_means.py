"""Power means and what is continuous: what a limit needs is asked for, and nothing is said without it."""

from __future__ import annotations

import pytest

from symderiv.equality.limits.continuity import value_by_continuity
from symderiv.equality.limits.power_means import limit_of_power_mean
from symderiv.expression.build import negative
from symderiv.expression.kinds import INTEGER, NONNEGATIVE, POSITIVE, SIZE, Kind
from symderiv.expression.tree import INFINITY, Variable
from tests.equality.procedures.alone import scope, value

N = Variable("n", SIZE)
NAMES = scope(
    n=SIZE,
    m=Kind(domain=INTEGER),
    p=Kind(),
    r=Kind(),
    c=Kind(domain=POSITIVE),
    u=Kind(domain=NONNEGATIVE),
    v=Kind(domain=NONNEGATIVE),
    x=Kind(shape=(N,)),
)
P = Variable("p")


@pytest.mark.parametrize(
    ("text", "greatest"),
    [
        ("(c*u^p + v^p)^(1/p)", "max(u, v)"),
        ("log(sum(exp(p*x[i]), (i, 0, n-1)))/p", "max(x[i] for i in range(n))"),
    ],
)
def test_the_greatest_is_told(text: str, greatest: str) -> None:
    assert str(limit_of_power_mean(value(text, NAMES), P, INFINITY)) == str(value(greatest, NAMES))


@pytest.mark.parametrize(
    "text",
    [
        "(u^p - v^p)^(1/p)",  # a weight below 0
        "(r*u^p + v^p)^(1/p)",
        "(u^p + r^p)^(1/p)",  # r may be negative
        "(u^p + c)^(1/p)",
        "(u^p + v^(2*p))^(1/p)",
        "log(sum(r*exp(p*x[i]), (i, 0, n-1)))/p",
        "log(sum(exp(p*x[i]), (i, 1, n-1)))/p",  # of nothing at n = 1
        "log(sum(exp(p*x[i]), (i, 0, m)))/p",
    ],
)
def test_nothing_is_told_of_others(text: str) -> None:
    assert limit_of_power_mean(value(text, NAMES), P, INFINITY) is None


def test_at_both_infinities_one_over_it_is_zero() -> None:
    expr = value("exp(c/p) + r", NAMES)
    ends = [value_by_continuity(expr, P, end) for end in (INFINITY, negative(INFINITY))]
    assert ends[0] is not None and str(ends[0]) == str(value("r + 1", NAMES)) == str(ends[1])
    assert value_by_continuity(value("exp(c*p)", NAMES), P, negative(INFINITY)) is None
