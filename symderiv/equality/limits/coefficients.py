"""Coefficients of expansions: polynomials in atoms, with inverses and exponentials in a normal form.

``1/x`` is the atom x to the power -1, ``exp(2x - y)`` is exp(x)² exp(y)⁻¹, so that what cancels is seen.
"""

from __future__ import annotations

from fractions import Fraction

from symderiv.equality.conditions.polynomial import (
    UNIT,
    Monomial,
    Polynomial,
    TooLarge,
    constant,
    exponents_added,
    multiplied,
    plus,
    scaled,
)
from symderiv.expression import build
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import EULER, Apply, Constant, Expr, Number

MAX_TERMS = 60
MAX_BITS = 100_000


def times(a: Polynomial, b: Polynomial) -> Polynomial:
    """The product, powers that cancel dropped."""
    return multiplied(a, b, _cancelled, MAX_TERMS)


def _cancelled(a: Monomial, b: Monomial) -> Monomial:
    return frozenset((base, e) for base, e in exponents_added(a, b).items() if e)


def to_power(poly: Polynomial, n: int) -> Polynomial:
    """By squaring; of huge numbers none."""
    if n < 0:
        return to_power(inverse(poly), -n)
    bits = max((max(c.numerator.bit_length(), c.denominator.bit_length()) for c in poly.values()), default=1)
    if poly not in (constant(1), constant(-1)) and bits * n > MAX_BITS:
        raise TooLarge
    result, square = constant(1), poly
    while n:
        result = times(result, square) if n % 2 else result
        n //= 2
        square = times(square, square) if n else square
    return result


def inverse(poly: Polynomial) -> Polynomial:
    """``1/p``: term by term for a single term, else an atom of its own."""
    if len(poly) == 1:
        ((monomial, c),) = poly.items()
        return {frozenset((base, -e) for base, e in monomial): 1 / c}
    first = ordered(poly)[0][1]
    return {frozenset(((expression(scaled(poly, 1 / first)), -1),)): 1 / first}


def exponential(poly: Polynomial) -> Polynomial:
    """``exp p`` as a product, one factor a term."""
    exponents: dict[Expr, int] = {}
    for monomial, c in poly.items():
        unit = expression({monomial: Fraction(1, c.denominator)})
        base = EULER if unit == Number(1) else Apply("exp", (unit,))
        exponents[base] = exponents.get(base, 0) + c.numerator
    return {frozenset((base, e) for base, e in exponents.items() if e): Fraction(1)}


def applied(head: str, poly: Polynomial, *rest: Expr) -> Polynomial:
    """An atom ``head(p)``, or the number it is."""
    folded = build.function(head, expression(poly)) if not rest else build.power(expression(poly), *rest)
    return coefficient(folded) if isinstance(folded, Number) else {frozenset(((folded, 1),)): Fraction(1)}


def coefficient(expr: Expr) -> Polynomial:
    """The normal form of an expression that doesn't depend on the limit's variable."""
    if isinstance(expr, Number):
        return constant(Fraction(expr.value))
    if isinstance(expr, Apply):
        if expr.head == "add":
            return plus(*map(coefficient, expr.args))
        if expr.head == "mul":
            result = constant(1)
            for factor in expr.args:
                result = times(result, coefficient(factor))
            return result
        if expr.head == "exp":
            return exponential(coefficient(expr.args[0]))
        if expr.head in ("sinh", "cosh", "tanh"):
            return _hyperbolic(expr.head, coefficient(expr.args[0]))
        if expr.head == "pow" and isinstance(expr.args[1], Number):
            return _power(expr.args[0], expr.args[1].value)
    return {frozenset(((expr, 1),)): Fraction(1)}


def _hyperbolic(head: str, inside: Polynomial) -> Polynomial:
    up, down = exponential(inside), exponential(scaled(inside, -1))
    sinh, cosh = plus(up, scaled(down, -1)), plus(up, down)
    if head == "tanh":
        return times(sinh, inverse(cosh))
    return scaled(sinh if head == "sinh" else cosh, Fraction(1, 2))


def _power(base: Expr, exponent: int | Fraction) -> Polynomial:
    inside = coefficient(base)
    if isinstance(exponent, int) and inside and abs(exponent) <= 24:
        return to_power(inside, exponent)
    return {frozenset(((build.power(base, Number(exponent)), 1),)): Fraction(1)}


def ordered(poly: Polynomial) -> list[tuple[Monomial, Fraction]]:
    """The terms in an order that doesn't depend on how they came about."""
    return sorted(poly.items(), key=lambda term: to_text(_monomial(term[0])))


def expression(poly: Polynomial) -> Expr:
    """The polynomial as an expression."""
    return build.add(*(build.mul(Number(c), _monomial(m)) for m, c in ordered(poly)))


def _monomial(monomial: Monomial) -> Expr:
    factors = sorted(monomial, key=lambda factor: to_text(factor[0]))
    return build.mul(*(_factor(base, e) for base, e in factors)) if monomial != UNIT else Number(1)


def _factor(base: Expr, exponent: int) -> Expr:
    if isinstance(base, Constant) and base == EULER:
        return build.function("exp", Number(exponent))
    return build.power(base, Number(exponent))
