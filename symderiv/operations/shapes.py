"""Do shapes fit? Sizes are equal when their difference is zero as a polynomial."""

from __future__ import annotations

from symderiv.errors import ShapeError
from symderiv.expression.text import to_text
from symderiv.expression.tree import Apply, Expr, Number
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
    return _collect(a) == _collect(b)


def _collect(size: Expr) -> dict[tuple[Expr, ...], object]:
    """The size as monomial → coefficient, as far as it is written with + and numbers times something."""
    terms = size.args if isinstance(size, Apply) and size.head == "add" else (size,)
    found: dict[tuple[Expr, ...], int] = {}
    for term in terms:
        factors = term.args if isinstance(term, Apply) and term.head == "mul" else (term,)
        coefficient = 1
        rest: list[Expr] = []
        for factor in factors:
            if isinstance(factor, Number):
                coefficient *= factor.value  # type: ignore[assignment]
            else:
                rest.append(factor)
        key = tuple(sorted(rest, key=to_text))
        found[key] = found.get(key, 0) + coefficient
    return {key: value for key, value in found.items() if value}


def same_shape(a: tuple[Expr, ...], b: tuple[Expr, ...]) -> bool:
    return len(a) == len(b) and all(same_size(m, n) for m, n in zip(a, b, strict=True))


def is_one(size: Expr) -> bool:
    return isinstance(size, Number) and size.value == 1


def drop_ones(t: Tensor) -> Tensor:
    """A 1×1 (or a vector of one entry) as the scalar that it is; anything else as it is."""
    if t.rank and all(is_one(n) for n in t.shape):
        zeros = tuple(Number(0) for _ in t.shape)
        return Tensor.scalar(t.formula(*zeros), t.condition(*zeros))
    return t
