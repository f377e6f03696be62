"""What is said for all values of an index, and speaks of none, by itself: only where there is a value."""

from __future__ import annotations

import pytest

from symderiv.equality.conditions.said_once import said_once
from symderiv.expression.build import add, compare, conjunction
from symderiv.expression.kinds import INTEGER, SIZE, Kind
from symderiv.expression.tree import MINUS_ONE, ONE, TRUE, ZERO, Binder, Expr, Index, Variable

a, i, k, x = Variable("a"), Variable("i"), Variable("k"), Variable("x", Kind((Variable("n", SIZE),)))
n, m = Variable("n", SIZE), Variable("m", Kind(domain=INTEGER))
NOT_ZERO, ENTRY = compare("ne", a, ZERO), compare("ne", Index(x, (i,)), ZERO)
LAST = add(n, MINUS_ONE)


def for_all(
    said: Expr, name: Variable = i, first: Expr = ZERO, last: Expr = LAST, where: Expr = TRUE
) -> Expr:
    return Binder("forall", said, name, first, last, where)


def test_it_is_said_by_itself() -> None:
    assert said_once(for_all(NOT_ZERO)) == NOT_ZERO
    assert said_once(for_all(for_all(NOT_ZERO, k))) == NOT_ZERO
    assert said_once(for_all(conjunction(NOT_ZERO, ENTRY))) == conjunction(NOT_ZERO, for_all(ENTRY))
    assert said_once(for_all(NOT_ZERO, last=ZERO)) == NOT_ZERO


@pytest.mark.parametrize(
    "said",
    [
        for_all(ENTRY),
        for_all(NOT_ZERO, first=ONE),  # none where n = 1
        for_all(NOT_ZERO, last=add(n, MINUS_ONE, MINUS_ONE)),
        for_all(NOT_ZERO, last=add(m, MINUS_ONE)),
        for_all(NOT_ZERO, last=MINUS_ONE),
        for_all(NOT_ZERO, where=compare("lt", i, m)),
    ],
)
def test_not_where_there_may_be_no_value(said: Expr) -> None:
    assert said_once(said) == said
