"""Conditions that something isn't zero, said of its factors: ``k^2 != 0`` is ``k != 0``."""

from __future__ import annotations

from operator import is_

from symderiv.expression.build import compare, conjunction
from symderiv.expression.tree import ZERO, Apply, Binder, Cases, Expr, Number


def of_factors(condition: Expr) -> Expr:
    """The condition with each ``p != 0`` said of the factors of p.

    >>> from symderiv.expression.tree import Variable
    >>> k = Variable("k")
    >>> of_factors(Apply("ne", (Apply("pow", (k, Number(2))), ZERO))) == Apply("ne", (k, ZERO))
    True
    """
    match condition:
        case Apply(head="ne", args=(value, zero)) if zero == ZERO:
            return _nonzero(value)
        case Apply(head="ne", args=(zero, value)) if zero == ZERO:
            return _nonzero(value)
        case Apply(head="and" | "or" | "not") | Binder() | Cases():
            parts = condition.children
            said = tuple(map(of_factors, parts))
            return condition if all(map(is_, said, parts)) else condition.rebuild(said)
    return condition


def _nonzero(value: Expr) -> Expr:
    match value:
        case Apply(head="pow", args=(base, Number(value=int() as exponent))) if exponent > 0:
            return _nonzero(base)
        case Apply(head="mul", args=factors):
            return conjunction(*map(_nonzero, factors))
    return compare("ne", value, ZERO)
