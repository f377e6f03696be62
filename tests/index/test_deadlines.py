"""A deadline in force is that of all that is asked on the way."""

from __future__ import annotations

from math import inf
from time import thread_time

import pytest

from symderiv.equality.normal_forms.normal_form import OutOfTime
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.errors import LimitExceeded
from symderiv.expression.build import add, mul, power
from symderiv.expression.kinds import SIZE, Kind
from symderiv.expression.tree import MINUS_ONE, ZERO, Binder, Expr, Index, Number, Variable, index_variable
from symderiv.index.deadlines import in_force, unhurried, until
from symderiv.index.normal import new_session

n, i = Variable("n", SIZE), index_variable("i")
x = Variable("x", Kind(shape=(n,)))
LAST = add(n, MINUS_ONE)


def total(times: int) -> Expr:
    return Binder("sum", power(Index(x, (i,)), Number(times)), i, ZERO, LAST)


def test_a_normal_form_of_sums_is_given_up() -> None:
    with until(thread_time() - 1):
        late = new_session((total(1),), ())
    with pytest.raises(LimitExceeded):
        late.spend()
    new_session((total(1),), ()).spend()


def test_a_normal_form_of_functions_is_given_up() -> None:
    unknowns = [Variable(f"x{k}") for k in range(40)]
    gap = add(*(mul(name, power(name, Number(2))) for name in unknowns))
    with until(thread_time() - 1), pytest.raises(OutOfTime):
        is_zero(gap)
    with until(thread_time() - 1), unhurried():
        assert not is_zero(gap)


def test_the_earlier_deadline_counts_and_is_gone_after_an_error() -> None:
    with pytest.raises(ValueError), until(2.0), until(7.0):
        assert in_force() == 2.0
        raise ValueError
    assert in_force() == inf
