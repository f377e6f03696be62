"""How many parameters, multiplications and additions a convolution has.

Convention: an output is a sum of products, written without using that padding is zero: k k C/G
multiplications and one addition fewer, one more with a bias; ``operations`` is both together (FLOPs, not
multiply-accumulates).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symderiv.expression.build import add, mul
from symderiv.expression.tree import MINUS_ONE, ONE, ZERO, Expr
from symderiv.operations.convolution import Convolution, convolution
from symderiv.operations.shapes import as_tensor
from symderiv.tensor import Meaning

Count = Callable[..., Expr]


def parameters(setting: Convolution, bias: bool) -> Expr:
    """N C/G k k, and N more with a bias."""
    weights = mul(*setting.k_shape) if setting.k_shape else ONE
    return add(weights, mul(ONE, *setting.filters)) if bias else weights


def products(setting: Convolution) -> Expr:
    """Products in one output: k k C/G."""
    return mul(setting.channels, *setting.kernel)


def multiplications(setting: Convolution, bias: bool) -> Expr:
    return mul(products(setting), *setting.shape)


def additions(setting: Convolution, bias: bool) -> Expr:
    return mul(add(products(setting), ZERO if bias else MINUS_ONE), *setting.shape)


def operations(setting: Convolution, bias: bool) -> Expr:
    """B N H W (2 k k C/G - 1) without a bias."""
    each = add(mul(add(ONE, ONE), products(setting)), ZERO if bias else MINUS_ONE)
    return mul(each, *setting.shape)


def counts(axes: int) -> Mapping[str, Count]:
    """The counts of conv1d, conv2d, conv3d, each taking what forward takes."""
    formulas = {
        "parameters": parameters,
        "multiplications": multiplications,
        "additions": additions,
        "operations": operations,
    }
    return {name: _counting(axes, formula) for name, formula in formulas.items()}


def _counting(axes: int, formula: Callable[[Convolution, bool], Expr]) -> Count:
    def count(X: Meaning, K: Meaning, bias: Meaning | None = None, *options: Expr) -> Expr:
        setting = convolution(axes, as_tensor(X).shape, as_tensor(K).shape, *options)
        return formula(setting, bias is not None)

    return count
