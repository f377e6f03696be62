"""What a transposed convolution costs.

Every input entry meets every kernel entry of its group, whether the padding cuts the output off or not, as
zeros of the padding count for a convolution:

    B C (N/G) Π k Π n  multiplications

An output is the sum of the products that meet in it. Before cutting, the products of an axis lie at the
`positions` s u + d a. There is one addition fewer than products for each of them, and one more for each
output with a bias.
"""

from __future__ import annotations

from symderiv.expression.build import add, mul
from symderiv.expression.tree import MINUS_ONE, ONE, ZERO, Expr
from symderiv.operations.declaring.counting import Work
from symderiv.operations.declaring.positions import positions
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.operations.transposed.forward import transposed
from symderiv.tensor import Meaning


def spread_work(axes: int, X: Meaning, K: Meaning, bias: Meaning | None, *options: Expr) -> Work:
    """The multiplications and additions of conv_transpose1d, 2d, 3d."""
    setting = transposed(axes, as_tensor(X).shape, as_tensor(K).shape, *options)
    each = mul(ONE, *setting.batch, *setting.filters)
    channels = ONE if setting.bare else setting.channels
    products = mul(each, channels, *(mul(s.n, s.k) for s in setting.spreads))
    reached = mul(each, *(positions(s.n, s.k, s.stride, s.dilation) for s in setting.spreads))
    biased = ZERO if bias is None else mul(ONE, *setting.shape)
    return Work(products, add(products, mul(MINUS_ONE, reached), biased))
