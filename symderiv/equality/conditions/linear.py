"""Exact linear arithmetic: can these inequalities hold together? (Fourier–Motzkin over integers, capped)"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

MAX_CONSTRAINTS = 150
Terms = tuple[tuple[Hashable, int], ...]


@dataclass(frozen=True, slots=True)
class Constraint:
    """``Σ cₖ mₖ + constant > 0`` (strict) or ``≥ 0``, in whole numbers; monomials count as unknowns."""

    terms: Terms
    constant: int
    strict: bool

    def negated(self) -> Constraint:
        return Constraint(tuple((m, -c) for m, c in self.terms), -self.constant, not self.strict)

    def tightened(self) -> Constraint:
        """The same over integers: 2k + 1 > 0 means k ≥ 0."""
        divisor = gcd(*(c for _, c in self.terms)) or 1
        bound = (-self.constant) // divisor + 1 if self.strict else -(self.constant // divisor)
        return Constraint(tuple((m, c // divisor) for m, c in self.terms), -bound, False)

    def violated(self) -> bool:
        return not self.terms and (self.constant < 0 or (self.strict and self.constant == 0))


def whole(terms: Sequence[tuple[Hashable, Fraction]], constant: Fraction, strict: bool) -> Constraint:
    """The constraint with its denominators multiplied away."""
    scale = lcm(constant.denominator, *(c.denominator for _, c in terms))
    return Constraint(tuple((m, int(c * scale)) for m, c in terms), int(constant * scale), strict)


def infeasible(constraints: Iterable[Constraint]) -> bool:
    """True where no numbers satisfy all of them; False also where the cap was met.

    >>> infeasible([Constraint((("x", 1),), 0, True), Constraint((("x", -1),), -1, False)])
    True
    """
    rows: list[tuple[dict[Hashable, int], int, bool]] = []
    for row in constraints:
        if row.violated():
            return True
        rows.append((dict(row.terms), row.constant, row.strict))
    while True:
        unknowns: dict[Hashable, list[int]] = {}
        for terms, _, _ in rows:
            for m, c in terms.items():
                unknowns.setdefault(m, [0, 0])[c > 0] += 1
        if not unknowns:
            return False
        best = min(unknowns, key=lambda m: unknowns[m][0] * unknowns[m][1] - sum(unknowns[m]))
        eliminated = _eliminated(rows, best)
        if eliminated is None:
            return True
        rows = eliminated
        if len(rows) > MAX_CONSTRAINTS:
            return False


Row = tuple[dict[Hashable, int], int, bool]


def _eliminated(rows: list[Row], unknown: Hashable) -> list[Row] | None:
    """The rows that follow without an unknown; None where one of them is violated."""
    rest = [row for row in rows if unknown not in row[0]]
    lower = [row for row in rows if row[0].get(unknown, 0) > 0]
    upper = [row for row in rows if row[0].get(unknown, 0) < 0]
    seen = set()
    for low in lower:
        for high in upper:
            terms, constant, strict = _combined(low, -high[0][unknown], high, low[0][unknown])
            if not terms:
                if constant < 0 or (strict and constant == 0):
                    return None
                continue
            key = (frozenset(terms.items()), constant, strict)
            if key not in seen:
                seen.add(key)
                rest.append((terms, constant, strict))
    return rest


def _combined(p: Row, a: int, q: Row, b: int) -> Row:
    terms = {m: c * a for m, c in p[0].items()}
    for m, c in q[0].items():
        terms[m] = terms.get(m, 0) + c * b
    constant = p[1] * a + q[1] * b
    kept = {m: c for m, c in terms.items() if c}
    divisor = gcd(constant, *kept.values()) or 1
    if divisor > 1:
        kept = {m: c // divisor for m, c in kept.items()}
        constant //= divisor
    return kept, constant, p[2] or q[2]
