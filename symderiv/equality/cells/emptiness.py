"""Does a sign cell contain a point? Only a cell that is proved empty may be left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TypeAlias

import flint

from symderiv.equality.cells.positivity import Sign, as_univariate, domain_of, real_roots
from symderiv.equality.cells.signs import Signs, constraint
from symderiv.equality.conditions.linear import Constraint, infeasible
from symderiv.equality.normal_forms.generators import terms
from symderiv.equality.rationals import exact

Row: TypeAlias = tuple[int, Sign]


def is_empty(signs: Signs) -> bool:
    """Proved by linear arithmetic over monomials, or by the real roots of polynomials in one unknown."""
    rows = signs.constraints(signs.field.zero)
    if infeasible(rows) or infeasible([*rows, *_times_unknowns(signs)]):
        return True
    return any(_empty_on_a_line(signs, *group) for group in _lines(signs).items())


def thin_facts(signs: Signs) -> Iterator[int]:
    """The polynomials whose zeros alone the facts may leave in an empty cell: ``x² ≤ 0`` holds at 0."""
    if not infeasible(signs.constraints(signs.field.zero)):
        for rows in _lines(signs).values():
            yield from (number for number, (_, strict) in rows if not strict)


def _times_unknowns(signs: Signs) -> Iterator[Constraint]:
    """What is known, times unknowns of one sign: m ≤ M and η > 0 give ηm ≤ ηM, if both are spoken of."""
    field = signs.field
    polys = {number: field.poly(number) for number in signs.known}
    met = {exponents for poly in polys.values() for exponents, _ in terms(poly)}
    factors = {g.position: g for poly in polys.values() for g in field.used(poly)}
    for generator in factors.values():
        factor = signs.of_generator(generator)
        for number, (sign, strict) in signs.known.items() if factor is not None else ():
            multiple = polys[number] * field.unknown(generator)
            if factor is not None and all(exponents in met for exponents, _ in terms(multiple)):
                yield constraint(multiple, sign * factor[0], strict and factor[1])


def _lines(signs: Signs) -> Mapping[int, list[Row]]:
    """What is known of polynomials in one unknown each, by the place of that."""
    groups: dict[int, list[Row]] = {}
    for number, sign in signs.known.items():
        used = signs.field.used(signs.field.poly(number))
        if len(used) == 1:
            groups.setdefault(used[0].position, []).append((number, sign))
    return groups


def _empty_on_a_line(signs: Signs, position: int, rows: list[Row]) -> bool:
    """No open interval between the roots satisfies all the signs."""
    generator = signs.field.generators[position]
    wanted = [(as_univariate(signs.field.poly(n), position), s) for n, (s, _) in rows]
    domain = domain_of(generator)
    if generator.sign:
        wanted.append((flint.fmpq_poly([0, 1]), 1))
    if domain is not None and domain.lower is not None:
        wanted.append((flint.fmpq_poly([exact(-domain.lower), 1]), 1))
    if domain is not None and domain.upper is not None:
        wanted.append((flint.fmpq_poly([exact(domain.upper), -1]), 1))
    samples = _between_roots([poly for poly, _ in wanted])
    if samples is None:
        return False
    return not any(all(poly(x) * sign > 0 for poly, sign in wanted) for x in samples)


def _between_roots(polys: list[flint.fmpq_poly]) -> list[flint.fmpq] | None:
    """A rational point in every open interval between the real roots, and beyond them."""
    product = flint.fmpq_poly([1])
    for poly in polys:
        product *= poly
    _, factors = product.numer().factor()
    square_free = flint.fmpz_poly([1])
    for factor, _ in factors:
        square_free *= factor
    found = real_roots([flint.fmpq_poly(square_free)])
    if found is None:
        return None
    if not found:
        return [flint.fmpq(0)]
    roots = sorted(found, key=lambda r: float(r.mid()))
    if any(not (p < q) for p, q in pairwise(roots)):
        return None
    samples = [flint.fmpq(int(roots[0].lower().floor().unique_fmpz()) - 1)]
    samples += [(_rational(p) + _rational(q)) / 2 for p, q in pairwise(roots)]
    samples.append(flint.fmpq(int(roots[-1].upper().ceil().unique_fmpz()) + 1))
    return samples


def _rational(root: flint.arb) -> flint.fmpq:
    mantissa, exponent = root.mid().man_exp()
    return flint.fmpq(mantissa) * flint.fmpq(2) ** int(exponent)
