"""Conditions on a number near the real line as 1 where they hold and 0 where they don't, in balls.

Borders are null sets, unless the two sides of a comparison are the same number: then nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import acb, arb

from symderiv.expression.tree import FALSE, TRUE, Apply, Expr

CONNECTIVES = frozenset(("and", "or", "not", "lt", "le", "eq", "ne"))
EITHER = acb(arb(0.5, 0.5))
NOT_KNOWN = acb(arb("nan"))


def has_indicator(condition: Expr) -> bool:
    """Is it made of comparisons?"""
    if condition in (TRUE, FALSE):
        return True
    if not isinstance(condition, Apply) or condition.head not in CONNECTIVES:
        return False
    is_comparison = condition.head not in ("and", "or", "not")
    return is_comparison or all(map(has_indicator, condition.args))


def indicator(condition: Expr, value: Callable[[Expr], acb], analytic: bool) -> acb:
    """1 or 0, a ball of both where it isn't clear, or, where a value has to be ``analytic``, nan.

    >>> from symderiv.expression.tree import Variable
    >>> condition = Apply("lt", (Variable("x"), Variable("y")))
    >>> float(indicator(condition, lambda name: acb(len(name.name)), False).real.is_nan())
    1.0
    >>> indicator(condition, lambda name: acb(ord(name.name)), False) == 1
    True
    """
    if condition in (TRUE, FALSE):
        return acb(condition == TRUE)
    assert isinstance(condition, Apply)
    parts = condition.args
    match condition.head:
        case "not":
            return acb(1) - indicator(parts[0], value, analytic)
        case "and":
            return _product([indicator(part, value, analytic) for part in parts])
        case "or":
            return acb(1) - _product([acb(1) - indicator(part, value, analytic) for part in parts])
    gap = value(parts[1]) - value(parts[0])
    if gap == 0:
        return NOT_KNOWN
    if condition.head in ("lt", "le"):
        return gap.real_heaviside(analytic=analytic)
    equal = acb(0) if not gap.contains(acb(0)) else NOT_KNOWN if analytic else EITHER
    return equal if condition.head == "eq" else acb(1) - equal


def _product(values: list[acb]) -> acb:
    result = acb(1)
    for each in values:
        result = result * each
    return result
