"""Maxima and minima over a range: ``max(c f + b) = c max(f) + b`` for c ≥ 0, ``min(f) = -max(-f)``.

c may be a name that was declared so; of a negative one ``max(c f) = -c max(-f)``.
"""

from __future__ import annotations

from fractions import Fraction

from symderiv.expression.tree import Apply, Exact, Expr, Extremum, Variable
from symderiv.index.integer_sets import isl
from symderiv.index.keys import names
from symderiv.index.session import Session
from symderiv.index.terms.terms import (
    Monomial,
    Pairs,
    Term,
    Terms,
    atom,
    joined_powers,
    monomial_expr,
    ordered,
    sum_of,
)


def extremum(session: Session, kind: Extremum, pairs: Pairs, dummy: Variable, points: isl.Set) -> Terms:
    """The terms of ``max`` or ``min`` of a normal form over ``dummy`` in ``points``."""
    outside = [Term(c, dict(m)) for c, m in pairs if not _mentions(m, dummy)]
    inside = [(c, m) for c, m in pairs if _mentions(m, dummy)]
    if not inside:
        return atom(session.over_range(session, "max", sum_of(pairs), dummy, points))
    factor, way = _common_factor(inside, dummy)
    inside = [(c, _without(m, factor)) for c, m in inside]
    sign = 1 if kind == "max" else -1
    size = abs(Fraction(inside[0][0]))
    scaled: Pairs = [(sign * way * c / size, m) for c, m in inside]
    found = _of_exponential(session, scaled, dummy, points)
    if found is None:
        found = {session.over_range(session, "max", sum_of(scaled), dummy, points): 1}
    return [*outside, Term(sign * way * size, joined_powers(dict(factor), found))]


def _common_factor(pairs: Pairs, dummy: Variable) -> tuple[Monomial, int]:
    """The names of known sign that all terms are multiples of, and the sign of their product."""
    common = [part for part in pairs[0][1] if all(part in m for _, m in pairs[1:])]
    fixed = [(base, power) for base, power in common if dummy.name not in names(base)]
    factor = [(base, power) for base, power in fixed if _sign(base) and power in (1, -1)]
    negative = sum(_sign(base) < 0 for base, _ in factor)
    return tuple(factor), -1 if negative % 2 else 1


def _sign(base: Expr) -> int:
    """1 for a name that was declared not to be negative, -1 for a negative one, 0 for anything else."""
    domain = base.kind.domain if isinstance(base, Variable) and not base.kind.shape else None
    return 0 if domain is None else domain.is_nonnegative - domain.is_negative


def _without(monomial: Monomial, factor: Monomial) -> Monomial:
    return tuple(part for part in monomial if part not in factor)


def _mentions(monomial: Monomial, dummy: Variable) -> bool:
    return any(dummy.name in names(base) for base, _ in monomial)


def _of_exponential(
    session: Session, pairs: Pairs, dummy: Variable, points: isl.Set
) -> dict[Expr, Exact] | None:
    """``max exp(f) = exp(max f)``: the exponential increases."""
    c, monomial = pairs[0]
    if len(pairs) > 1 or c < 0 or not all(isinstance(b, Apply) and b.head == "exp" for b, _ in monomial):
        return None
    exponents = [(p, ((b.args[0], 1),)) for b, p in monomial if isinstance(b, Apply)]
    powers: dict[Expr, Exact] = {}
    terms = extremum(session, "max", [(p, ordered(dict(m))) for p, m in exponents], dummy, points)
    for term in terms:
        powers = joined_powers(
            powers, {Apply("exp", (monomial_expr(1, ordered(term.powers)),)): term.coefficient}
        )
    return powers
