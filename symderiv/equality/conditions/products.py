"""Relations multiplied: of ``p ≥ 0`` and ``q > 0`` also ``p q ≥ 0``, where the monomials are the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from symderiv.equality.conditions.polynomial import Comparison, Monomial, degree, product
from symderiv.equality.conditions.relations import Relation

MAX_FACTORS = 14


def products(relations: Sequence[Relation]) -> Iterator[Relation]:
    """The products of two relations that bring no new monomials but squares.

    ``a ≤ 0`` and ``a + c > 0`` give ``a² + a c ≤ 0``, which says something beside ``a c > b²``.
    """
    met = {monomial for relation in relations for monomial in relation.poly}
    if len(relations) > MAX_FACTORS or all(degree(monomial) < 2 for monomial in met):
        return
    for first, second in combinations(relations, 2):
        found = product(first.poly, second.poly)
        if all(monomial in met or _is_square(monomial) for monomial in found):
            yield Relation(found, _kind(first.kind, second.kind))


def _is_square(monomial: Monomial) -> bool:
    return all(exponent % 2 == 0 for _, exponent in monomial)


def _kind(*kinds: Comparison) -> Comparison:
    if "eq" in kinds:
        return "eq"
    return "ge" if "ge" in kinds else "gt"
