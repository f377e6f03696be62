"""Do shapes fit? Sizes are equal when their difference is zero as a polynomial."""

from __future__ import annotations

from symderiv.errors import ShapeError
from symderiv.expression.tree import Expr, Number
from symderiv.operations.declaring.sizes import monomials
from symderiv.tensor import Meaning, Tensor


def as_tensor(value: Meaning, what: str = "this operation") -> Tensor:
    if not isinstance(value, Tensor):
        raise ShapeError(f"{what} needs a number or an array, not a {value.__class__.__name__.lower()}")
    return value


def same_size(a: Expr, b: Expr) -> bool:
    """Whether two sizes are the same for every value of their symbols.

    >>> from symderiv.expression.tree import Variable
    >>> from symderiv.expression.build import add
    >>> n = Variable("n")
    >>> same_size(add(n, Number(1)), add(Number(1), n)), same_size(n, Number(2))
    (True, False)
    """
    if a == b:
        return True
    if isinstance(a, Number) and isinstance(b, Number):
        return False
    return monomials(a) == monomials(b)


def same_shape(a: tuple[Expr, ...], b: tuple[Expr, ...]) -> bool:
    return len(a) == len(b) and all(same_size(m, n) for m, n in zip(a, b, strict=True))


def is_one(size: Expr) -> bool:
    return isinstance(size, Number) and size.value == 1


def one_entry(t: Tensor, rank: int) -> Tensor:
    """A number as the array of one entry that it is."""
    return Tensor.of((Number(1),) * rank, lambda *_: t.value).where(t.defined)


def drop_ones(t: Tensor) -> Tensor:
    """A 1×1 (or a vector of one entry) as the scalar that it is; anything else as it is."""
    if t.rank and all(is_one(n) for n in t.shape):
        zeros = tuple(Number(0) for _ in t.shape)
        return Tensor.scalar(t.formula(*zeros), t.condition(*zeros))
    return t
