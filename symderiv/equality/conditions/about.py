"""Which facts speak of the same as a condition does, directly or through the names of other facts."""

from __future__ import annotations

from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Expr


def about(condition: Expr, facts: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The facts that share names with the condition, or with a fact that does: with fewer, products are few.

    >>> from symderiv.expression.build import compare
    >>> from symderiv.expression.tree import ZERO, Variable
    >>> x, y, z = map(Variable, "xyz")
    >>> facts = compare("lt", x, y), compare("lt", ZERO, z)
    >>> about(compare("lt", ZERO, y), facts) == facts[:1]
    True
    """
    names = set(free_variables(condition))
    left = list(facts)
    while near := [fact for fact in left if not names.isdisjoint(free_variables(fact))]:
        left = [fact for fact in left if fact not in near]
        names.update(name for fact in near for name in free_variables(fact))
    return tuple(fact for fact in facts if fact not in left)
