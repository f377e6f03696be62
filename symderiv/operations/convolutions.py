"""The operations conv1d, conv2d and conv3d: forward definition, counts and closed forms put together."""

from __future__ import annotations

from symderiv.expression.tree import ONE, ZERO
from symderiv.operations.convolution import convolve_forward
from symderiv.operations.convolution_counts import counts
from symderiv.operations.convolution_forms import by_bias, by_input, by_kernel
from symderiv.operations.operation import Operation, array, option, optional_array

PARAMETERS = (
    array("X"),
    array("K"),
    optional_array("bias"),
    option("stride", ONE),
    option("padding", ZERO),
    option("dilation", ONE),
    option("groups", ONE),
)


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
        counts=counts(axes),
        formula="H[i] = bias + Σ_a X[s i + d a - P] K[a]",
        source="PyTorch, torch.nn.functional.conv2d",
    )


CONVOLUTIONS = tuple(_convolution(axes) for axes in (1, 2, 3))
