"""Intervals in which a real name may be: made narrower by facts, and points in them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from symderiv.equality.cells.lines import affine
from symderiv.expression.build import subtract
from symderiv.expression.kinds import Domain
from symderiv.expression.tree import Apply, Expr, Variable


def narrowed(domain: Domain, fact: Expr, t: Variable) -> Domain | None:
    """The interval with a fact ``p t + q < 0`` taken in; None for another kind of fact.

    >>> from symderiv.expression.tree import ZERO
    >>> t = Variable("t")
    >>> [narrowed(Domain(), Apply(head, (t, ZERO)), t).upper_open for head in ("lt", "le")]
    [True, False]
    """
    line = affine(subtract(*fact.args), t) if isinstance(fact, Apply) and fact.head in ("lt", "le") else None
    if line is None or not line[0] or not isinstance(fact, Apply):
        return None
    end, is_open = -line[1] / line[0], fact.head == "lt"
    if line[0] > 0:
        return domain if _is_inside(domain.upper, end) else replace(domain, upper=end, upper_open=is_open)
    lower = domain.lower
    kept = lower is not None and lower > end
    return domain if kept else replace(domain, lower=end, lower_open=is_open)


def _is_inside(upper: Fraction | None, end: Fraction) -> bool:
    return upper is not None and upper < end


def samples(domain: Domain) -> tuple[Fraction, ...]:
    """Some points of an open interval: where g is negative at one no proof is looked for."""
    low, high = domain.lower, domain.upper
    if low is not None and high is not None:
        return tuple(
            low + (high - low) * share for share in (Fraction(1, 2), Fraction(1, 16), Fraction(15, 16))
        )
    steps = (Fraction(1, 16), Fraction(1), Fraction(10))
    if low is not None:
        return tuple(low + step for step in steps)
    if high is not None:
        return tuple(high - step for step in steps)
    return (Fraction(-3), Fraction(-1, 2), Fraction(1, 2), Fraction(3))


def has_inside(domain: Domain, c: Fraction) -> bool:
    return c not in (domain.lower, domain.upper)


def is_empty(domain: Domain) -> bool:
    return domain.lower is not None and domain.upper is not None and domain.lower >= domain.upper
