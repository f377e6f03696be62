"""Signs of polynomials that hold by themselves: term by term, as a quadratic form, without a real root.

Each rule takes the signs of the generators as given and answers ``(sign, strict)`` or None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

import flint

from symderiv.equality.normal_forms.constants import ball_of
from symderiv.equality.normal_forms.generators import Field, Generator, Poly, terms
from symderiv.expression.kinds import Domain
from symderiv.expression.tree import Index, Variable

Sign = tuple[int, bool]
SignOf = Callable[[Generator], "Sign | None"]
MAX_QUADRATIC = 40
_ZERO = flint.fmpq(0)


def domain_of(generator: Generator) -> Domain | None:
    """The declared domain of a variable or array entry."""
    expr = generator.expr
    if generator.kind != "atom":
        return None
    if isinstance(expr, Index):
        expr = expr.base
    return expr.kind.domain if isinstance(expr, Variable) else None


def termwise(field: Field, poly: Poly, sign_of: SignOf) -> Sign | None:
    """All terms of one sign; strict when one term can't vanish."""
    overall, strict = 0, False
    for exponents, coefficient in terms(poly):
        sign, certain = (1 if coefficient > 0 else -1), True
        for position, exponent in exponents:
            known = sign_of(field.generators[position])
            if known is None:
                if exponent % 2:
                    return None
                certain = False
                continue
            certain = certain and known[1]
            if exponent % 2:
                sign *= known[0]
        if overall and sign != overall:
            return None
        overall, strict = sign, strict or certain
    return (overall, strict) if overall else None


def all_positive(field: Field, poly: Poly, sign_of: SignOf) -> bool:
    """Positive coefficients over positive unknowns: seen without looking at a monomial."""
    if any(coefficient < 0 for coefficient in poly.coeffs()):
        return False
    return all(sign_of(generator) == (1, True) for generator in field.used(poly))


def shifted(field: Field, poly: Poly, ends: str) -> Poly | None:
    """The polynomial with g = lower + g′ (or upper − g′) put in, g′ ≥ 0; None where no bound is known."""
    changed = False
    for generator in field.used(poly):
        domain = domain_of(generator)
        if domain is None:
            continue
        bound = domain.lower if ends == "lower" else domain.upper
        if bound is None or (bound == 0 and ends == "lower"):
            continue
        unknown = field.unknown(generator)
        sign = 1 if ends == "lower" else -1
        images = list(field.unknowns)
        images[generator.position] = flint.fmpq(bound.numerator, bound.denominator) + sign * unknown
        poly = poly.compose(*images)
        changed = True
    return poly if changed else None


def after_shift(domain: Domain, ends: str) -> Sign | None:
    """The sign of g′ after the shift."""
    if ends == "lower" and domain.lower is not None:
        return 1, domain.lower_open
    if ends == "upper" and domain.upper is not None:
        return 1, domain.upper_open
    return None


def quadratic_form(field: Field, poly: Poly, sign_of: SignOf) -> Sign | None:
    """``q(x) + rest`` with q a semidefinite quadratic form (exact LDLᵀ) and the rest of the same sign."""
    if poly.total_degree() != 2:
        return None
    for sign in (1, -1):
        found = _positive_quadratic(field, poly if sign > 0 else -poly, sign_of)
        if found is not None:
            return sign, found[1]
    return None


def _positive_quadratic(field: Field, poly: Poly, sign_of: SignOf) -> Sign | None:
    entries: dict[tuple[int, int], Any] = {}
    strict = False
    for exponents, coefficient in terms(poly):
        positions = [k for k, e in exponents for _ in range(e)]
        if len(positions) == 2:
            entries[positions[0], positions[1]] = coefficient
            continue
        known: Sign | None = (1, True) if not positions else sign_of(field.generators[positions[0]])
        if known is not None and coefficient > 0 and known[0] > 0:
            strict = strict or known[1]
            continue
        # a linear term of unknown sign: a border row of the form, squared with the constant
        entries[positions[0] if positions else -1, -1] = coefficient
    if any(-1 in key for key in entries):
        return _bordered(poly)
    return (1, strict) if _semidefinite(entries) else None


