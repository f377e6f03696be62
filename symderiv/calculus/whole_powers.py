"""Powers of roots that are no roots: ``norm(u)² = Σ u²`` has a derivative where the norm itself has none."""

from __future__ import annotations

from symderiv.expression.build import mul, power
from symderiv.expression.tree import Apply, Expr, Number, transform
from symderiv.index.every_size.positivity import is_nonnegative


def whole_powers(expr: Expr) -> Expr:
    """The formula with ``(u^p)^n = u^(pn)`` and ``|u|^(2m) = u^(2m)`` where pn is a natural number and u ≥ 0.

    >>> from symderiv.expression.tree import HALF, Variable
    >>> square = Apply("pow", (Variable("x"), Number(2)))
    >>> whole_powers(Apply("pow", (Apply("pow", (square, HALF)), Number(2)))) == square
    True
    """
    return transform(expr, _whole)


def _whole(node: Expr) -> Expr:
    if not (isinstance(node, Apply) and node.head == "pow"):
        return node
    base, exponent = node.args
    if not (isinstance(base, Apply) and isinstance(exponent, Number) and exponent.value > 0):
        return node
    if base.head == "abs" and exponent.value % 2 == 0:
        return power(base.args[0], exponent)
    if base.head == "pow" and isinstance(base.args[1], Number) and is_nonnegative(base.args[0]):
        whole = mul(base.args[1], exponent)
        if isinstance(whole, Number) and isinstance(whole.value, int) and whole.value > 0:
            return power(base.args[0], whole)
    return node
