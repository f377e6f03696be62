"""The operations that send a gradient back through max pooling, and their Jacobians.

max_pool_backward: ∂Z[m]/∂G[i] = 1 where X[m] is the largest of window i, else 0;   ∂Z/∂X = 0, which entry
is the largest doesn't change where X moves a little.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.build import mul
from symderiv.expression.tree import ONE, ZERO, Expr, Number
from symderiv.operations.declaring.counting import Work
from symderiv.operations.declaring.forms import array_of, call, shape_of
from symderiv.operations.declaring.operation import Example, Operation, array, option
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.operations.pooling.backward import max_pool_backward
from symderiv.operations.pooling.declared import TIES, largest_in_window
from symderiv.tensor import Meaning


def _by_gradient(axes: int) -> Callable[..., Expr]:
    """The Jacobian of max pooling, outputs and inputs exchanged."""

    def jacobian(G: Expr, X: Expr, *options: Expr) -> Expr:
        wins = largest_in_window(axes, X, *options)
        rank = len(shape_of(X))
        return array_of((*shape_of(X), *shape_of(G)), lambda *at: wins(at[rank:], at[:rank]), G, X)

    return jacobian


def _by_input(G: Expr, X: Expr, *options: Expr) -> Expr:
    return call("zeros", *shape_of(X), *shape_of(X))


def _back_to_input(H: Expr, G: Expr, X: Expr, *options: Expr) -> Expr:
    return call("zeros", *shape_of(X))


def _work(G: Meaning, X: Meaning, *options: Expr | None) -> Work:
    """An addition a window: which entry won is known from the forward pass."""
    return Work(additions=mul(ONE, *as_tensor(G).shape))


TWO = Number(2)
_EXAMPLES: dict[int, tuple[Example, ...]] = {
    1: (
        {"G": (2,), "X": (4,), "kernel_size": TWO},
        {"G": (4,), "X": (5,), "kernel_size": TWO, "stride": ONE},
        {"G": (2, 2), "X": (2, 5), "kernel_size": Number(3), "stride": TWO},
        {"G": (3,), "X": (5,), "kernel_size": TWO, "padding": ONE, "stride": TWO},
        {"G": (2,), "X": (4,), "kernel_size": TWO, "stride": ONE, "dilation": TWO},
    ),
    2: (
        {"G": (2, 2), "X": (4, 4), "kernel_size": TWO},
        {"G": (2, 2), "X": (3, 3), "kernel_size": TWO, "stride": ONE},
        {"G": (2, 2, 2), "X": (2, 3, 3), "kernel_size": TWO, "padding": ONE, "stride": Number(3)},
    ),
    3: (
        {"G": (1, 1, 1), "X": (2, 2, 2), "kernel_size": TWO},
        {"G": (1, 2, 1), "X": (2, 3, 2), "kernel_size": TWO, "stride": ONE},
        {"G": (2, 1, 1, 1), "X": (2, 2, 2, 3), "kernel_size": TWO},
    ),
}


def _operation(axes: int) -> Operation:
    return Operation(
        f"max_pool{axes}d_backward",
        (
            array("G"),
            array("X"),
            option("kernel_size"),
            option("stride"),
            option("padding", ZERO),
            option("dilation", ONE),
        ),
        lambda *values: max_pool_backward(axes, *values),
        jacobians={"G": _by_gradient(axes), "X": _by_input},
        vjps={"X": _back_to_input},
        work=_work,
        formula="Σ_i G[i] [X[m] is the largest of window i]",
        kinks=TIES,
        source="PyTorch, the backward pass of torch.nn.functional.max_pool2d",
        numeric_with=("kernel_size",),
        examples=_EXAMPLES[axes],
    )


UNPOOLING = tuple(_operation(axes) for axes in (1, 2, 3))
