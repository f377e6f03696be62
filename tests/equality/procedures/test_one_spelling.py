"""What is put in one spelling keeps its value at every point, as the evaluator finds it before and after."""

from __future__ import annotations

from itertools import product

import pytest
from flint import fmpq

from symderiv.derivation import read_given, scalar_of
from symderiv.equality.evaluate.evaluator import Evaluator
from symderiv.equality.evaluate.point import Point
from symderiv.equality.evaluate.values import NoValue
from symderiv.equality.procedures.conditions.vanishing_sums import _said
from symderiv.equality.procedures.sums.one_spelling import spelt
from symderiv.expression.tree import Apply, Expr, Variable, transform
from symderiv.language import read

TEXTS = [
    "sum((k - m)*(1 if k > n - m else abs(m - k)), (k, m, n))",
    "sum(0 if not (k < n and k != m) else k^2, (k, -n, n))",
    "all(k*m <= n or not (k == m or k >= 3), (k, 1, n))",
    "all(all((j - k)*m <= n, (j, k, n)), (k, m, n))",
    "sum(1 if all(j*k % 3 != m, (j, 1, k)) else sum(j - k, (j, m, k)), (k, 1, n))",
    "prod(max(k - m, 1) if (k + 1) % 2 == 0 else 2, (k, m + 1, n + 1))",
    "sum(floor((k - 1)/2) if 2*k < 2*n + 2*m else n*(k + m)^2, (k, 2, n + 2))",
    "not all(abs(2 - k) > 1/2, (k, m, n))",
    "sum(abs(k - m), (k, 1, n)) == 0",
    "sum(max(k - m, 0), (k, 0, n)) > 0",
    "sum(0 if k < m else 1 if k == m else (k - n)^2, (k, 0, n)) <= 0",
    "sum(k*abs(k - m), (k, 0, n)) != 0",
]
NAMES = read_given(["n: integer", "m: integer"]).scope


def _at(expr: Expr, n: int, m: int) -> object:
    point = Point({Variable(name, NAMES.names[name].kind): fmpq(v) for name, v in (("n", n), ("m", m))})
    evaluator = Evaluator(point)
    try:
        return evaluator.truth(expr) if _is_condition(expr) else evaluator.value(expr)
    except NoValue:
        return None


def _is_condition(expr: Expr) -> bool:
    return getattr(expr, "kind", "") == "forall" or (
        isinstance(expr, Apply) and expr.head in ("eq", "ne", "lt", "le", "and", "or", "not")
    )


@pytest.mark.parametrize("text", TEXTS)
def test_values_stay(text: str) -> None:
    value = scalar_of(read(text, NAMES)).value
    others = [spelt(value, 0), transform(value, lambda node: _said(node, ()) or node)]
    assert any(other != value for other in others)
    for n, m in product(range(-2, 5), range(-2, 4)):
        for other in others:
            assert _at(other, n, m) == _at(value, n, m), (str(other), n, m)
