"""exp, and what is made of it: exp(u) as a product of powers of generators exp(c₀ m).

The exponent is written over ℚ in distinct m: monomials, and monomials over powers (partial fractions), so the
generators have exponents that are linearly independent over ℚ: docs/design/why-exponentials-decide.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from symderiv.equality.normal_forms.constants import Ball, ball_of, then
from symderiv.equality.normal_forms.generators import (
    Decline,
    Field,
    Generator,
    Monomial,
    terms,
)
from symderiv.equality.normal_forms.normal_form import NormalForm
from symderiv.equality.normal_forms.partial_fractions import partial_fractions
from symderiv.equality.normal_forms.rational import Element
from symderiv.equality.rationals import exact, fraction
from symderiv.expression.tree import Apply, Constant

# a term c·m/D of an exponent: m, the number of the interned D (-1: none), c
Term = tuple[Monomial, int, Fraction]
MAX_POWER = 20_000


def terms_of(nf: NormalForm, u: Element) -> Iterator[Term]:
    """``u = Σ c m/D`` with distinct m/D that are linearly independent over ℚ."""
    for numerator, below in partial_fractions(nf.arithmetic, u):
        yield from _terms(numerator, -1 if below.is_one() else nf.field.intern(below))


def _terms(poly: Any, below: int) -> Iterator[Term]:
    for exponents, coefficient in terms(poly):
        yield exponents, below, fraction(coefficient)


def sole(field: Field, exponents: Monomial, below: int) -> Generator | None:
    """The generator that a term consists of, if it is just one."""
    if below >= 0 or len(exponents) != 1 or exponents[0][1] != 1:
        return None
    return field.generators[exponents[0][0]]


def term_label(exponents: Monomial, below: int) -> str:
    named = ".".join([f"{k}^{e}" for k, e in exponents])
    return f"{named}/{below}" if below >= 0 else named


def exponential(nf: NormalForm, u: Element) -> Element:
    """``exp(Σ c m) = ∏ exp(c₀ m)^(c/c₀)``; a logarithm in the exponent turns into a power."""
    nf.classes.add("exponentials")
    factors: list[Element] = []
    powers: dict[int, int] = {}
    for exponents, below, coefficient in terms_of(nf, u):
        alone = sole(nf.field, exponents, below)
        power_of = None if alone is None else nf.rules.powers.get(alone.kind)
        if alone is not None and power_of is not None:
            factors.append(power_of(nf, alone, coefficient))
            continue
        generator = _generator(nf, exponents, below, coefficient)
        times = coefficient / generator.data[2]
        if abs(times) > MAX_POWER:
            raise Decline("an exponential to a very high power")
        powers[generator.position] = times.numerator
    return nf.arithmetic.multiply(_monomial(nf, powers), *factors)


def _generator(nf: NormalForm, exponents: Monomial, below: int, coefficient: Fraction) -> Generator:
    label = f"exp {term_label(exponents, below)}"
    base = nf.field.plan.step(label, coefficient)
    found = nf.field.find(label)
    if found is not None:
        return found
    exponent = constant_ball(nf.field, exponents, base) if below < 0 else None
    ball = then(exponent, lambda value: value.exp())
    return nf.field.generator("exp", label, None, (exponents, below, base), sign=1, ball=ball)


def constant_ball(field: Field, exponents: Monomial, base: Fraction) -> Ball | None:
    """An enclosure of ``c₀ m``, where all its unknowns are constants."""
    if any(field.generators[k].ball is None for k, _ in exponents):
        return None
    return ball_of(field, field.monomial(exponents) * exact(base))


def _monomial(nf: NormalForm, powers: dict[int, int]) -> Element:
    field = nf.field
    above = field.monomial(tuple((k, times) for k, times in powers.items() if times > 0))
    below = {field.intern(field.unknowns[k]): -times for k, times in powers.items() if times < 0}
    return Element(above, below)


def exponent_of(nf: NormalForm, generator: Generator) -> Element:
    """The exponent c₀ m/D of an exponential generator."""
    exponents, below, base = generator.data
    poly = nf.field.monomial(exponents) * exact(base)
    return Element(poly, {below: 1} if below >= 0 else {})


def raised(nf: NormalForm, generator: Generator, power: Fraction) -> Element:
    """``exp(c₀ m)^power`` for any rational power."""
    return exponential(nf, nf.arithmetic.scaled(exponent_of(nf, generator), power))


def exp(nf: NormalForm, expr: Apply) -> Element:
    return exponential(nf, nf.convert(expr.args[0]))


def euler(nf: NormalForm, _: Constant) -> Element:
    return exponential(nf, nf.arithmetic.one)


def hyperbolic(nf: NormalForm, expr: Apply) -> Element:
    """``sinh = (e − 1/e)/2``, ``cosh = (e + 1/e)/2``, ``tanh = (e² − 1)/(e² + 1)`` with e = exp(u)."""
    u = nf.convert(expr.args[0])
    a = nf.arithmetic
    if expr.head == "tanh":
        square = exponential(nf, a.scaled(u, 2))
        return a.multiply(a.subtract(square, a.one), a.inverse(a.add(square, a.one)))
    up, down = exponential(nf, u), exponential(nf, a.scaled(u, -1))
    return a.scaled(a.add(up, down if expr.head == "cosh" else a.scaled(down, -1)), Fraction(1, 2))
