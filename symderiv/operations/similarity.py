"""The cosine of the angle between two vectors, ``xᵀ y / (‖x‖ ‖y‖)``, and their distance ``‖x - y‖``."""

from __future__ import annotations

from symderiv.errors import ShapeError
from symderiv.expression.build import conjunction, divide, mul, power, sqrt, subtract
from symderiv.expression.tree import ONE, Expr, Number
from symderiv.operations.declaring.bound import over_axis
from symderiv.operations.declaring.existence import positive
from symderiv.operations.declaring.forms import call, minus, over, shape_of, times
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


def pairwise_distance(x: Meaning, y: Meaning) -> Tensor:
    """``‖x - y‖`` of two vectors, or of each pair of rows."""
    a, b = pair_of(x, y, "the distance")
    if a.rank not in (1, 2):
        raise ShapeError(f"the distance of {a.described}", expected="two vectors, or matrices of rows")
    n = a.shape[-1]

    def square(at: tuple[Expr, ...]) -> Expr:
        def gap(k: Expr) -> Expr:
            return subtract(a.formula(*at, k), b.formula(*at, k))

        # squares as the parts of `made_of` have them, a norm and a product: the two are then written alike
        return over_axis(
            "sum", n, (lambda k: power(gap(k), TWO)) if not at else (lambda k: mul(*(gap(k),) * 2))
        )

    result = Tensor.of(a.shape[:-1], lambda *at: sqrt(square(at)))
    row = result.indices
    there = every_entry((n,), lambda k: conjunction(a.condition(*row, k), b.condition(*row, k)))
    return result.where(there)


def _distance_made_of(x: Expr, y: Expr) -> Expr:
    gap = minus(x, y)
    if len(shape_of(x)) == 1:
        return call("norm", gap)
    return call("sqrt", call("sum", call("hadamard", gap, gap), axis=ONE))


SIMILARITY = (
    Operation(
        "pairwise_distance",
        (array("x"), array("y")),
        pairwise_distance,
        made_of=_distance_made_of,
        formula="‖x - y‖, of matrices for each pair of rows",
        kinks="no derivative where x = y",
        examples=({"x": (2,), "y": (2,)}, {"x": (3,), "y": (3,)}, {"x": (2, 2), "y": (2, 2)}),
    ),
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
