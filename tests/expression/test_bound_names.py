"""Bound names told apart: none is spelt like a free one or one around it, and all means the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.expression.bound_names import bound_apart
from symderiv.expression.build import add, compare, mul
from symderiv.expression.instantiation import instantiate
from symderiv.expression.kinds import INTEGER, Kind
from symderiv.expression.tree import ONE, TRUE, ZERO, Binder, Expr, Number, Variable

P, J, N = (Variable(name, Kind(domain=INTEGER)) for name in "ijn")


def total(body: Expr, lower: Expr = ZERO, upper: Expr = N, over: Variable = P, where: Expr = TRUE) -> Expr:
    return Binder("sum", body, over, lower, upper, where)


SAME = [
    total(P),
    add(P, total(P)),
    add(total(J, over=J), total(P)),
    add(total(P), total(J, over=J), J),
    total(P, lower=P),
    total(P, lower=total(P), upper=add(total(P), Number(3))),
    total(mul(P, total(P))),
    total(mul(P, total(add(P, J), lower=P, over=J))),
    total(mul(J, total(mul(P, J), lower=P)), over=J),
    total(mul(P, total(mul(P, J), upper=P)), where=compare("le", ONE, P)),
    total(total(total(P), upper=P), upper=P),
    mul(total(P), total(P, lower=ONE), N),
]


@pytest.mark.parametrize("expr", SAME, ids=str)
def test_names_are_apart_and_the_value_is_the_same(expr: Expr) -> None:
    apart = bound_apart(expr, frozenset("ijn"))
    assert not [name for name, around in _bound(apart, frozenset("ijn")) if name in around]
    for i, j, n in ((0, 1, 3), (2, -1, 4)):
        at = {P: Number(i), J: Number(j), N: Number(n)}
        assert evaluate(instantiate(apart, at), {}) == evaluate(instantiate(expr, at), {})


def test_what_is_apart_already_is_the_same_object() -> None:
    expr = add(total(J, over=J), mul(P, total(J, upper=P, over=J)))
    assert bound_apart(expr, frozenset("in")) is expr


def _bound(expr: Expr, around: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Each bound name with those that are taken around it; the ends stand outside of their binder."""
    if not isinstance(expr, Binder):
        for child in expr.children:
            yield from _bound(child, around)
        return
    yield expr.variable.name, around
    for end in (expr.lower, expr.upper):
        if end is not None:
            yield from _bound(end, around)
    for inner in (expr.body, expr.condition):
        yield from _bound(inner, around | {expr.variable.name})
