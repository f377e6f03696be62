"""Products, transposes, powers of matrices; vectors are columns: ``p*p.T`` is outer, ``x.T*y`` a scalar."""

from __future__ import annotations

from symderiv.errors import MeaningError, ShapeError
from symderiv.expression import build
from symderiv.expression.build import conjunction, mul
from symderiv.expression.tree import ONE, ZERO, Expr, Number
from symderiv.operations.declaring.bound import forall, over_axis
from symderiv.operations.declaring.broadcasting import elementwise
from symderiv.operations.declaring.existence import always, power, power_exists
from symderiv.operations.declaring.shapes import as_tensor, drop_ones, is_one, same_size
from symderiv.tensor import Meaning, Tensor


def times(a: Meaning, b: Meaning) -> Tensor:
    """``a * b``: scalars scale, matrices multiply, vectors are columns.

    An n×1 matrix and a vector of one entry make a vector, as matrices and vectors of any size do.
    """
    left, right = drop_ones(as_tensor(a)), drop_ones(as_tensor(b))
    if left.rank == 2 and is_one(left.shape[1]) and as_tensor(b).rank == 1 and not right.rank:
        return _matrix_product(left, as_tensor(b))
    if left.rank == 0 or right.rank == 0:
        return elementwise(left, right, mul, always, "*")
    return drop_ones(_matrix_product(left, right))


def matmul(a: Meaning, b: Meaning) -> Tensor:
    """``a @ b`` as NumPy: the matrix product; of two vectors the inner product."""
    left, right = as_tensor(a), as_tensor(b)
    if left.rank == 0 or right.rank == 0:
        raise ShapeError("@ multiplies arrays, not numbers", cure="write * for a number")
    if left.rank == 1 and right.rank in (1, 2) and same_size(left.shape[0], right.shape[0]):
        return _row_product(left, right)
    return drop_ones(_matrix_product(left, right))


def _row_product(row: Tensor, right: Tensor) -> Tensor:
    def value(*at: Expr) -> Expr:
        return over_axis("sum", row.shape[0], lambda k: mul(row.formula(k), right.formula(k, *at)))

    t = Tensor.of(right.shape[1:], value)
    return t.where(
        forall(row.shape[0], lambda k: conjunction(row.condition(k), right.condition(k, *t.indices)))
    )


def _matrix_product(a: Tensor, b: Tensor) -> Tensor:
    """Σ_k a[…, k] b[k, …]; a vector on the left is a column, so it meets only a 1×m on the right."""
    if a.rank == 1 and b.rank == 2 and is_one(b.shape[0]):
        t = Tensor.of((a.shape[0], b.shape[1]), lambda i, j: mul(a.formula(i), b.formula(ZERO, j)))
        i, j = t.indices
        return t.where(conjunction(a.condition(i), b.condition(ZERO, j)))
    if a.rank == 1 and b.rank == 1:
        raise ShapeError(
            f"a vector of {a.shape_text} times a vector of {b.shape_text}: vectors are columns",
            cure="write x.T*y for a scalar, x*y.T for a matrix, hadamard(x, y) for entry by entry",
        )
    if a.rank > 2 or b.rank > 2 or not (a.rank == 2 and same_size(a.shape[1], b.shape[0])):
        hint = (
            "transpose one of them?" if b.rank == 2 and a.rank and same_size(a.shape[-1], b.shape[-1]) else ""
        )
        raise ShapeError(
            f"{a.described} times {b.described} does not fit",
            expected="as many columns on the left as rows on the right",
            cure=hint,
        )
    inner = a.shape[1]

    def value(i: Expr, *rest: Expr) -> Expr:
        return over_axis("sum", inner, lambda k: mul(a.formula(i, k), b.formula(k, *rest)))

    t = Tensor.of((a.shape[0], *b.shape[1:]), value)
    i, *rest = t.indices
    return t.where(forall(inner, lambda k: conjunction(a.condition(i, k), b.condition(k, *rest))))


def transposed(a: Meaning) -> Tensor:
    """``a.T``: rows for columns; of a vector the 1×n row."""
    t = as_tensor(a)
    if t.rank == 0:
        return t
    if t.rank == 1:
        return _as_row(t)
    if t.rank != 2:
        raise ShapeError(f"only vectors and matrices are transposed, not {t.described}")
    swapped = Tensor.of((t.shape[1], t.shape[0]), lambda i, j: t.formula(j, i))
    i, j = swapped.indices
    return swapped.where(t.condition(j, i))


def _as_row(t: Tensor) -> Tensor:
    row = Tensor.of((ONE, t.shape[0]), lambda i, j: t.formula(j))
    return row.where(t.condition(row.indices[1]))


def raised(a: Meaning, b: Meaning) -> Tensor:
    """``a^b``: of numbers; of a square matrix the matrix power; of an array of three or more axes, which
    has no matrix power, entry by entry; of another array refused."""
    base, exponent = drop_ones(as_tensor(a)), drop_ones(as_tensor(b))
    if exponent.rank == 0 and base.rank == 0:
        return elementwise(base, exponent, power, power_exists, "^")
    if exponent.rank:
        if base.rank == 0:
            return elementwise(base, exponent, power, power_exists, "^")
        raise ShapeError("an exponent must be a number")
    if base.rank > 2:
        return elementwise(base, exponent, power, power_exists, "^")
    if base.rank != 2 or not same_size(base.shape[0], base.shape[1]):
        raise ShapeError(
            f"{base.described} has no power",
            expected="a number or a square matrix",
            cure="for the power of each entry write hadamard(x, x), or x[i]^2 with an index",
        )
    return _matrix_power(base, exponent.value)


def _matrix_power(base: Tensor, exponent: Expr) -> Tensor:
    if (
        not isinstance(exponent, Number)
        or not isinstance(exponent.value, int)
        or not 0 <= exponent.value <= 64
    ):
        cure = "a negative power is that of the inverse"
        raise MeaningError("the power of a matrix is a number from 0 to 64", cure=cure)
    if exponent.value == 0:
        n, m = base.shape
        unit = Tensor.of(base.shape, build.delta)
        return unit.where(forall(n, lambda i: forall(m, lambda j: base.condition(i, j))))
    result = base
    for _ in range(exponent.value - 1):
        result = _matrix_product(result, base)
    return result
