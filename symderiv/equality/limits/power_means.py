"""Power means and log-sum-exps in the limit: ``(Σ c uᵖ)^(1/p)`` tends to ``max u`` as p → ∞, for u ≥ 0 and
c > 0, and ``T log Σ c e^(v/T)`` to ``max v`` as T → 0 from above.

The sum lies between ``c mᵖ`` and ``C mᵖ``, where m is the maximum, c its own factor and C the sum of all of
them; and ``c^(1/p)`` tends to 1. The second is the logarithm of the first for ``u = e^v`` and ``p = 1/T``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.conditions.inside import facts_inside
from symderiv.expression.build import compare, function, mul
from symderiv.expression.parts import factors_of, terms_of
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import INFINITY, MINUS_ONE, TRUE, ZERO, Apply, Binder, Expr, Variable

Facts = tuple[Expr, ...]


@dataclass(frozen=True)
class _Rates:
    """What grows beyond all bounds, and one over it: p and 1/p as p → ∞, 1/T and T as T → 0 from above."""

    variable: Variable
    up: Expr
    down: Expr

    def apart(self, term: Expr) -> tuple[Expr, list[Expr]]:
        """What doesn't move, and the factors that do."""
        factors = factors_of(term)
        moving = [factor for factor in factors if self.variable in free_variables(factor)]
        return mul(*(factor for factor in factors if factor not in moving)), moving


Base = Callable[[Expr, _Rates, Knowledge], Expr | None]


def limit_of_power_mean(
    expr: Expr, variable: Variable, point: Expr, side: str = "", facts: Facts = ()
) -> Expr | None:
    """The limit of a power mean or a log-sum-exp, times what doesn't move; else ``None``.

    >>> from symderiv.expression.build import add, power
    >>> x, y, p = (Variable(name) for name in "xyp")
    >>> total = add(*(power(function("abs", each), p) for each in (x, y)))
    >>> print(limit_of_power_mean(power(total, power(p, MINUS_ONE)), p, INFINITY))
    max(abs(x), abs(y))
    """
    one_over = Apply("pow", (variable, MINUS_ONE))
    if point == INFINITY:
        rates = _Rates(variable, variable, one_over)
    elif point == ZERO and side == "+":
        rates = _Rates(variable, one_over, variable)
    else:
        return None
    fixed, moving = rates.apart(expr)
    greatest: Expr | None = None
    match moving:
        case [Apply(head="pow", args=(total, exponent))] if exponent == rates.down:
            greatest = _greatest(total, rates, facts, _under_power)
        case [Apply(head="log", args=(total,)), factor] | [factor, Apply(head="log", args=(total,))] if (
            factor == rates.down
        ):
            greatest = _greatest(total, rates, facts, _under_exponential)
    return None if greatest is None else mul(fixed, greatest)


def _greatest(total: Expr, rates: _Rates, facts: Facts, base: Base) -> Expr | None:
    """The greatest of the numbers whose powers are added up."""
    bases = list(_bases(total, rates, facts, base))
    told = [each for each in bases if each is not None]
    if not told or len(told) < len(bases):
        return None
    return told[0] if len(told) == 1 else function("max", *told)


def _bases(total: Expr, rates: _Rates, facts: Facts, base: Base) -> Iterator[Expr | None]:
    """What stands under the powers, term by term; None of a term that is no power of it."""
    known = knowledge(facts)
    for term in terms_of(total):
        weight, moving = rates.apart(term)
        if len(moving) != 1 or not known.implies(compare("lt", ZERO, weight)):
            yield None
        elif isinstance(moving[0], Apply) and moving[0].head == "add":
            yield from _bases(moving[0], rates, facts, base)
        elif isinstance(moving[0], Binder):
            yield _greatest_of_range(moving[0], rates, facts, base)
        else:
            yield base(moving[0], rates, known)


def _greatest_of_range(total: Binder, rates: _Rates, facts: Facts, base: Base) -> Expr | None:
    """``max u`` over the range of ``Σ c uᵖ``, which isn't empty."""
    lower, upper = total.lower, total.upper
    if total.kind != "sum" or total.condition != TRUE or lower is None or upper is None:
        return None
    if {rates.variable, INFINITY} & {*free_variables(lower), *free_variables(upper), upper}:
        return None
    inside = knowledge(facts_inside(total, facts))
    weight, moving = rates.apart(total.body)
    if len(moving) != 1 or not inside.implies(compare("lt", ZERO, weight)):
        return None
    found = base(moving[0], rates, inside)
    if found is None or not knowledge(facts).implies(compare("le", lower, upper)):
        return None
    return Binder("max", found, total.variable, lower, upper)


def _under_power(power: Expr, rates: _Rates, known: Knowledge) -> Expr | None:
    """u of ``uᵖ``, if it is never negative."""
    match power:
        case Apply(head="pow", args=(u, exponent)) if exponent == rates.up:
            is_fixed = rates.variable not in free_variables(u)
            return u if is_fixed and known.implies(compare("le", ZERO, u)) else None
    return None


def _under_exponential(power: Expr, rates: _Rates, known: Knowledge) -> Expr | None:
    """v of ``e^(v p)``."""
    match power:
        case Apply(head="exp", args=(exponent,)):
            fixed, moving = rates.apart(exponent)
            return fixed if moving == [rates.up] else None
    return None
