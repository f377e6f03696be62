"""Sizes and counts as formulas: what a layer makes of n entries, what it has to learn, and what it costs.

    conv_output_size(n, k, s, P, d)            = ⌊(n + 2P - d (k-1) - 1) / s⌋ + 1
    conv_transpose_output_size(n, k, s, P, P', d) = s (n-1) - 2P + d (k-1) + 1 + P'
    receptive_field((k, s, d), …)              = 1 + Σ_l d_l (k_l - 1) Π_{m<l} s_m
    conv_parameters(N, C, k, G, axes, bias)    = N (C/G) k^axes, and N more with a bias
    conv_operations(outputs, C, k, G, axes)    = outputs (2 k^axes C/G - 1)     multiplications and additions

Every argument may be a number or a letter.
Source: Dumoulin and Visin (2016); what counts as an operation: `symderiv.operations.declaring.counting`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from symderiv.errors import MeaningError
from symderiv.expression.build import add, divide, mul, power
from symderiv.expression.tree import FALSE, MINUS_ONE, ONE, ZERO, Expr, Number
from symderiv.operations.convolution.window import Window, checked
from symderiv.operations.declaring.operation import Operation, array, arrays, option
from symderiv.operations.declaring.options import flag_option, scalar_option
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.operations.transposed.forward import Spread
from symderiv.tensor import Listing, Meaning, Tensor

TWO = Number(2)


def _number(value: Meaning, name: str) -> Expr:
    t = as_tensor(value, name)
    if t.rank:
        raise MeaningError(f"{name} is a number")
    return t.value


def conv_output_size(n: Meaning, k: Meaning, stride: Expr, padding: Expr, dilation: Expr) -> Tensor:
    """⌊(n + 2p - d(k - 1) - 1)/s⌋ + 1."""
    s, p, d = (
        scalar_option(tree, name)
        for tree, name in ((stride, "stride"), (padding, "padding"), (dilation, "dilation"))
    )
    window = Window(_number(n, "n"), _number(k, "k"), s, d, p, p)
    return Tensor.scalar(checked((window,))[0].outputs)


def conv_transpose_output_size(
    n: Meaning, k: Meaning, stride: Expr, padding: Expr, output_padding: Expr, dilation: Expr
) -> Tensor:
    """``s (n - 1) - 2P + d (k - 1) + 1`` and the output padding."""
    s, p, extra, d = (
        scalar_option(tree, name)
        for tree, name in (
            (stride, "stride"),
            (padding, "padding"),
            (output_padding, "output_padding"),
            (dilation, "dilation"),
        )
    )
    return Tensor.scalar(Spread(_number(n, "n"), _number(k, "k"), s, p, extra, d).outputs)


def receptive_field(layers: tuple[Meaning, ...]) -> Tensor:
    """How many input entries an output sees along an axis; a layer is (k, s) or (k, s, d).

    The layers come one by one, or as one list.
    """
    field: Expr = ONE
    jump: Expr = ONE
    for k, s, *rest in _settings(layers):
        reach = mul(rest[0] if rest else ONE, add(k, MINUS_ONE))
        field = add(field, mul(reach, jump))
        jump = mul(jump, s)
    return Tensor.scalar(field)


def _settings(layers: tuple[Meaning, ...]) -> Iterator[list[Expr]]:
    """Kernel, stride and dilation of each layer."""
    layers = layers[0].items if len(layers) == 1 and isinstance(layers[0], Listing) else layers
    for layer in layers:
        t = as_tensor(layer, "a layer")
        *count, length = t.sizes or (0,)
        if length not in (2, 3) or len(count) > 1 or (count and len(layers) > 1):
            raise MeaningError(
                "a layer is (kernel, stride) or (kernel, stride, dilation)",
                cure="write receptive_field((3, 1), (2, 2))",
            )
        for at in product(*map(range, count)):
            yield [t.entry(*map(Number, at), Number(i)) for i in range(length)]


def _products(C: Meaning, k: Meaning, groups: Expr, axes: Expr) -> Expr:
    """Products in one output: (C/G) k^axes."""
    share = divide(_number(C, "C"), scalar_option(groups, "groups"))
    return mul(share, power(_number(k, "k"), scalar_option(axes, "axes")))


def conv_parameters(N: Meaning, C: Meaning, k: Meaning, groups: Expr, axes: Expr, bias: Expr) -> Tensor:
    """N (C/G) k^axes weights, and N biases where there are any."""
    filters, each = _number(N, "N"), _products(C, k, groups, axes)
    return Tensor.scalar(add(mul(filters, each), filters if flag_option(bias, "bias") else ZERO))


def conv_operations(outputs: Meaning, C: Meaning, k: Meaning, groups: Expr, axes: Expr, bias: Expr) -> Tensor:
    """2 (C/G) k^axes - 1 for each output: products and sums, and one more with a bias."""
    each = _products(C, k, groups, axes)
    sums = add(mul(TWO, each), ZERO if flag_option(bias, "bias") else MINUS_ONE)
    return Tensor.scalar(mul(_number(outputs, "outputs"), sums))


_SLIDING = (option("stride", ONE), option("padding", ZERO), option("dilation", ONE))
_COUNTED = (option("groups", ONE), option("axes", TWO), option("bias", FALSE))

SIZES = (
    Operation(
        "conv_output_size",
        (array("n"), array("k"), *_SLIDING),
        conv_output_size,
        formula="⌊(n + 2P - d (k-1) - 1) / s⌋ + 1",
    ),
    Operation(
        "output_size",
        (array("n"), array("k"), *_SLIDING),
        conv_output_size,
        formula="⌊(n + 2P - d (k-1) - 1) / s⌋ + 1",
    ),
    Operation(
        "conv_transpose_output_size",
        (
            array("n"),
            array("k"),
            option("stride", ONE),
            option("padding", ZERO),
            option("output_padding", ZERO),
            option("dilation", ONE),
        ),
        conv_transpose_output_size,
        formula="s (n-1) - 2P + d (k-1) + 1 + P'",
    ),
    Operation(
        "receptive_field",
        (arrays("layers"),),
        receptive_field,
        formula="1 + Σ_l d_l (k_l - 1) Π_{m<l} s_m",
    ),
    Operation(
        "conv_parameters",
        (array("N"), array("C"), array("k"), *_COUNTED),
        conv_parameters,
        formula="N (C/G) k^axes",
    ),
    Operation(
        "conv_operations",
        (array("outputs"), array("C"), array("k"), *_COUNTED),
        conv_operations,
        formula="outputs (2 k^axes C/G - 1)",
    ),
)
