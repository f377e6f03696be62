"""Arrays made from arrays: diag, outer, kron, eye, zeros, flip, reshape, powers.

Inverses stand in `inverses`, what joins arrays in `joining`.
"""

from __future__ import annotations

from collections.abc import Sequence as Items

from symderiv.errors import ShapeError
from symderiv.expression.build import (
    add,
    conjunction,
    delta,
    divide,
    mul,
    subtract,
)
from symderiv.expression.tree import MINUS_ONE, ONE, ZERO, Apply, Expr, Number
from symderiv.operations.arrays.elementwise import floor
from symderiv.operations.arrays.inverses import inverse
from symderiv.operations.arrays.joining import concat, stack
from symderiv.operations.arrays.matrix_products import raised
from symderiv.operations.arrays.reshaping import flattened, reshaped
from symderiv.operations.declaring.axes import axes_of
from symderiv.operations.declaring.counting import work_of
from symderiv.operations.declaring.forms import shape_of
from symderiv.operations.declaring.operation import Operation, array, arrays, option, optional_array
from symderiv.operations.declaring.shapes import as_tensor, is_one, same_size
from symderiv.tensor import Listing, Meaning, Tensor

MAX_DETERMINANT = 6
MAX_FACTORS = 6
"""Of a power of a matrix that is written out in a derivation."""


def diag(x: Meaning) -> Tensor:
    """The matrix with the vector x on its diagonal; of a matrix, the vector of its diagonal."""
    t = as_tensor(x, "diag")
    if t.rank == 2 and any(map(is_one, t.shape)) and not all(map(is_one, t.shape)):
        t = flattened(t)
    if t.rank == 1:
        n = t.shape[0]
        result = Tensor.of((n, n), lambda i, j: mul(t.formula(i), delta(i, j)))
        return result.where(t.condition(result.indices[0]))
    if t.rank == 2 and same_size(*t.shape):
        result = Tensor.of((t.shape[0],), lambda i: t.formula(i, i))
        return result.where(t.condition(result.indices[0], result.indices[0]))
    raise ShapeError(f"diag of {t.described}", expected="a vector or a square matrix")


def outer(a: Meaning, b: Meaning) -> Tensor:
    """a[i] b[j]."""
    left, right = flattened(as_tensor(a)), flattened(as_tensor(b))
    result = Tensor.of((*left.shape, *right.shape), lambda i, j: mul(left.formula(i), right.formula(j)))
    i, j = result.indices
    return result.where(conjunction(left.condition(i), right.condition(j)))


def kron(a: Meaning, b: Meaning) -> Tensor:
    """The Kronecker product: a[i // r, j // c] b[i % r, j % c] for an r×c matrix b, a vector of vectors."""
    if as_tensor(a).rank == as_tensor(b).rank == 1:
        return flattened(outer(a, b))
    left, right = as_matrix(as_tensor(a)), as_matrix(as_tensor(b))
    rows, columns = right.shape

    def split(k: Expr, size: Expr) -> tuple[Expr, Expr]:
        whole = floor(divide(k, size))
        return whole, subtract(k, mul(size, whole))

    def value(i: Expr, j: Expr) -> Expr:
        (i1, i2), (j1, j2) = split(i, rows), split(j, columns)
        return mul(left.formula(i1, j1), right.formula(i2, j2))

    def exists(i: Expr, j: Expr) -> Expr:
        (i1, i2), (j1, j2) = split(i, rows), split(j, columns)
        return conjunction(left.condition(i1, j1), right.condition(i2, j2))

    result = Tensor.of((mul(left.shape[0], rows), mul(left.shape[1], columns)), value)
    return result.where(exists(*result.indices))


def as_matrix(t: Tensor) -> Tensor:
    """A vector as a column, a number as 1×1, a matrix as it is."""
    if t.rank == 2:
        return t
    if t.rank == 0:
        return Tensor.of((ONE, ONE), lambda i, j: t.value, t.defined)
    if t.rank == 1:
        column = Tensor.of((t.shape[0], ONE), lambda i, j: t.formula(i))
        return column.where(t.condition(column.indices[0]))
    raise ShapeError(f"{t.described} is no matrix")


def eye(n: Meaning, m: Meaning | None = None) -> Tensor:
    """δ_ij of n×n (or n×m)."""
    rows = size_of(n)
    return Tensor.of((rows, rows if m is None else size_of(m)), delta)


