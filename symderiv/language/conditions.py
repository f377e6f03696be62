"""Conditions, and the free indices of a formula."""

from __future__ import annotations

from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Binder, Constant, Expr, Variable
from symderiv.language.source import Misread

_CONDITIONS = frozenset("lt le gt ge eq ne and or not in".split())


def refuse_value(tree: Expr, text: str) -> Misread | None:
    """The fault of a tree that states nothing, or None for a condition."""
    if isinstance(tree, Apply) and tree.head in _CONDITIONS:
        return None
    if isinstance(tree, Constant) and tree.name in ("true", "false"):
        return None
    if isinstance(tree, Binder) and tree.kind == "forall":
        return None
    return Misread(
        "this is no condition",
        0,
        len(text),
        expected="a comparison such as k <= d",
        cure="compare two things",
    )


def free_indices(expr: Expr) -> tuple[Variable, ...]:
    """The index variables that no sum binds, in alphabetical order.

    >>> from symderiv.language import Scope, read
    >>> [i.name for i in free_indices(read("sum(A[i,k]*B[k,j], (k, 0, n-1))", Scope(strict=False)))]
    ['i', 'j']
    """
    return tuple(sorted((v for v in free_variables(expr) if v.kind.index), key=lambda v: v.name))
