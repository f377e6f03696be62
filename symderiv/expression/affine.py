"""Sums of names and entries with numbers before them."""

from __future__ import annotations

from symderiv.expression.tree import Apply, Binder, Expr, Index, Number, Variable


def is_affine(expr: Expr) -> bool:
    """Whether an expression is a sum of names and entries with numbers before them, for all one can see."""
    if isinstance(expr, (Number, Variable, Index)):
        return True
    if isinstance(expr, Binder):
        return expr.kind == "sum" and is_affine(expr.body)
    if isinstance(expr, Apply) and expr.head == "add":
        return all(map(is_affine, expr.args))
    if isinstance(expr, Apply) and expr.head == "mul":
        others = [factor for factor in expr.args if not isinstance(factor, Number)]
        return len(others) == 1 and is_affine(others[0])
    return False
