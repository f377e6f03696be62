"""Signs of polynomials over unknowns between two numbers: ``1 - a c > 0`` for a and c in (0, 1).

``g = (l + u t)/(1 + t)`` runs through (l, u) as t runs through the positive numbers. Times powers of 1 + t,
a polynomial in such g is one in the t: where all its terms have one sign, so has it (Pólya).
"""

from __future__ import annotations

from collections.abc import Mapping

import flint

from symderiv.equality.cells.positivity import Sign, SignOf, domain_of, termwise
from symderiv.equality.normal_forms.generators import Field, Generator, Poly, terms
from symderiv.expression.kinds import Domain

MAX_DEGREE, MAX_TERMS = 6, 60


def between_bounds(field: Field, poly: Poly, sign_of: SignOf) -> Sign | None:
    """The sign, strict only where each such unknown stays away from its bounds."""
    found = ((g.position, domain_of(g)) for g in field.used(poly))
    inside = {position: domain for position, domain in found if domain and _is_bounded(domain)}
    if not inside or len(poly) > MAX_TERMS or max(map(int, poly.degrees())) > MAX_DEGREE:
        return None

    def sign_after(generator: Generator) -> Sign | None:
        return (1, True) if generator.position in inside else sign_of(generator)

    sign = termwise(field, _stretched(field, poly, inside), sign_after)
    is_open = all(domain.lower_open and domain.upper_open for domain in inside.values())
    return sign and (sign[0], sign[1] and is_open)


def _is_bounded(domain: Domain) -> bool:
    return domain.lower is not None and domain.upper is not None and domain.lower < domain.upper


def _stretched(field: Field, poly: Poly, inside: Mapping[int, Domain]) -> Poly:
    """With (l + u t)/(1 + t) put in for each of these unknowns, times the powers of 1 + t below it."""
    degrees = poly.degrees()
    result = field.zero
    for exponents, coefficient in terms(poly):
        powers = dict(exponents)
        term = field.monomial(tuple(each for each in exponents if each[0] not in inside)) * coefficient
        for position, domain in inside.items():
            t, power = field.unknowns[position], powers.get(position, 0)
            assert domain.lower is not None and domain.upper is not None
            low, high = (flint.fmpq(*bound.as_integer_ratio()) for bound in (domain.lower, domain.upper))
            term = term * (low + high * t) ** power * (1 + t) ** (int(degrees[position]) - power)
        result = result + term
    return result
