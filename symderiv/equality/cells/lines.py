"""Lines: ``u = p x + q`` with rational p and q."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from symderiv.expression.tree import Apply, Expr, Number, Variable

Line = tuple[Fraction, Fraction]


def affine(u: Expr, x: Variable) -> Line | None:
    """p and q, or None where u holds another name, or x otherwise.

    >>> x = Variable("x")
    >>> affine(Apply("add", (Apply("mul", (Number(2), x)), Number(3))), x)
    (Fraction(2, 1), Fraction(3, 1))
    """
    if u == x:
        return Fraction(1), Fraction(0)
    if isinstance(u, Number):
        return Fraction(0), Fraction(u.value)
    if not isinstance(u, Apply) or u.head not in ("add", "mul"):
        return None
    parts = [affine(arg, x) for arg in u.args]
    lines = [line for line in parts if line is not None]
    if len(lines) < len(parts):
        return None
    if u.head == "add":
        return sum((p for p, _ in lines), Fraction(0)), sum((q for _, q in lines), Fraction(0))
    moving = [line for line in lines if line[0]]
    if len(moving) > 1:
        return None
    scale = prod(q for p, q in lines if not p)
    p, q = moving[0] if moving else (Fraction(0), Fraction(1))
    return p * scale, q * scale
