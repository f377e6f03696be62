"""Zeilberger's algorithm: polynomials a₀(n), …, a_J(n) and a quotient R(n, k) with

    Σⱼ aⱼ(n) F(n + j, k) = G(n, k + 1) − G(n, k),   G = R h,  F = r h

for the rational factor r of a hypergeometric term F. However they were found, that they say so is checked.

Source: Petkovšek, Wilf, Zeilberger, *A = B*, chapters 5 and 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symderiv.equality.procedures.sums.hypergeometric.null_vectors import null_vectors
from symderiv.equality.procedures.sums.hypergeometric.ratios import K, Poly, Ratio, Ring, lowest
from symderiv.equality.procedures.sums.hypergeometric.terms import Shifts, Term

MAX_DEGREE, MAX_SHIFT = 10, 12


@dataclass(frozen=True, slots=True)
class Recurrence:
    """``coefficients``: the aⱼ; ``certificate``: R; ``poles``: where it may have no value, nor r."""

    ring: Ring
    coefficients: tuple[Poly, ...]
    certificate: Ratio
    poles: tuple[Poly, ...]


def recurrence(ring: Ring, term: Term, order: int) -> Recurrence | None:
    """A recurrence of that order, if the algorithm finds one."""
    rational = ring.read(term.rational)
    shifts = Shifts(ring, term)
    onward = shifts.ratio(0, 1)
    if rational is None or onward is None or rational.above.is_zero():
        return None
    values = []
    for j in range(order + 1):
        ratio = shifts.ratio(j, 0)
        if ratio is None:
            return None
        values.append(ring.moved(rational, j, 0).times(ratio))
    shared = ring.one
    for value in values:
        shared = shared * value.below / shared.gcd(value.below)
    found = next(_solved(ring, onward, values, shared), None)
    if found is None or not _holds(ring, onward, values, found):
        return None
    coefficients, certificate = found
    return Recurrence(ring, coefficients, certificate, (shared, certificate.below))


Found = tuple[tuple[Poly, ...], Ratio]


def _solved(ring: Ring, onward: Ratio, values: list[Ratio], shared: Poly) -> Iterator[Found]:
    """Gosper's equation ``a(k) x(k+1) − b(k−1) x(k) = c(k) Σ aⱼ pⱼ(k)``, solved for x and the aⱼ."""
    quotient = onward.times(lowest(shared, ring.shifted(shared, 0, 1)))
    a, b, c = _parted(ring, quotient)
    before = ring.shifted(b, 0, -1)
    wanted = [c * (value.above * shared / value.below) for value in values]
    highest = max(poly.degrees()[K] for poly in wanted)
    degree = max(0, highest - max(a.degrees()[K], before.degrees()[K]) + 1)
    if degree > MAX_DEGREE:
        return
    k = ring.context.gen(K)
    columns = [a * (k + 1) ** i - before * k**i for i in range(degree + 1)] + [-poly for poly in wanted]
    for vector in null_vectors(_rows(ring, columns), ring):
        coefficients = vector[degree + 1 :]
        if not coefficients[-1].is_zero():
            scale = coefficients[-1].leading_coefficient()
            powers = (entry * k**i / scale for i, entry in enumerate(vector[: degree + 1]))
            x = sum(powers, ring.context.constant(0))
            yield tuple(each / scale for each in coefficients), lowest(before * x, c * shared)


def _rows(ring: Ring, columns: list[Poly]) -> list[list[Poly]]:
    """The coefficients of each power of k, one row a power."""
    height = max(column.degrees()[K] for column in columns) + 1
    rows = [[ring.context.constant(0)] * len(columns) for _ in range(height)]
    for place, column in enumerate(columns):
        for power in range(height):
            terms = {(*at[:K], 0, *at[K + 1 :]): value for at, value in column.terms() if int(at[K]) == power}
            rows[power][place] = ring.context.from_dict(terms)
    return rows


def _parted(ring: Ring, quotient: Ratio) -> tuple[Poly, Poly, Poly]:
    """``a(k)/b(k) · c(k+1)/c(k)``, where a(k) and b(k + h) have no common factor for h ≥ 0."""
    a, b, c = quotient.above, quotient.below, ring.one
    for h in range(MAX_SHIFT + 1):
        shared = a.gcd(ring.shifted(b, 0, h))
        if not shared.is_constant():
            a, b = a / shared, b / ring.shifted(shared, 0, -h)
            for i in range(1, h + 1):
                c = c * ring.shifted(shared, 0, -i)
    return a, b, c


def _holds(ring: Ring, onward: Ratio, values: list[Ratio], found: Found) -> bool:
    """Is ``Σ aⱼ r(n + j, k) h(n + j, k)/h(n, k) = R(n, k + 1) h(n, k + 1)/h(n, k) − R(n, k)``?"""
    coefficients, certificate = found
    total = ring.moved(certificate, 0, 1).times(onward).minus(certificate)
    for a, value in zip(coefficients, values, strict=True):
        total = total.minus(Ratio(a, ring.one).times(value))
    return bool(total.above.is_zero())
