"""Derivatives of whole arrays: entry formulas with twice the indices, Jacobians, gradients."""

from __future__ import annotations

from symderiv.calculus.at_numbers import at_given_numbers
from symderiv.calculus.bends import where_differentiable
from symderiv.calculus.cancelling_kinks import with_cancelled_kinks
from symderiv.calculus.collapse import collapsed
from symderiv.calculus.derivative import Differentiation
from symderiv.calculus.kinks import Smoothness
from symderiv.calculus.resting import unmoved
from symderiv.calculus.whole_powers import whole_powers
from symderiv.errors import MeaningError, ShapeError
from symderiv.expression.build import conjunction, divide, function, mul, subtract
from symderiv.expression.kinds import SIZE
from symderiv.expression.tree import ONE, ZERO, Expr, Variable
from symderiv.tensor import Tensor, fresh_indices

LAYOUTS = ("numerator", "denominator")


def shape_of(wrt: Variable) -> tuple[Expr, ...]:
    """The declared shape; a size that nobody said is the symbol ``len(x)``."""
    return tuple(
        size if size is not None else Variable(_length(wrt.name, axis), SIZE)
        for axis, size in enumerate(wrt.kind.shape)
    )


def _length(name: str, axis: int) -> str:
    return f"len({name})" if axis == 0 else f"len({name}, {axis})"


def derivative_tensor(t: Tensor, wrt: Variable) -> Tensor:
    """``∂t/∂wrt``, of the shape of t followed by that of wrt; defined off the kinks.

    >>> from symderiv.expression.kinds import Kind
    >>> from symderiv.expression.tree import Index, Number
    >>> x = Variable("x", Kind(shape=(Number(2),)))
    >>> square = Tensor.of((Number(2),), lambda i: mul(Index(x, (i,)), Index(x, (i,))))
    >>> derivative_tensor(square, x).shape_text
    '2×2'
    """
    shape = (*t.shape, *shape_of(wrt))
    indices = fresh_indices(len(shape))
    output, at = indices[: t.rank], indices[t.rank :]
    value = whole_powers(t.formula(*output))
    rules = Differentiation(wrt, at)
    ranges = dict(zip(indices, shape, strict=True))
    plain = Smoothness(rules).of(value)
    found, smooth = with_cancelled_kinks(rules, value, rules.of(value), plain)
    smooth = where_differentiable(rules, value, smooth) if smooth == plain else smooth
    exists = conjunction(t.condition(*output), smooth)
    result = Tensor(shape, indices, unmoved(collapsed(found, ranges), value), exists)
    return at_given_numbers(result, t, wrt)


def jacobian_tensor(t: Tensor, wrt: Variable, layout: str = "numerator") -> Tensor:
    """``∂t/∂wrt`` as a matrix, both flattened row by row: outputs down, inputs across (numerator layout)."""
    return as_matrix(derivative_tensor(t, wrt), t.rank, layout)


def as_matrix(full: Tensor, rank: int, layout: str = "numerator") -> Tensor:
    """A derivative whose first ``rank`` axes are those of the outputs, flattened to a Jacobian.

    >>> from symderiv.expression.tree import Number
    >>> as_matrix(Tensor.of((Number(2), Number(3), Number(5)), lambda *at: at[0]), 2).shape_text
    '6×5'
    """
    if layout not in LAYOUTS:
        raise MeaningError(f"no layout '{layout}'", expected=" or ".join(LAYOUTS))
    outputs, inputs = full.shape[:rank], full.shape[rank:]

    def places(row: Expr, column: Expr) -> tuple[Expr, ...]:
        if layout == "denominator":
            row, column = column, row
        return (*unravel(row, outputs), *unravel(column, inputs))

    shape = (mul(*outputs), mul(*inputs))
    matrix = Tensor.of(
        shape if layout == "numerator" else shape[::-1],
        lambda row, column: full.formula(*places(row, column)),
    )
    return matrix.where(full.condition(*places(*matrix.indices)))


def gradient_tensor(t: Tensor, wrt: Variable) -> Tensor:
    """``∂t/∂wrt`` of a scalar, in the shape of wrt."""
    if t.rank:
        raise ShapeError(
            f"the gradient of {t.described}", expected="a scalar", cure="write jacobian(H, x) for an array"
        )
    return derivative_tensor(t, wrt)


def unravel(flat: Expr, shape: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The index of the entry that stands at place ``flat`` when an array is written row by row.

    >>> from symderiv.expression.tree import Number
    >>> [k.value for k in unravel(Number(5), (Number(2), Number(3)))]
    [1, 2]
    """
    real = [axis for axis, size in enumerate(shape) if size != ONE]
    found: list[Expr] = [ZERO] * len(shape)
    for axis in reversed(real[1:]):
        row = function("floor", divide(flat, shape[axis]))
        found[axis] = subtract(flat, mul(shape[axis], row))
        flat = row
    if real:
        found[real[0]] = flat
    return tuple(found)
