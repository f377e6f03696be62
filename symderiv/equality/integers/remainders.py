"""Cells that hold finitely many integers: k ≥ 0 and k < 2 are k = 0 and k = 1, each proved by itself."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from symderiv.equality.cells.positivity import domain_of
from symderiv.equality.cells.signs import Signs
from symderiv.equality.cells.solving import Solution, solve
from symderiv.equality.normal_forms.generators import terms
from symderiv.equality.normal_forms.integrality import is_integer_polynomial, over_integers
from symderiv.equality.rationals import fraction
from symderiv.expression.tree import Number, Variable

MAX_VALUES = 24
MAX_LINES = 4


def finite_values(signs: Signs) -> list[Solution] | None:
    """All values of an integer unknown in a cell, where they are few; None where no unknown is bounded so."""
    for generator in signs.field.generators:
        domain = domain_of(generator)
        if domain is None or not domain.integer or not isinstance(generator.expr, Variable):
            continue
        lower, upper = _bounds(signs, generator.position, domain.lower, domain.upper)
        if lower is None or upper is None or upper - lower >= MAX_VALUES:
            continue
        values = range(ceil(lower), floor(upper) + 1)
        return [Solution(generator.expr, Number(k)) for k in values if domain.contains(k)]
    return _on_few_lines(signs)


def _on_few_lines(signs: Signs) -> list[Solution] | None:
    """Where a difference of integers can be few numbers, an unknown of it is one of few others: k = n."""
    for number, (lower, upper) in _bounds_of_forms(signs).items():
        if lower is None or upper is None or upper - lower >= MAX_LINES:
            continue
        form = signs.field.poly(number)
        found = [solve(signs.field, form - k) for k in range(ceil(lower), floor(upper) + 1)]
        if None not in found:
            return [solution for solution in found if solution is not None and not solution.never]
    return None


def _bounds_of_forms(signs: Signs) -> dict[int, tuple[Fraction | None, Fraction | None]]:
    """The bounds of sums of integers, without their constants, that the known signs give (closed)."""
    bounds: dict[int, tuple[Fraction | None, Fraction | None]] = {}
    for number, (sign, _) in signs.known.items():
        poly = signs.field.poly(number)
        if poly.total_degree() != 1 or not over_integers(signs.field, poly):
            continue
        slope = fraction(poly.leading_coefficient())
        constant = poly.subs({f"g{each.position}": 0 for each in signs.field.used(poly)})
        form = (poly - constant) / poly.leading_coefficient()
        if not is_integer_polynomial(signs.field, form):
            continue
        key = signs.field.intern(form)
        bound = Fraction(0) if constant.is_zero() else -fraction(constant.leading_coefficient()) / slope
        lower, upper = bounds.get(key, (None, None))
        if sign * slope > 0:
            bounds[key] = bound if lower is None else max(lower, bound), upper
        else:
            bounds[key] = lower, bound if upper is None else min(upper, bound)
    return bounds


def _bounds(
    signs: Signs, position: int, lower: Fraction | None, upper: Fraction | None
) -> tuple[Fraction | None, Fraction | None]:
    """The bounds from the domain and from the linear polynomials g + c whose signs are known (closed)."""
    for number, (sign, _) in signs.known.items():
        rows = list(terms(signs.field.poly(number)))
        if rows[0][0] != ((position, 1),) or any(exponents for exponents, _ in rows[1:]):
            continue
        slope = fraction(rows[0][1])
        bound = -fraction(rows[1][1]) / slope if len(rows) > 1 else Fraction(0)
        if sign * slope > 0:
            lower = bound if lower is None else max(lower, bound)
        else:
            upper = bound if upper is None else min(upper, bound)
    return lower, upper
