"""Inverses and determinants of square matrices: written out at small given sizes, else kept as a whole.

A matrix M of n×n with a letter for n has no entries to be listed. Then ``inverse(M, i, j)`` is entry (i, j)
of M⁻¹ and ``det(M)`` a number, M being its entry formula over two bound indices. The inverse exists where
M's entries do and ``det(M) ≠ 0``.
"""

from __future__ import annotations

from symderiv.errors import ShapeError
from symderiv.expression.build import compare, conjunction, divide
from symderiv.expression.leibniz import Rows, cofactor, determinant_of
from symderiv.expression.tree import ZERO, Apply, Expr, Number
from symderiv.operations.declaring.bound import forall, over_axis
from symderiv.operations.declaring.existence import nonzero
from symderiv.operations.declaring.operation import Operation, array
from symderiv.operations.declaring.shapes import as_tensor, same_size
from symderiv.tensor import Meaning, Tensor

MAX_WRITTEN_OUT = 6


def _square(x: Meaning, what: str) -> Tensor:
    t = as_tensor(x, what)
    if t.rank != 2 or not same_size(*t.shape):
        raise ShapeError(f"the {what} of {t.described}", expected="a square matrix")
    return t


def _small_size(t: Tensor) -> int | None:
    sizes = t.sizes
    return sizes[0] if sizes is not None and sizes[0] <= MAX_WRITTEN_OUT else None


def determinant(x: Meaning) -> Tensor:
    """Σ_π sign(π) Π_i x[i, π(i)] of a square matrix."""
    t = _square(x, "determinant")
    n = _small_size(t)
    if n is None:
        return Tensor.scalar(Apply("det", (_kept_whole(t),)), _exists_throughout(t))
    return Tensor.scalar(determinant_of(_listed(t, n)), conjunction(*t.conditions().values()))


def inverse(x: Meaning) -> Tensor:
    """x⁻¹, where det x ≠ 0: the adjugate divided by the determinant."""
    t = _square(x, "inverse")
    n = _small_size(t)
    if n is None:
        return _inverse_kept_whole(t)
    entries = _listed(t, n)
    whole = determinant_of(entries)
    table = Tensor.table([[divide(cofactor(entries, j, i), whole) for j in range(n)] for i in range(n)])
    return table.where(conjunction(*t.conditions().values(), nonzero(whole)))


def _listed(t: Tensor, n: int) -> Rows:
    return tuple(tuple(t.entry(Number(i), Number(j)) for j in range(n)) for i in range(n))


def _kept_whole(t: Tensor) -> Expr:
    """A matrix as its entry formula over two bound indices."""
    rows, columns = t.shape
    return over_axis("array", rows, lambda p: over_axis("array", columns, lambda q: t.formula(p, q)))


def _exists_throughout(t: Tensor) -> Expr:
    rows, columns = t.shape
    return forall(rows, lambda p: forall(columns, lambda q: t.condition(p, q)))


def _inverse_kept_whole(t: Tensor) -> Tensor:
    matrix = _kept_whole(t)
    result = Tensor.of(t.shape, lambda i, j: Apply("inverse", (matrix, i, j)))
    return result.where(conjunction(_exists_throughout(t), compare("ne", Apply("det", (matrix,)), ZERO)))


INVERSES = (
    Operation("det", (array("x"),), determinant, elementary=True, formula="det x"),
    Operation("inv", (array("x"),), inverse, elementary=True, formula="x^-1"),
)
