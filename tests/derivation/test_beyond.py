"""What the right side asks for beyond the left one is kept, and no more."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.derivation.proof.existence.beyond import where_left_exists
from symderiv.expression.build import add, compare, conjunction, disjunction, function, negation, power
from symderiv.expression.kinds import Kind
from symderiv.expression.tree import (
    MINUS_ONE,
    ONE,
    ZERO,
    Binder,
    Expr,
    Index,
    Number,
    Variable,
    index_variable,
)
from symderiv.tensor import Tensor

x = Variable("x", Kind(shape=(Number(5),)))
u = Variable("u")
i, j, k = map(index_variable, "ijk")
SIZE = Number(5)
IN_WINDOW = conjunction(compare("le", i, j), compare("le", j, add(i, ONE)))
POSITIVE = compare("lt", ZERO, u)
ROOT = compare("ne", power(u, Number(Fraction(1, 2))), ZERO)


def _sum_of_sizes() -> Expr:
    return Binder("sum", function("abs", Index(x, (k,))), k, ZERO, add(SIZE, MINUS_ONE))


def _asked(left: Expr, right: Expr) -> Expr:
    sides = [Tensor((SIZE, SIZE), (i, j), ZERO, condition) for condition in (left, right)]
    return where_left_exists(sides[0], sides[1], ()).defined


FOLLOWS = [
    (disjunction(POSITIVE, negation(IN_WINDOW)), disjunction(ROOT, negation(IN_WINDOW))),
    (disjunction(POSITIVE, compare("ne", i, j)), disjunction(ROOT, compare("ne", i, j))),
    (compare("lt", ZERO, function("abs", Index(x, (i,)))), compare("ne", _sum_of_sizes(), ZERO)),
]
STAYS = [
    (disjunction(POSITIVE, compare("ne", i, j)), disjunction(ROOT, negation(IN_WINDOW))),
    (disjunction(POSITIVE, negation(IN_WINDOW)), ROOT),
    (compare("le", ZERO, function("abs", Index(x, (i,)))), compare("ne", _sum_of_sizes(), ZERO)),
]


@pytest.mark.parametrize(("left", "right"), FOLLOWS)
def test_what_follows_is_left_out(left: Expr, right: Expr) -> None:
    assert _asked(left, right) == left


@pytest.mark.parametrize(("left", "right"), STAYS)
def test_what_does_not_follow_stays(left: Expr, right: Expr) -> None:
    assert _asked(left, right) == conjunction(left, right)