def _bordered(poly: Poly) -> Sign | None:
    entries: dict[tuple[int, int], Any] = {}
    for exponents, coefficient in terms(poly):
        positions = [k for k, e in exponents for _ in range(e)]
        first, second = (*positions, -1, -1)[:2]
        entries[first, second] = coefficient
    if not _semidefinite(entries):
        return None
    lowered = dict(entries)
    slack = entries.get((-1, -1), _ZERO) / 1024
    lowered[-1, -1] = entries.get((-1, -1), _ZERO) - slack
    return 1, slack != 0 and _semidefinite(lowered)


def _semidefinite(entries: dict[tuple[int, int], Any]) -> bool:
    """Symmetric elimination: every pivot at least 0, and a row of zeros below a zero pivot."""
    names = sorted({k for pair in entries for k in pair})
    if len(names) > MAX_QUADRATIC:
        return False

    def cell(a: int, b: int) -> Any:
        value = entries.get((a, b), _ZERO)
        return value if a == b else (value + entries.get((b, a), _ZERO)) / 2

    matrix = [[cell(a, b) for b in names] for a in names]
    for k in range(len(names)):
        pivot = matrix[k][k]
        if pivot < 0 or (pivot == 0 and any(matrix[k][j] for j in range(k + 1, len(names)))):
            return False
        for row in range(k + 1, len(names)):
            if not matrix[row][k]:
                continue
            factor = matrix[row][k] / pivot
            for column in range(k, len(names)):
                matrix[row][column] -= factor * matrix[k][column]
    return True


def univariate(field: Field, poly: Poly, sign_of: SignOf) -> Sign | None:
    """A polynomial in one generator without a root in its range has one sign there."""
    used = field.used(poly)
    if len(used) != 1:
        return None
    generator = used[0]
    dense = as_univariate(poly, generator.position)
    known = sign_of(generator)
    domain = domain_of(generator) or Domain()
    roots = real_roots((dense,))
    if roots is None:
        return None
    inside = [r for r in roots if _may_be_inside(r, domain, known)]
    if inside:
        return None
    sample = _sample_in(domain, known)
    value = dense(flint.fmpq(sample.numerator, sample.denominator))
    return (1 if value > 0 else -1), True


def as_univariate(poly: Poly, position: int) -> flint.fmpq_poly:
    coefficients = [flint.fmpq(0)] * (int(poly.degrees()[position]) + 1)
    for exponents, coefficient in zip(poly.monoms(), poly.coeffs(), strict=True):
        coefficients[int(exponents[position])] = coefficient
    return flint.fmpq_poly(coefficients)


def real_roots(polys: Iterable[flint.fmpq_poly]) -> list[flint.arb] | None:
    """Enclosures of all real roots, in no order; None where a degree is too high."""
    found: list[flint.arb] = []
    for poly in polys:
        integral = poly.numer()
        if integral.degree() > 60:
            return None
        if integral.degree() > 0:
            found.extend(r.real for r, _ in integral.complex_roots() if r.imag == 0)
    return found


def _may_be_inside(root: flint.arb, domain: Domain, known: Sign | None) -> bool:
    if domain.lower is not None and root < flint.arb(flint.fmpq(*domain.lower.as_integer_ratio())):
        return False
    if domain.upper is not None and root > flint.arb(flint.fmpq(*domain.upper.as_integer_ratio())):
        return False
    return not (known is not None and ((known[0] > 0 and root < 0) or (known[0] < 0 and root > 0)))


def _sample_in(domain: Domain, known: Sign | None) -> Fraction:
    lower, upper = domain.lower, domain.upper
    if known is not None and known[0] > 0 and (lower is None or lower < 0):
        lower = Fraction(0)
    if known is not None and known[0] < 0 and (upper is None or upper > 0):
        upper = Fraction(0)
    if lower is not None and upper is not None:
        return (lower + upper) / 2
    if lower is not None:
        return lower + 1
    return upper - 1 if upper is not None else Fraction(0)


def of_constant(field: Field, poly: Poly) -> Sign | None:
    """The sign of a polynomial in constants (π, log 2, √3, e), by balls that exclude zero."""
    ball = ball_of(field, poly)
    if ball is None:
        return None
    old = flint.ctx.prec
    try:
        for precision in (96, 512):
            flint.ctx.prec = precision
            value = ball()
            if value > 0:
                return 1, True
            if value < 0:
                return -1, True
    finally:
        flint.ctx.prec = old
    return None
