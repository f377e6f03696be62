"""Cells that hold finitely many integers: k ≥ 0 and k < 2 are k = 0 and k = 1, each proved by itself."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from symderiv.equality.cells.positivity import domain_of
from symderiv.equality.cells.signs import Signs
from symderiv.equality.cells.solving import Solution
from symderiv.equality.normal_forms.generators import fraction, terms
from symderiv.expression.tree import Number, Variable

MAX_VALUES = 24


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
    return None


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
