"""Known sums replaced by their values: where ``Σ t_i = 1`` is given, ``a Σ t_i`` is a."""

from __future__ import annotations

from fractions import Fraction

from symderiv.expression.tree import Exact, Expr
from symderiv.index.session import Session
from symderiv.index.terms.terms import Monomial, Pairs, joined_powers, ordered


def with_values(session: Session, pairs: Pairs) -> Pairs:
    """Known sums replaced by their values."""
    if not session.values:
        return pairs
    total: dict[Monomial, Exact] = {}
    for c, monomial in pairs:
        for k, m in _replaced(session, monomial):
            total[m] = total.get(m, 0) + c * k
    return [(c, m) for m, c in total.items() if c != 0]


def _replaced(session: Session, monomial: Monomial) -> Pairs:
    result: list[tuple[Exact, dict[Expr, Exact]]] = [(1, {})]
    for base, exponent in monomial:
        value = session.values.get(base)
        factor: Pairs = [(1, ((base, exponent),))]
        times = 1
        if value is not None and isinstance(exponent, int) and (exponent > 0 or len(value) == 1):
            if exponent < 0:
                ((c, m),) = value
                value = [(1 / Fraction(c), tuple((b, -p) for b, p in m))]
            factor, times = value, abs(exponent)
        for _ in range(times):
            result = [(c * k, joined_powers(m, dict(f))) for c, m in result for k, f in factor]
    return [(c, ordered(m)) for c, m in result]
