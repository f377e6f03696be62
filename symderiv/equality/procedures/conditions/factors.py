"""Conditions that something isn't zero, said of its factors: ``k^2 != 0`` is ``k != 0``."""

from __future__ import annotations

from operator import is_

from symderiv.equality.normal_forms.generators import Decline
from symderiv.equality.normal_forms.plain import difference
from symderiv.equality.normal_forms.reading import to_expr
from symderiv.expression.build import compare, conjunction
from symderiv.expression.contents import contents
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
        case Apply(head="add") if _over_integers(value):
            return conjunction(*(compare("ne", factor, ZERO) for factor in _factors(value)))
    return compare("ne", value, ZERO)


def _over_integers(value: Expr) -> bool:
    """Where a factor never vanishes, as n + 3 of a size n doesn't, the others say where the whole does."""
    free = contents(value).free
    return bool(free) and all(name.kind.domain.integer and not name.kind.shape for name in free)


def _factors(value: Expr) -> tuple[Expr, ...]:
    """The irreducible factors of a polynomial; the value itself where it is none."""
    found = difference(value, ZERO)
    if found is None or found[1].den or found[1].num.is_zero():
        return (value,)
    field, element = found
    try:
        factors = tuple(to_expr(field, field.poly(number)) for number, _ in field.factor(element.num)[1])
    except Decline:
        return (value,)
    return factors if len(factors) > 1 else (value,)
