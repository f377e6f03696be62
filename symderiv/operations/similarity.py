"""The cosine of the angle between two vectors: ``xᵀ y / (‖x‖ ‖y‖)``."""

from __future__ import annotations

from symderiv.errors import ShapeError
from symderiv.expression.build import conjunction, divide, mul, power, sqrt
from symderiv.expression.tree import Expr, Number
from symderiv.operations.declaring.bound import over_axis
from symderiv.operations.declaring.existence import positive
from symderiv.operations.declaring.forms import call, minus, over, times
from symderiv.operations.declaring.operation import Operation, array
from symderiv.operations.losses.forward import every_entry, pair_of
from symderiv.tensor import Meaning, Tensor

TWO = Number(2)


def cosine_similarity(x: Meaning, y: Meaning) -> Tensor:
    """``xᵀ y / (‖x‖ ‖y‖)`` of two vectors other than 0."""
    a, b = pair_of(x, y, "the cosine")
    if a.rank != 1:
        raise ShapeError(
            f"the cosine of {a.described}", expected="two vectors", cure="of matrices write it for each row"
        )
    n = a.shape[0]
    squares = [_square(a), _square(b)]
    both = over_axis("sum", n, lambda k: mul(a.formula(k), b.formula(k)))
    lengths = mul(*(sqrt(square) for square in squares))
    exists = every_entry(a.shape, lambda k: conjunction(a.condition(k), b.condition(k)))
    return Tensor.scalar(divide(both, lengths), conjunction(exists, *map(positive, squares)))


def _square(t: Tensor) -> Expr:
    return over_axis("sum", t.shape[0], lambda k: power(t.formula(k), TWO))


def _slope(x: Expr, y: Expr) -> Expr:
    """(y/‖y‖ - cos x/‖x‖) / ‖x‖"""
    cosine = call("cosine_similarity", x, y)
    along = times(cosine, over(x, call("norm", x)))
    return over(minus(over(y, call("norm", y)), along), call("norm", x))


def _by_second(x: Expr, y: Expr) -> Expr:
    cosine = call("cosine_similarity", x, y)
    along = times(cosine, over(y, call("norm", y)))
    return over(minus(over(x, call("norm", x)), along), call("norm", y))


SIMILARITY = (
    Operation(
        "cosine_similarity",
        (array("x"), array("y")),
        cosine_similarity,
        jacobians={"x": _slope, "y": _by_second},
        formula="xᵀ y / (‖x‖ ‖y‖)",
        kinks="not defined where x or y is 0",
        examples=({"x": (2,), "y": (2,)}, {"x": (3,), "y": (3,)}, {"x": (4,), "y": (4,)}),
    ),
)
