"""Exact linear arithmetic: can these inequalities hold together? (Fourier–Motzkin, capped)"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction

MAX_CONSTRAINTS = 150


@dataclass(frozen=True, slots=True)
class Constraint:
    """``Σ cₖ mₖ + constant > 0`` (strict) or ``≥ 0``; the monomials mₖ count as unknowns."""

    terms: tuple[tuple[Hashable, Fraction], ...]
    constant: Fraction
    strict: bool

    def negated(self) -> Constraint:
        terms = tuple((m, -c) for m, c in self.terms)
        return Constraint(terms, -self.constant, not self.strict)

    def violated(self) -> bool:
        return not self.terms and (self.constant < 0 or (self.strict and self.constant == 0))


def infeasible(constraints: Iterable[Constraint]) -> bool:
    """True where no numbers satisfy all of them; False also where the cap was met.

    >>> x_positive = Constraint((("x", Fraction(1)),), Fraction(0), True)
    >>> infeasible([x_positive, Constraint((("x", Fraction(-1)),), Fraction(-1), False)])
    True
    """
    system = set(constraints)
    while True:
        if any(c.violated() for c in system):
            return True
        unknowns = {m for c in system for m, _ in c.terms}
        if not unknowns:
            return False
        best = min(unknowns, key=lambda m: _cost(system, m))
        system = _eliminated(system, best)
        if len(system) > MAX_CONSTRAINTS:
            return False


def _cost(system: set[Constraint], unknown: Hashable) -> int:
    signs = [c > 0 for row in system for m, c in row.terms if m == unknown]
    above = sum(signs)
    return above * (len(signs) - above) - len(signs)


def _eliminated(system: set[Constraint], unknown: Hashable) -> set[Constraint]:
    rest: set[Constraint] = set()
    lower: list[tuple[Fraction, Constraint]] = []
    upper: list[tuple[Fraction, Constraint]] = []
    for row in system:
        coefficient = dict(row.terms).get(unknown)
        if coefficient is None:
            rest.add(row)
        elif coefficient > 0:
            lower.append((coefficient, row))
        else:
            upper.append((-coefficient, row))
    for a, low in lower:
        for b, high in upper:
            rest.add(_combined(low, b, high, a))
    return rest


def _combined(p: Constraint, a: Fraction, q: Constraint, b: Fraction) -> Constraint:
    terms: dict[Hashable, Fraction] = {m: c * a for m, c in p.terms}
    for m, c in q.terms:
        terms[m] = terms.get(m, Fraction(0)) + c * b
    kept = {m: c for m, c in terms.items() if c}
    scale = max((abs(c) for c in kept.values()), default=Fraction(1))
    rows = tuple(sorted(((m, c / scale) for m, c in kept.items()), key=repr))
    return Constraint(rows, (p.constant * a + q.constant * b) / scale, p.strict or q.strict)
