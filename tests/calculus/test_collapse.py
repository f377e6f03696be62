"""Sums over deltas, collapsed: the value is the same at every index, and the range conditions are right."""

from __future__ import annotations

from itertools import product

import pytest
from flint import fmpq

from symderiv.calculus.collapse import collapsed
from symderiv.expression.build import add, cases, compare, delta, mul
from symderiv.expression.kinds import SIZE, Kind
from symderiv.expression.tree import (
    ONE,
    ZERO,
    Binder,
    Expr,
    Index,
    Number,
    Variable,
    index_variable,
    walk,
)
from symderiv.testing import Dual
from symderiv.testing.entries import DualEvaluator

N = Number
i, k, l, p, q = (index_variable(letter) for letter in "iklpq")  # noqa: E741
w, X = Variable("w", Kind(shape=(N(3),))), Variable("X", Kind(shape=(N(9), N(9))))


def total(body: Expr, variable: Variable = k, last: int = 2) -> Binder:
    return Binder("sum", body, variable, ZERO, N(last))


def affine(*terms: tuple[int, Expr], constant: int = 0) -> Expr:
    return add(*(mul(N(c), v) for c, v in terms), N(constant))


SUMS = [
    total(mul(delta(k, p), Index(w, (k,)))),
    total(mul(delta(affine((1, i), (1, k)), p), Index(w, (k,)))),
    total(mul(delta(affine((1, i), (2, k), constant=-2), p), Index(w, (k,)))),
    total(mul(delta(affine((2, i), (-1, k), constant=1), p), Index(w, (k,)))),
    total(mul(delta(affine((-3, k)), affine((1, p), (-1, i))), Index(w, (k,)))),
    total(add(mul(delta(k, p), Index(w, (k,))), mul(delta(k, i), Index(w, (k,))))),
    total(mul(cases(((compare("le", ONE, k), delta(k, p)),), ZERO), Index(w, (k,)))),
    total(mul(cases(((compare("le", ONE, k), delta(k, p)),), delta(k, i)), Index(w, (k,)))),
    total(total(mul(delta(k, p), delta(add(l, i), q), Index(X, (k, l))), l), k),
    total(total(mul(delta(add(k, l), p), Index(X, (k, l))), l), k),
    total(mul(delta(k, p), delta(k, i), Index(w, (k,)))),
    Binder("sum", mul(delta(k, p), Index(w, (k,))), k, ZERO, N(2), compare("ne", k, i)),
]


@pytest.mark.parametrize("value", SUMS)
def test_collapsing_keeps_every_value(value: Expr) -> None:
    done = collapsed(value, {i: N(4), p: N(5), q: N(4)})
    numbers: dict[str, dict[tuple[int, ...], Dual]] = {
        "w": {(n,): Dual(fmpq(2 + 3 * n)) for n in range(3)},
        "X": {(m, n): Dual(fmpq(2 + m + 10 * n)) for m in range(9) for n in range(9)},
    }
    evaluator = DualEvaluator(numbers)
    for a, b, c in product(range(4), range(5), range(4)):
        at = {i: Dual(fmpq(a)), p: Dual(fmpq(b)), q: Dual(fmpq(c))}
        assert evaluator.value(done, at).value == evaluator.value(value, at).value, (a, b, c)


@pytest.mark.parametrize("value", [s for n, s in enumerate(SUMS) if n not in (9,)])
def test_no_sum_is_left(value: Expr) -> None:
    done = collapsed(value, {i: N(4), p: N(5), q: N(4)})
    assert not any(isinstance(node, Binder) for node in walk(done))


def test_conditions_that_always_hold_are_left_out() -> None:
    n = Variable("n", SIZE)
    v = Variable("v", Kind(shape=(n,)))
    value = Binder("sum", mul(delta(k, p), Index(v, (k,))), k, ZERO, add(n, N(-1)))
    assert collapsed(value, {p: n}) == Index(v, (p,))
    assert collapsed(value, {p: add(n, ONE)}) != Index(v, (p,))
