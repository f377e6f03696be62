"""Derivatives of roots, and of functions with a vertical tangent, where the argument rests: √(max(x, 0)²).

The chain rule says 0 · 1/0 for x < 0; the function is constant there, so its derivative is 0.
"""

from __future__ import annotations

from symderiv.calculus.occurrence import may_rest
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.expression.build import cases, compare
from symderiv.expression.contents import contents
from symderiv.expression.tree import ZERO, Binder, Call, Expr, Index
from symderiv.index.every_size.positivity import is_positive

MAX_SIZE = 40  # nodes


def resting(edge: Expr, moved: Expr) -> Expr:
    """A derivative where ``edge`` may be 0 on an open set: the function rests there, and its slope is 1/0.

    >>> from symderiv.expression.tree import Apply, Variable
    >>> x = Variable("x")
    >>> resting(x, x) == x, resting(Apply("max", (x, ZERO)), x) == x
    (True, False)
    """
    if moved == ZERO or not may_rest(edge) or is_positive(edge, lambda binder: False):
        return moved
    return cases(((compare("eq", edge, ZERO), ZERO),), moved)


def is_flat(slope: Expr) -> bool:
    """Whether a small derivative between numbers is 0 wherever it has a value: that of ``x/x``.

    >>> from symderiv.expression.build import divide, mul, subtract
    >>> from symderiv.expression.tree import ONE, Variable
    >>> x = Variable("x")
    >>> is_flat(subtract(divide(ONE, x), divide(x, mul(x, x)))), is_flat(x)
    (True, False)
    """
    if slope == ZERO:
        return True
    found = contents(slope)
    return found.size <= MAX_SIZE and found.classes.isdisjoint((Binder, Index, Call)) and is_zero(slope)


def unless_zero(exponent: Expr, base: Expr, moved: Expr) -> Expr:
    """The derivative of ``base^n``: of ``base^0`` it is 0, also where the base rests on 0."""
    if not may_rest(base) or is_positive(exponent, lambda binder: False):
        return moved
    return cases(((compare("eq", exponent, ZERO), ZERO),), moved)
