"""Remainders lie below what is divided by, and from 0 on, only for a size."""

from __future__ import annotations

import pytest

from symderiv.expression.build import divide, mul, subtract
from symderiv.expression.kinds import INTEGER, SIZE, Kind
from symderiv.expression.tree import ZERO, Apply, Expr, Variable
from symderiv.index.every_size.remainders import is_range_of_remainder


def remainder(k: Expr, n: Expr) -> Expr:
    return subtract(k, mul(n, Apply("floor", (divide(k, n),))))


K = Variable("k", Kind(domain=INTEGER))
N = Variable("n", SIZE)


@pytest.mark.parametrize(
    ("n", "holds"), [(N, True), (Variable("n", Kind(domain=INTEGER)), False), (Variable("n"), False)]
)
def test_of_a_size(n: Variable, holds: bool) -> None:
    assert is_range_of_remainder(Apply("le", (ZERO, remainder(K, n)))) is holds
    assert is_range_of_remainder(Apply("lt", (remainder(K, n), n))) is holds


def test_the_sign_and_the_bound_matter() -> None:
    rest = remainder(K, N)
    assert not is_range_of_remainder(Apply("lt", (ZERO, rest)))
    assert not is_range_of_remainder(Apply("lt", (rest, K)))
    assert not is_range_of_remainder(Apply("le", (ZERO, subtract(K, rest))))
