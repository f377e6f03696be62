"""Equations that hold at single values of a bound variable only, whatever the other names are.

``t = y`` is one; ``y t = 0`` isn't: where y = 0 it holds for all t.
"""

from __future__ import annotations

from symderiv.equality.cells.null_sets import is_zero_set_null
from symderiv.equality.conditions.condition import knowledge
from symderiv.expression.build import compare, subtract
from symderiv.expression.progressions import line
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ZERO, Apply, Expr, Variable


def at_single_points(left: Expr, right: Expr, t: Variable, facts: tuple[Expr, ...] = ()) -> bool:
    """Whether ``left = right`` leaves t single values, at all values of the other names.

    >>> t, y = Variable("t"), Variable("y")
    >>> at_single_points(t, y, t), at_single_points(Apply("mul", (t, y)), ZERO, t)
    (True, False)
    """
    names = free_variables(left) | free_variables(right)
    if names == {t}:
        return is_zero_set_null(left, right)
    if isinstance(left, Apply) and left.head == "mul" and right == ZERO:
        return all(at_single_points(factor, ZERO, t, facts) for factor in left.args)
    slope = line(subtract(left, right), t)
    return slope is not None and knowledge(facts).implies(compare("ne", slope, ZERO))
