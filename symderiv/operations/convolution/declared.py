"""The operations conv1d, conv2d and conv3d: forward definition and closed forms put together."""

from __future__ import annotations

from symderiv.expression.tree import ONE, ZERO, Expr, Number, Sequence, Text
from symderiv.operations.convolution import vjps
from symderiv.operations.convolution.forward import convolve_forward
from symderiv.operations.convolution.jacobians import by_bias, by_input, by_kernel
from symderiv.operations.declaring.operation import Example, Operation, array, option, optional_array

PARAMETERS = (
    array("X"),
    array("K"),
    optional_array("bias"),
    option("stride", ONE),
    option("padding", ZERO),
    option("dilation", ONE),
    option("groups", ONE),
)


TWO = Number(2)


def _pair(a: Expr, b: Expr) -> Expr:
    return Sequence((a, b), "tuple")


_EXAMPLES: dict[int, tuple[Example, ...]] = {
    1: (
        {"X": (5,), "K": (2,)},
        {"X": (6,), "K": (3,), "bias": (), "padding": ONE, "stride": TWO},
        {"X": (7,), "K": (3,), "dilation": TWO},
        {"X": (4,), "K": (3,), "padding": Text("full")},
        {"X": (2, 2, 4), "K": (3, 2, 2), "bias": (3,), "padding": Text("same")},
        {"X": (4, 5), "K": (2, 2, 3), "groups": TWO, "dilation": TWO, "padding": TWO},
    ),
    2: (
        {"X": (3, 4), "K": (2, 2)},
        {
            "X": (4, 3),
            "K": (2, 3),
            "bias": (),
            "padding": _pair(_pair(ONE, ZERO), _pair(ZERO, TWO)),
            "stride": _pair(TWO, ONE),
        },
        {"X": (2, 3, 3), "K": (2, 2, 2, 2), "bias": (2,)},
        {"X": (2, 4, 4), "K": (2, 1, 2, 2), "groups": TWO, "padding": ONE, "stride": Number(3)},
    ),
    3: (
        {"X": (2, 3, 2), "K": (2, 2, 1)},
        {"X": (1, 2, 2, 2), "K": (2, 1, 2, 1, 2), "bias": (2,)},
        {"X": (2, 2, 3), "K": (1, 2, 2), "stride": TWO, "padding": ONE},
    ),
}


def _convolution(axes: int) -> Operation:
    return Operation(
        f"conv{axes}d",
        PARAMETERS,
        lambda *values: convolve_forward(axes, *values),
        jacobians={
            "X": lambda *trees: by_input(axes, *trees),
            "K": lambda *trees: by_kernel(axes, *trees),
            "bias": lambda *trees: by_bias(axes, *trees),
        },
        vjps={
            "X": lambda *trees: vjps.by_input(axes, *trees),
            "K": lambda *trees: vjps.by_kernel(axes, *trees),
            "bias": lambda *trees: vjps.by_bias(axes, *trees),
        },
        formula="H[i] = bias + Σ_a X[s i + d a - P] K[a]",
        source="PyTorch, torch.nn.functional.conv2d",
        weights=("K", "bias"),
        examples=_EXAMPLES[axes],
        numeric_with=("groups",),
    )


CONVOLUTIONS = tuple(_convolution(axes) for axes in (1, 2, 3))
