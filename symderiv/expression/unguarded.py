"""The parts of an expression that exist wherever the whole does."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import Binder, Cases, Expr


def unguarded(expr: Expr) -> Iterator[Expr]:
    """The expression and its parts, but for those in one of several cases, or inside of a binder.

    A case need not hold, and a range may be empty: what stands there says nothing of where the whole exists.

    >>> from symderiv.expression.build import add, cases, compare, function
    >>> from symderiv.expression.tree import ONE, ZERO, Variable
    >>> x, y = Variable("x"), Variable("y")
    >>> guarded = cases(((compare("lt", ZERO, x), function("log", x)),), ONE)
    >>> parts = list(unguarded(add(guarded, function("log", y))))
    >>> function("log", x) in parts, function("log", y) in parts
    (False, True)
    """
    yield expr
    if not isinstance(expr, (Binder, Cases)):
        for child in expr.children:
            yield from unguarded(child)
