"""Polynomials over generators back as expressions, to substitute and to name exceptions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symderiv.equality.normal_forms.generators import Field, Generator, Monomial, Poly, terms
from symderiv.equality.normal_forms.rational import Element
from symderiv.equality.rationals import fraction
from symderiv.expression.build import add, divide, mul, power
from symderiv.expression.tree import ONE, Apply, Expr, Number


def to_expr(field: Field, poly: Poly) -> Expr:
    """``Σ c ∏ g^e`` as an entry expression."""
    return add(*(mul(Number(fraction(c)), monomial(field, exponents)) for exponents, c in terms(poly)))


def monomial(field: Field, exponents: Monomial) -> Expr:
    return mul(*(power(generator_expr(field, field.generators[k]), Number(e)) for k, e in exponents))


def element_expr(field: Field, element: Element) -> Expr:
    below = [power(to_expr(field, field.poly(p)), Number(-m)) for p, m in element.den.items()]
    return mul(to_expr(field, element.num), *below)


def generator_expr(field: Field, generator: Generator) -> Expr:
    """How a generator reads."""
    if generator.expr is None:
        generator.expr = _READ[generator.kind](field, generator)
    return generator.expr


def _exponent(field: Field, generator: Generator) -> Expr:
    exponents, below, base = generator.data
    above = mul(Number(base), monomial(field, exponents))
    return divide(above, to_expr(field, field.poly(below))) if below >= 0 else above


def _absolute(field: Field, generator: Generator) -> Expr:
    return Apply("abs", (to_expr(field, field.poly(generator.data)),))


def _degree(field: Field, generator: Generator) -> Expr:
    return Number(Fraction(1, field.plan.degree(generator.label, 1)))


def _half_tangent(field: Field, generator: Generator) -> Expr:
    return Apply("tan", (mul(Number(Fraction(1, 2)), _exponent(field, generator)),))


def _ratio(field: Field, generator: Generator) -> Expr:
    alpha, beta_root, _ = (element_expr(field, part) for part in generator.data)
    quotient = divide(add(alpha, beta_root), add(alpha, mul(Number(-1), beta_root)))
    return Apply("log", (Apply("abs", (quotient,)),))


_READ: dict[str, Callable[[Field, Generator], Expr]] = {
    "exp": lambda field, g: Apply("exp", (_exponent(field, g),)),
    "log": lambda field, g: Apply("log", (_absolute(field, g),)),
    "log prime": lambda field, g: Apply("log", (Number(g.data),)),
    "log ratio": _ratio,
    "root": lambda field, g: power(_absolute(field, g), _degree(field, g)),
    "root prime": lambda field, g: power(Number(g.data), _degree(field, g)),
    "tan": _half_tangent,
    "atan": lambda field, g: Apply("atan", (element_expr(field, g.data),)),
    "gamma": lambda field, g: Apply("gamma", (element_expr(field, g.data),)),
    "floor": lambda field, g: Apply("floor", (element_expr(field, g.data),)),
    "parity": lambda field, g: power(
        Number(-1), mul(ONE, *(generator_expr(field, field.generators[k]) for k in g.data))
    ),
}
