"""Power means in the limit: ``(Σ c uᵖ)^(1/p)`` tends to ``max u`` as p → ∞, for u ≥ 0 and c > 0.

The sum lies between ``c mᵖ`` and ``C mᵖ``, where m is the maximum, c its own factor and C the sum of all of
them; and ``c^(1/p)`` tends to 1.
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.conditions.inside import facts_inside
from symderiv.expression.build import compare, function, mul
from symderiv.expression.parts import factors_of, terms_of
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import INFINITY, ONE, TRUE, ZERO, Apply, Binder, Expr, Number, Variable

Facts = tuple[Expr, ...]


def limit_of_power_mean(expr: Expr, p: Variable, point: Expr, facts: Facts = ()) -> Expr | None:
    """The limit of a power mean, times what doesn't move, as its exponent goes to infinity; else ``None``.

    >>> from symderiv.expression.build import add, power
    >>> from symderiv.expression.tree import MINUS_ONE
    >>> x, y, p = (Variable(name) for name in "xyp")
    >>> total = add(*(power(function("abs", each), p) for each in (x, y)))
    >>> print(limit_of_power_mean(power(total, power(p, MINUS_ONE)), p, INFINITY))
    max(abs(x), abs(y))
    """
    if point != INFINITY:
        return None
    fixed = [factor for factor in factors_of(expr) if p not in free_variables(factor)]
    moving = [factor for factor in factors_of(expr) if p in free_variables(factor)]
    match moving:
        case [Apply(head="pow", args=(total, Apply(head="pow", args=(exponent, Number(value=-1)))))] if (
            exponent == p
        ):
            greatest = _greatest(total, p, facts)
            return None if greatest is None else mul(*fixed, greatest)
    return None


def _greatest(total: Expr, p: Variable, facts: Facts) -> Expr | None:
    """The greatest of the numbers whose powers are added up."""
    bases = list(_bases(total, p, facts))
    told = [base for base in bases if base is not None]
    if not told or len(told) < len(bases):
        return None
    return told[0] if len(told) == 1 else function("max", *told)


def _bases(total: Expr, p: Variable, facts: Facts) -> Iterator[Expr | None]:
    """What stands under the powers, term by term; None of a term that is no power of it."""
    known = knowledge(facts)
    for term in terms_of(total):
        weight, moving = _apart(term, p)
        if not known.implies(compare("lt", ZERO, weight)):
            yield None
        elif isinstance(moving, Apply) and moving.head == "add":
            yield from _bases(moving, p, facts)
        elif isinstance(moving, Binder):
            yield _greatest_of_range(moving, p, facts)
        else:
            yield _base(moving, p, known)


def _greatest_of_range(total: Binder, p: Variable, facts: Facts) -> Expr | None:
    """``max u`` over the range of ``Σ c uᵖ``, which isn't empty."""
    lower, upper = total.lower, total.upper
    if total.kind != "sum" or total.condition != TRUE or lower is None or upper is None:
        return None
    if {p, INFINITY} & {*free_variables(lower), *free_variables(upper), upper}:
        return None
    inside = knowledge(facts_inside(total, facts))
    weight, moving = _apart(total.body, p)
    base = _base(moving, p, inside) if inside.implies(compare("lt", ZERO, weight)) else None
    if base is None or not knowledge(facts).implies(compare("le", lower, upper)):
        return None
    return Binder("max", base, total.variable, lower, upper)


def _apart(term: Expr, p: Variable) -> tuple[Expr, Expr]:
    """What doesn't move with p, and what does."""
    factors = factors_of(term)
    moving = [factor for factor in factors if p in free_variables(factor)]
    fixed = mul(*(factor for factor in factors if factor not in moving))
    return fixed, mul(*moving) if moving else ONE


def _base(power: Expr, p: Variable, known: Knowledge) -> Expr | None:
    """u of ``uᵖ``, if it is never negative."""
    match power:
        case Apply(head="pow", args=(u, exponent)) if exponent == p and p not in free_variables(u):
            return u if known.implies(compare("le", ZERO, u)) else None
    return None
