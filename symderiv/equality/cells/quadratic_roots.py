"""The real numbers at which a quadratic polynomial is 0."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.expression.build import add, divide, mul, sqrt, subtract
from symderiv.expression.tree import ZERO, Apply, Expr, Number


def quadratic_roots(coefficients: Sequence[Expr]) -> Iterator[Expr]:
    """``(-b ± √(b² - 4ac))/2a`` of the coefficients c, b, a, where two are proved to exist.

    >>> [round(float(evaluate(root, {})), 3) for root in quadratic_roots([Number(-1), Number(-1), Number(1)])]
    [1.618, -0.618]
    """
    c, b, a = coefficients
    discriminant = subtract(mul(b, b), mul(Number(4), a, c))
    if evaluate(Apply("lt", (ZERO, discriminant)), {}) is True:
        for sign in (1, -1):
            yield divide(add(mul(Number(-1), b), mul(Number(sign), sqrt(discriminant))), mul(Number(2), a))
