"""Facts that hold nowhere together: under them nothing is decided, not even that x is x + 1."""

from __future__ import annotations

from symderiv.equality.conditions.condition import holds
from symderiv.expression.build import compare
from symderiv.expression.tree import ZERO, Expr, Variable

_ANYTHING = Variable("anything at all")


def contradicting(facts: tuple[Expr, ...]) -> Expr | None:
    """The first fact that can't hold with those before it (and the bounds of names), as far as is proved.

    >>> x = Variable("x")
    >>> positive, negative = compare("lt", ZERO, x), compare("lt", x, ZERO)
    >>> contradicting((positive, negative)) == negative, contradicting((positive,))
    (True, None)
    """
    if not _impossible(facts):
        return None
    return next(fact for k, fact in enumerate(facts, 1) if _impossible(facts[:k]))


def _impossible(facts: tuple[Expr, ...]) -> bool:
    """What can't be implies all: that a name of which nobody speaks is negative, and that it is positive."""
    if any(holds(fact) is False for fact in facts):
        return True
    signs = (compare("lt", _ANYTHING, ZERO), compare("lt", ZERO, _ANYTHING))
    return bool(facts) and all(holds(sign, facts) is True for sign in signs)
