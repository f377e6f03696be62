"""Zeros around an array, as ``numpy.pad`` puts them.

    pad: Y[i] = X[i - p] where 0 <= i - p < n, else 0; the size n + 2 p along every axis

Source: NumPy 2.1, numpy.pad with an integer and mode='constant'.
"""

from __future__ import annotations

from symderiv.errors import MeaningError
from symderiv.expression.build import add, cases, compare, conjunction, disjunction, mul, negation, subtract
from symderiv.expression.tree import ONE, ZERO, Expr, Number
from symderiv.operations.declaring.operation import Operation, array
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.tensor import Meaning, Tensor


def padded(x: Meaning, p: Meaning) -> Tensor:
    """``x`` with ``p`` zeros before and behind it along every axis; raises MeaningError unless p >= 0."""
    t, width = as_tensor(x, "pad"), as_tensor(p, "pad")
    if width.rank or (isinstance(width.value, Number) and not _is_count(width.value)):
        raise MeaningError("pad takes one whole number, for every side of every axis", expected="pad(x, 2)")
    shape = tuple(add(n, mul(Number(2), width.value)) for n in t.shape)

    def inside(at: tuple[Expr, ...]) -> tuple[Expr, tuple[Expr, ...]]:
        back = tuple(subtract(i, width.value) for i in at)
        first = (compare("le", ZERO, k) for k in back)
        last = (compare("le", k, subtract(n, ONE)) for k, n in zip(back, t.shape, strict=True))
        return conjunction(*first, *last), back

    def value(*at: Expr) -> Expr:
        condition, back = inside(at)
        return cases(((condition, t.formula(*back)),), ZERO)

    result = Tensor.of(shape, value)
    within, back = inside(result.indices)
    defined = disjunction(negation(within), t.condition(*back))
    return result.where(conjunction(defined, width.defined))


def _is_count(number: Number) -> bool:
    return isinstance(number.value, int) and number.value >= 0


PADDING = (
    Operation("pad", (array("x"), array("p")), padded, elementary=True, formula="x[i - p], 0 outside"),
)
