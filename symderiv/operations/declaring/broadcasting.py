"""Two arrays entry by entry: of equal shapes, a number with an array, trailing axes with trailing axes.

Of three axes or more, either may have one place along an axis where the other has more: n×1×d meets 1×m×d.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.errors import ShapeError
from symderiv.expression.build import conjunction
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import ONE, TRUE, ZERO, Expr
from symderiv.operations.declaring.shapes import is_one, same_size
from symderiv.tensor import Tensor

Scalars = Callable[[Expr, Expr], Expr]


def elementwise(a: Tensor, b: Tensor, value: Scalars, condition: Scalars, sign: str) -> Tensor:
    """``value`` at each pair of entries; a scalar meets all, a smaller array the last axes (NumPy)."""
    if not a.shape and not b.shape:
        return Tensor(
            (), (), value(a.value, b.value), conjunction(a.defined, b.defined, condition(a.value, b.value))
        )
    a, b = _as_column(a, b), _as_column(b, a)
    both = _of_both(a, b)
    if both is not None:
        fa, fb = (_stretch(t, both, sign) for t in (a, b))
        da, db = (_stretch_condition(t, both) for t in (a, b))
        return _pairwise(both.shape, fa, fb, da, db, value, condition)
    if a.rank < b.rank or (a.rank == b.rank > 2 and _stands_beside_itself(a, b)):
        return _pairwise(
            b.shape, _stretch(a, b, sign), b.formula, _stretch_condition(a, b), b.condition, value, condition
        )
    return _pairwise(
        a.shape, a.formula, _stretch(b, a, sign), a.condition, _stretch_condition(b, a), value, condition
    )


def _of_both(a: Tensor, b: Tensor) -> Tensor | None:
    """An array of the shape of which each has one place where the other has more, as n×1×d and 1×m×d."""
    rank = max(a.rank, b.rank)
    if rank < 3 or not a.rank or not b.rank:
        return None
    left, right = ((ONE,) * (rank - t.rank) + t.shape for t in (a, b))
    if not all(same_size(m, n) or is_one(m) or is_one(n) for m, n in zip(left, right, strict=True)):
        return None
    shape = tuple(n if is_one(m) else m for m, n in zip(left, right, strict=True))
    return None if shape in (a.shape, b.shape) else Tensor.of(shape, lambda *_: ZERO)


def _stands_beside_itself(a: Tensor, b: Tensor) -> bool:
    """Whether a has one place along an axis along which b has more."""
    return any(is_one(m) and not is_one(n) for m, n in zip(a.shape, b.shape, strict=True))


def _as_column(vector: Tensor, column: Tensor) -> Tensor:
    """A vector of n that meets an n×1 as the column that it is."""
    meets = vector.rank == 1 and column.rank == 2 and is_one(column.shape[1])
    if not meets or is_one(column.shape[0]) or not same_size(vector.shape[0], column.shape[0]):
        return vector
    made = Tensor.of(column.shape, lambda i, j: vector.formula(i))
    return made.where(vector.condition(made.indices[0]))


def _pairwise(
    shape: tuple[Expr, ...],
    a: Callable[..., Expr],
    b: Callable[..., Expr],
    defined_a: Callable[..., Expr],
    defined_b: Callable[..., Expr],
    value: Scalars,
    condition: Scalars,
) -> Tensor:
    t = Tensor.of(shape, lambda *at: value(a(*at), b(*at)))
    at = t.indices
    return t.where(conjunction(defined_a(*at), defined_b(*at), condition(a(*at), b(*at))))


def _stretch(small: Tensor, large: Tensor, sign: str) -> Callable[..., Expr]:
    """Entry of ``small`` at an index of ``large``, or a ShapeError where they don't fit."""
    if small.rank == 0:
        return lambda *at: small.value
    skipped = large.rank - small.rank
    fits = large.rank > 2 or skipped == 0
    axes = list(zip(small.shape, large.shape[skipped:], strict=True))
    if not fits or not all(same_size(m, n) or (large.rank > 2 and is_one(m)) for m, n in axes):
        raise ShapeError(
            f"{small.described} {sign} {large.described} does not fit",
            expected="equal shapes, or a number with an array",
            cure=_repeated(small, large),
        )
    return lambda *at: small.formula(*_clip(small, at[skipped:]))


def _repeated(small: Tensor, large: Tensor) -> str:
    """How a row or a column is repeated to a matrix: a matrix meets one of equal shape only."""
    if large.rank != 2 or small.rank == 0:
        return ""
    n, m = map(to_text, large.shape)
    if small.rank == 2 and is_one(small.shape[1]) and same_size(small.shape[0], large.shape[0]):
        return f"write u*ones({m}).T for a column u, mean(X, axis=1)*ones({m}).T for the means of the rows"
    if same_size(small.shape[-1], large.shape[1]):
        return f"write ones({n})*u.T for a row u, ones({n})*mean(X, axis=0).T for the means of the columns"
    if small.rank == 1 and same_size(small.shape[0], large.shape[0]):
        return f"write u*ones({m}).T to repeat u in each column"
    return ""


def _stretch_condition(small: Tensor, large: Tensor) -> Callable[..., Expr]:
    if small.defined == TRUE:
        return lambda *at: TRUE
    skipped = large.rank - small.rank
    return lambda *at: small.condition(*_clip(small, at[skipped:])) if small.rank else small.defined


def _clip(small: Tensor, at: tuple[Expr, ...]) -> tuple[Expr, ...]:
    return tuple(ZERO if is_one(n) else k for n, k in zip(small.shape, at, strict=True))
