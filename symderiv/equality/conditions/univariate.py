"""Polynomial relations in one real unknown, decided exactly: by the cells between the real roots."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import flint

from symderiv.equality.conditions.polynomial import Polynomial, atoms_of
from symderiv.equality.conditions.relations import Relation
from symderiv.expression.tree import Expr

MAX_DEGREE = 12
PRECISION = 256
_ALLOWED = {"ge": (0, 1), "gt": (1,), "eq": (0,)}

Root = tuple[flint.arb, flint.fmpz_poly]


def unsolvable(relations: list[Relation]) -> bool:
    """Whether the relations in some one unknown alone have no real solution."""
    by_unknown: dict[Expr, list[Relation]] = {}
    for relation in relations:
        atoms = atoms_of((relation.poly,))
        if len(atoms) == 1:
            by_unknown.setdefault(atoms[0], []).append(relation)
    return any(
        any(_degree(r.poly) > 1 for r in group) and _no_solution(group) for group in by_unknown.values()
    )


def _degree(poly: Polynomial) -> int:
    return max(sum(exponent for _, exponent in monomial) for monomial in poly)


def _no_solution(relations: list[Relation]) -> bool:
    polys = [_dense(r.poly) for r in relations]
    if any(poly.degree() > MAX_DEGREE for poly in polys):
        return False
    before = flint.ctx.prec
    flint.ctx.prec = PRECISION
    try:
        roots = _roots(polys)
        if roots is None:
            return False
        kinds = [_ALLOWED[r.kind] for r in relations]
        found: list[list[int | None]] = [[_sign_at(p, t) for p in polys] for t in _samples(roots)]
        found += [[_sign_at_root(p, root) for p in polys] for root in roots]
        return not any(
            all(s is None or s in allowed for s, allowed in zip(signs, kinds, strict=True)) for signs in found
        )
    finally:
        flint.ctx.prec = before


def _dense(poly: Polynomial) -> flint.fmpz_poly:
    """A positive multiple with integer coefficients."""
    coefficients = [Fraction(0)] * (_degree(poly) + 1)
    for monomial, c in poly.items():
        coefficients[sum(exponent for _, exponent in monomial)] = c
    rational = flint.fmpq_poly([flint.fmpq(c.numerator, c.denominator) for c in coefficients])
    return rational.numer()


def _roots(polys: list[flint.fmpz_poly]) -> list[Root] | None:
    """All real roots in order, each with its irreducible polynomial; ``None`` if two enclosures overlap."""
    factors = {str(f): f for p in polys if p.degree() > 0 for f, _ in p.factor()[1]}
    roots = [(r.real, f) for f in factors.values() for r, _ in f.complex_roots() if r.imag == 0]
    roots.sort(key=lambda root: float(root[0].mid()))
    return roots if all(a < b for (a, _), (b, _) in pairwise(roots)) else None


def _samples(roots: list[Root]) -> Iterator[flint.fmpq]:
    """A rational number in each cell."""
    if not roots:
        yield flint.fmpq(0)
        return
    yield _rational(roots[0][0].lower()) - 1
    yield _rational(roots[-1][0].upper()) + 1
    for (a, _), (b, _) in pairwise(roots):
        yield (_rational(a.upper()) + _rational(b.lower())) / 2


def _rational(value: flint.arb) -> flint.fmpq:
    mantissa, exponent = value.man_exp()
    return flint.fmpq(int(mantissa)) * flint.fmpq(2) ** int(exponent)


def _sign_at(poly: flint.fmpz_poly, t: flint.fmpq) -> int:
    value = flint.fmpq_poly(poly)(t)
    return int(value > 0) - int(value < 0)


def _sign_at_root(poly: flint.fmpz_poly, root: Root) -> int | None:
    """The sign at an algebraic number: zero where its polynomial divides; ``None`` if a ball can't tell."""
    where, irreducible = root
    if poly % irreducible == 0 or poly == 0:
        return 0
    value = flint.arb_poly(poly)(where)
    return 1 if value > 0 else -1 if value < 0 else None
