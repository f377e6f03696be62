"""Positive denominators multiplied out: ``1/n + 1/k < 1`` is ``k + n < n k`` for sizes n and k."""

from __future__ import annotations

from symderiv.equality.conditions.polynomial import Polynomial, atom, atoms_of, plus, power, product
from symderiv.expression.tree import Apply, Expr, Number, Variable


def cleared(poly: Polynomial) -> Polynomial:
    """``poly`` times the least powers of names known to be positive that leave none of them in a denominator.

    Its sign is the same everywhere, for what it is multiplied by is positive.
    """
    for base in dict.fromkeys(found[0] for each in atoms_of((poly,)) if (found := _inverse(each))):
        poly = _cleared_of(poly, base)
    return poly


def _inverse(expr: Expr) -> tuple[Variable, int] | None:
    """The name x and the number k, where this is x^(-k) and x is positive."""
    base, exponent = expr, 1
    while isinstance(base, Apply) and base.head == "pow":
        base, power_of = base.args
        if not (isinstance(power_of, Number) and isinstance(power_of.value, int)):
            return None
        exponent *= power_of.value
    if not (isinstance(base, Variable) and not base.kind.shape and base.kind.domain.is_positive):
        return None
    return (base, -exponent) if exponent < 0 else None


def _cleared_of(poly: Polynomial, base: Variable) -> Polynomial:
    split = []
    for monomial, coefficient in poly.items():
        depth, rest = 0, []
        for each, times in monomial:
            found = _inverse(each)
            if found is not None and found[0] == base:
                depth += found[1] * times
            else:
                rest.append((each, times))
        split.append((depth, {frozenset(rest): coefficient}))
    deepest = max(depth for depth, _ in split)
    return plus(*(product(term, power(atom(base), deepest - depth)) for depth, term in split))
