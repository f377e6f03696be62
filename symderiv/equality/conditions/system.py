"""Can these polynomial relations hold together? ``True`` from `inconsistent` is a proof that they can't.

The rules: integer relations are tightened; an atom with one value left is put in; every atom is shifted to
its bound, where a polynomial without negative coefficients is at least its constant; linear arithmetic
over monomials, those of products of two relations among them; exact affine integer sets (isl); an integer
is split off its lower bound.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from symderiv.equality.conditions.bounds import Bounds, narrowed
from symderiv.equality.conditions.integer_sets import empty
from symderiv.equality.conditions.linear import Constraint, infeasible, whole
from symderiv.equality.conditions.polynomial import (
    UNIT,
    Polynomial,
    TooLarge,
    atoms_of,
    constant,
    degree,
    replaced,
    scaled,
    shifted,
)
from symderiv.equality.conditions.products import products
from symderiv.equality.conditions.relations import Relation, tightened
from symderiv.equality.conditions.squares import is_sum_of_squares
from symderiv.equality.conditions.univariate import unsolvable
from symderiv.expression.tree import Expr

MAX_ROWS = 30


@dataclass(slots=True)
class Budget:
    """How many systems may still be looked at before the question is given up."""

    systems: int = 48

    def spend(self) -> bool:
        self.systems -= 1
        return self.systems >= 0


def inconsistent(relations: Iterable[Relation], bounds: dict[Expr, Bounds], budget: Budget) -> bool:
    """Whether the relations certainly have no common solution; ``bounds`` say what is known of the atoms."""
    try:
        return _inconsistent([tightened(r) for r in relations], bounds, budget)
    except TooLarge:
        return False


def _inconsistent(relations: list[Relation], bounds: dict[Expr, Bounds], budget: Budget) -> bool:
    if not budget.spend():
        return False
    bounds = {base: replace(known) for base, known in bounds.items()}
    settled = _settled(relations, bounds)
    if settled is None:
        return True
    relations = settled
    if any(_contradicts_bounds(r, bounds) for r in relations) or _linear_contradiction(relations, bounds):
        return True
    return (
        unsolvable(_with_bounds(relations, bounds))
        or empty(relations, bounds)
        or _by_products(relations, bounds)
        or _by_splitting(relations, bounds, budget)
    )


def _by_products(relations: list[Relation], bounds: dict[Expr, Bounds]) -> bool:
    more = list(products(_with_bounds(relations, bounds)))
    return bool(more) and _linear_contradiction([*relations, *more], bounds)


def _with_bounds(relations: list[Relation], bounds: dict[Expr, Bounds]) -> list[Relation]:
    """The relations, and what the bounds say of their atoms."""
    used = atoms_of(r.poly for r in relations)
    rows = [row for base in used for row in bounds.get(base, Bounds()).rows(base)]
    return [*relations, *(Relation(poly, "gt" if is_open else "ge") for poly, is_open in rows)]


def _settled(relations: list[Relation], bounds: dict[Expr, Bounds]) -> list[Relation] | None:
    """Bounds narrowed by the relations in one atom; atoms with one value put in. ``None``: contradiction."""
    for _ in range(12):
        changed = False
        for relation in relations:
            if relation.violated:
                return None
            changed |= narrowed(bounds, relation.poly, relation.kind)
        if any(known.is_empty for known in bounds.values()):
            return None
        used = set(atoms_of(r.poly for r in relations))
        for base, known in bounds.items():
            value = known.value
            if value is not None and base in used:
                relations = [
                    tightened(replace(r, poly=replaced(r.poly, base, constant(value)))) for r in relations
                ]
                changed = True
        if not changed:
            break
    return None if any(r.violated for r in relations) else relations


def _contradicts_bounds(relation: Relation, bounds: dict[Expr, Bounds]) -> bool:
    """After the shift to the bounds, the opposite of what the relation says is term by term true."""
    opposite = scaled(relation.poly, -1)
    if _surely(opposite, bounds, strict=relation.kind != "gt"):
        return True
    return relation.kind == "eq" and _surely(relation.poly, bounds, strict=True)


def _surely(poly: Polynomial, bounds: dict[Expr, Bounds], *, strict: bool) -> bool:
    """Whether ``poly ≥ 0`` (``> 0`` if strict) term by term after the shift, or as a sum of squares."""
    if is_sum_of_squares(poly, strict=strict):
        return True
    positive: set[Expr] = set()
    bounded: set[Expr] = set()
    for base in atoms_of((poly,)):
        known = bounds.get(base)
        if known is None or (known.lower is None and known.upper is None):
            continue
        bounded.add(base)
        if known.lower is not None:
            poly, is_open = shifted(poly, base, known.lower, 1), known.lower_open
        else:
            assert known.upper is not None
            poly, is_open = shifted(poly, base, known.upper, -1), known.upper_open
        if is_open:
            positive.add(base)
    certain = False
    for monomial, c in poly.items():
        if c < 0 or any(exponent % 2 and base not in bounded for base, exponent in monomial):
            return False
        certain = certain or all(base in positive for base, _ in monomial)
    return certain or not strict


def _linear_contradiction(relations: list[Relation], bounds: dict[Expr, Bounds]) -> bool:
    rows: list[Constraint] = []
    for relation in relations:
        rows.append(_row(relation.poly, relation.kind == "gt"))
        if relation.kind == "eq":
            rows.append(_row(scaled(relation.poly, -1), False))
    used = atoms_of(r.poly for r in relations)
    for base in used:
        for poly, is_open in bounds.get(base, Bounds()).rows(base):
            rows.append(_row(poly, is_open))
    rows.extend(_monomial_rows(relations, bounds))
    return len(rows) <= MAX_ROWS and infeasible(rows)


def _row(poly: Polynomial, strict: bool) -> Constraint:
    return whole([(m, c) for m, c in poly.items() if m != UNIT], poly.get(UNIT, Fraction(0)), strict)


def _monomial_rows(relations: list[Relation], bounds: dict[Expr, Bounds]) -> list[Constraint]:
    """The signs of the products that occur."""
    rows = []
    for monomial in {m for r in relations for m in r.poly if degree(m) > 1}:
        sign, strict = 1, True
        for base, exponent in monomial:
            known = bounds.get(base, Bounds())
            low = known.lower is not None and known.lower >= 0
            high = known.upper is not None and known.upper <= 0
            strict = strict and known.excludes_zero
            if exponent % 2 and not low:
                sign = -sign if high else 0
            if not sign:
                break
        if sign:
            rows.append(Constraint(((monomial, sign),), 0, strict))
    return rows


def _by_splitting(relations: list[Relation], bounds: dict[Expr, Bounds], budget: Budget) -> bool:
    """An integer at its lower bound, and above it: both must be impossible."""
    for base in atoms_of(r.poly for r in relations):
        known = bounds.get(base)
        if known is None or not known.integer or known.lower is None:
            continue
        if not any(degree(m) > 1 and base in dict(m) for r in relations for m in r.poly):
            continue
        at_bound = {**bounds, base: replace(known, upper=known.lower)}
        above = {**bounds, base: replace(known, lower=known.lower + 1)}
        return _inconsistent(relations, at_bound, budget) and _inconsistent(relations, above, budget)
    return False
