"""The Jacobian of a function that works entry by entry: its derivative on the diagonal, zero elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.tree import Expr
from symderiv.operations.forms import array_of, call, deltas, entry, shape_of, times

Scalar = Callable[..., Expr]


def diagonal(derivative: Scalar) -> Callable[..., Expr]:
    """``f'(x)`` of a number, ``diag([f'(x[i]) …])`` of a vector, ``δ(i,k) δ(j,l) f'(x[i,j])`` of a matrix.

    ``derivative`` takes the tree of one entry, and then the options as they stand.
    """

    def jacobian(x: Expr, *options: Expr) -> Expr:
        shape = shape_of(x)
        if not shape:
            return derivative(x, *options)
        if len(shape) == 1:
            return call("diag", array_of(shape, lambda i: derivative(entry(x, i), *options), x, *options))

        def value(*at: Expr) -> Expr:
            output, read = at[: len(shape)], at[len(shape) :]
            return times(deltas(output, read), derivative(entry(x, *output), *options))

        return array_of((*shape, *shape), value, x, *options)

    return jacobian


def entrywise_vjp(derivative: Scalar) -> Callable[..., Expr]:
    """``G f'(x)`` of a number, ``[G[i] f'(x[i]) for i …]`` of a vector."""

    def vjp(G: Expr, x: Expr, *options: Expr) -> Expr:
        def value(*at: Expr) -> Expr:
            return times(entry(G, *at), derivative(entry(x, *at), *options))

        return array_of(shape_of(x), value, G, x, *options)

    return vjp