def size_of(value: Meaning) -> Expr:
    t = as_tensor(value, "a size")
    if t.rank:
        raise ShapeError("a size is a number")
    return t.value


def filled(number: Expr, sizes: tuple[Meaning, ...]) -> Tensor:
    """An array of one number: ``zeros(2, 3)``, ``ones((2, 3))``, ``zeros(n)``."""
    shape: list[Expr] = []
    for size in sizes:
        t = as_tensor(size) if not isinstance(size, Listing) else None
        if t is None or t.rank > 1:
            raise ShapeError("a shape is numbers or one tuple of numbers")
        shape.extend([t.value] if t.rank == 0 else [t.entry(Number(k)) for k in range((t.sizes or (0,))[0])])
    return Tensor.of(tuple(shape), lambda *_: number)


def flip(x: Meaning, axis: Expr | None) -> Tensor:
    """The entries in reverse order along every axis, or along ``axis``: x[n-1-i]."""
    t = as_tensor(x, "flip")
    axes = axes_of(axis, t.rank)

    def turned(at: Items[Expr]) -> tuple[Expr, ...]:
        return tuple(
            subtract(add(n, MINUS_ONE), k) if axis in axes else k
            for axis, (k, n) in enumerate(zip(at, t.shape, strict=True))
        )

    result = Tensor.of(t.shape, lambda *at: t.formula(*turned(at)))
    return result.where(t.condition(*turned(result.indices)))


def _reshape(x: Meaning, sizes: tuple[Meaning, ...]) -> Tensor:
    t = as_tensor(x)
    shape = filled(ZERO, sizes).shape
    if not same_size(mul(*shape), mul(*t.shape)):
        raise ShapeError(f"{t.described} has not the entries of the new shape")
    return reshaped(t, shape)


def power(a: Meaning, b: Meaning) -> Tensor:
    """``a^b``; a negative power of a square matrix is that of its inverse."""
    base, exponent = as_tensor(a), as_tensor(b)
    n = exponent.value
    matrix = base.rank == 2 and not all(map(is_one, base.shape))
    if matrix and isinstance(n, Number) and isinstance(n.value, int) and n.value < 0:
        return raised(inverse(base), Tensor.scalar(Number(-n.value)))
    return raised(base, exponent)


def _eye(n: Meaning, m: Meaning | None) -> Tensor:
    return eye(n, m)


def _product_of_itself(a: Expr, b: Expr) -> Expr | None:
    """A A A of the power A³ of a matrix."""
    few = isinstance(b, Number) and isinstance(b.value, int) and 1 < b.value <= MAX_FACTORS
    return (
        Apply("mul", (a,) * int(b.value)) if few and isinstance(b, Number) and len(shape_of(a)) == 2 else None
    )


ARRAYS = (
    Operation(
        "pow",
        (array("a"), array("b")),
        power,
        elementary=True,
        made_of=_product_of_itself,
        work=lambda a, b: work_of(raised(as_tensor(a), as_tensor(b))),
        formula="a^b",
        examples=tuple({"a": (n, n), "b": Number(b)} for n, b in ((2, 2), (2, 3), (3, 2))),
    ),
    Operation("diag", (array("x"),), diag, elementary=True, formula="x[i] δ_ij"),
    Operation("outer", (array("a"), array("b")), outer, elementary=True, formula="a[i] b[j]"),
    Operation("kron", (array("a"), array("b")), kron, elementary=True, formula="a ⊗ b"),
    Operation("eye", (array("n"), optional_array("m")), _eye, elementary=True, formula="δ_ij"),
    Operation("zeros", (arrays("shape"),), lambda s: filled(ZERO, s), elementary=True, formula="0"),
    Operation("ones", (arrays("shape"),), lambda s: filled(ONE, s), elementary=True, formula="1"),
    Operation("flip", (array("x"), option("axis")), flip, elementary=True, formula="x[n-1-i]"),
    Operation(
        "flatten", (array("x"),), lambda x: flattened(as_tensor(x)), elementary=True, formula="row by row"
    ),
    Operation("vec", (array("x"),), lambda x: flattened(as_tensor(x)), elementary=True, formula="row by row"),
    Operation("reshape", (array("x"), arrays("shape")), _reshape, elementary=True, formula="row by row"),
    Operation("concat", (arrays("x"), option("axis")), concat, elementary=True, formula="x, then y"),
    Operation("stack", (arrays("x"),), stack, elementary=True, formula="rows x, y, …"),
)
