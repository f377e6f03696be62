"""Rational functions over generators: numerators expanded, denominators a multiset of factors, no gcds.

``a/D₁ + b/D₂`` has the least common multiset of D₁ and D₂ below; a difference is zero when its numerator is.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import comb, prod
from typing import Any, NamedTuple

from symderiv.equality.normal_forms.generators import Decline, Field, Generator, Poly
from symderiv.equality.rationals import exact

MAX_TERMS = 400_000
MAX_DEGREE = 20_000
MANY = 40
Denominator = dict[int, int]
_NONE: Denominator = {}


class Element:
    """``num / ∏ factor^multiplicity``; the factors are interned monic polynomials."""

    __slots__ = ("den", "num")

    def __init__(self, num: Poly, den: Denominator = _NONE) -> None:
        self.num = num
        self.den = den


class Relation(NamedTuple):
    """``g^q = p``: what a power of a root is; p is ``scale`` times the interned monic ``factor``."""

    q: int
    radicand: Poly
    scale: Any
    factor: int


class Arithmetic:
    """Sums, products and powers of `Element`, each numerator reduced by the relations of the roots."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.relations: dict[int, Relation] = {}
        self.zero = Element(field.zero)
        self.one = Element(field.one)

    def relate(self, generator: Generator, q: int, radicand: Poly) -> None:
        """From now on the q-th power of the generator is the polynomial ``radicand``."""
        scale = radicand.leading_coefficient()
        factor = self.field.intern(radicand / scale)
        self.relations[generator.position] = Relation(q, radicand, scale, factor)

    def number(self, value: Fraction | int) -> Element:
        return Element(self.field.context.constant(exact(value)))

    def unknown(self, generator: Generator, power: int = 1) -> Element:
        poly = self.field.unknown(generator)
        if power == 1:
            return Element(poly)
        if power >= 0:
            return Element(self.reduced(poly**power))
        return Element(self.field.one, {self.field.intern(poly): -power})

    def scaled(self, a: Element, value: Fraction | int) -> Element:
        return Element(a.num * exact(value), a.den)

    def add(self, *terms: Element) -> Element:
        """The sum, terms over one denominator first."""
        if not any(term.den for term in terms):
            return Element(sum((term.num for term in terms[1:]), terms[0].num)) if terms else self.zero
        groups: dict[tuple[tuple[int, int], ...], Element] = {}
        for term in terms:
            key = tuple(sorted(term.den.items())) if term.den else ()
            old = groups.get(key)
            groups[key] = term if old is None else Element(old.num + term.num, term.den)
        parts = list(groups.values())
        total = parts[0] if parts else self.zero
        for part in parts[1:]:
            total = self._add_two(total, part)
        return total

    def _add_two(self, a: Element, b: Element) -> Element:
        common = dict(a.den)
        for factor, multiplicity in b.den.items():
            if common.get(factor, 0) < multiplicity:
                common[factor] = multiplicity
        left = self._raised(a, common)
        right = self._raised(b, common)
        return Element(self.reduced(left + right), common)

    def _raised(self, a: Element, common: Denominator) -> Poly:
        poly = a.num
        for factor, multiplicity in common.items():
            missing = multiplicity - a.den.get(factor, 0)
            if missing:
                poly = self._times(poly, self.field.poly(factor) ** missing)
        return poly

    def _times(self, p: Poly, q: Poly) -> Poly:
        if len(p) * len(q) > 4 * MAX_TERMS:
            raise Decline("a product of too many terms")
        return p * q

    def subtract(self, a: Element, b: Element) -> Element:
        return Element(a.num - b.num, a.den) if a.den == b.den else self.add(a, Element(-b.num, b.den))

    def multiply(self, *factors: Element) -> Element:
        num, den = self.field.one, _NONE
        for factor in factors:
            if factor.num.is_zero():
                return self.zero
            left, right = self._cancelled(num, factor.den), self._cancelled(factor.num, den)
            num = self._times(left[0], right[0])
            den = _joined(left[1], right[1])
        return self._over(num, den)

    def _cancelled(self, num: Poly, den: Denominator) -> tuple[Poly, Denominator]:
        """Common factors that are seen at a glance: single generators, and the numerator as a whole."""
        if not den or num.is_one():
            return num, den
        for factor in den:
            poly = self.field.poly(factor)
            if len(poly) == 1:
                content = num.term_content() if len(num) > 1 else num
                shared = min(_times_within(content, poly), den[factor])
                if shared:
                    num = num / poly**shared
                    den = _without(den, factor, shared)
            elif len(poly) == len(num) and num == poly * num.leading_coefficient():
                return self.field.one * num.leading_coefficient(), _without(den, factor, 1)
        return num, den

    def inverse(self, a: Element) -> Element:
        """``1/a``; the numerator becomes a factor, its content and single generators split off."""
        if a.num.is_zero():
            raise ZeroDivisionError
        above = self.field.one
        for factor, multiplicity in a.den.items():
            above = self._times(above, self.field.poly(factor) ** multiplicity)
        leading = a.num.leading_coefficient()
        monic = a.num / leading
        below: Denominator = {}
        content = monic.term_content() if len(monic) > 1 else monic
        if not content.is_constant():
            for position, exponent in enumerate(content.monoms()[0]):
                if exponent and position in self.relations:
                    above, leading = self._rationalised(above, leading, position, int(exponent), below)
                elif exponent:
                    self._put_below(below, self.field.unknowns[position], int(exponent))
            monic = monic / (content / content.leading_coefficient())
        if not monic.is_one():
            self._put_below(below, monic, 1)
        return Element(above / leading, below)

    def _rationalised(
        self, above: Poly, leading: Poly, position: int, exponent: int, below: Denominator
    ) -> tuple[Poly, Poly]:
        """``1/r^e = r^(qk−e)/p^k`` with the relation r^q = p."""
        q, _, scale, factor = self.relations[position]
        times = -(-exponent // q)
        if not self.field.poly(factor).is_one():
            below[factor] = below.get(factor, 0) + times
        raised = self._times(above, self.field.unknowns[position] ** (q * times - exponent))
        return raised, leading * scale**times

    def _put_below(self, below: Denominator, poly: Poly, times: int) -> None:
        number = self.field.intern(poly)
        below[number] = below.get(number, 0) + times

    def power(self, a: Element, n: int) -> Element:
        if n == 1:
            return a
        if n < 0:
            return self.power(self.inverse(a), -n)
        if len(a.num) > 2 and _terms_of_power(a.num, n) > 2 * MAX_TERMS:
            raise Decline("a power of too many terms")
        if max(a.num.total_degree(), 1) * n > MAX_DEGREE:
            raise Decline("a power of too high a degree")
        den = {factor: multiplicity * n for factor, multiplicity in a.den.items()}
        return self._over(a.num**n, den)

    def _over(self, num: Poly, den: Denominator) -> Element:
        """``num/den`` reduced, ``r^q/p`` with the relation r^q = p cancelled rather than multiplied out."""
        for position, (q, _, scale, factor) in self.relations.items() if den else ():
            times = min(_lowest(num, position) // q, den[factor]) if factor in den else 0
            if times:
                num = num * scale**times / self.field.unknowns[position] ** (q * times)
                den = _without(den, factor, times)
        return Element(self.reduced(num), den)

    def reduced(self, poly: Poly) -> Poly:
        """High powers of roots replaced by what the relations say, the latest root first."""
        if not self.relations:
            return poly
        degrees = poly.degrees()
        for position in sorted(self.relations, reverse=True):
            relation = self.relations[position]
            if degrees[position] >= relation.q:
                poly = self._reduced_in(poly, position, relation)
                degrees = poly.degrees()
        return poly

    def _reduced_in(self, poly: Poly, position: int, relation: Relation) -> Poly:
        """The polynomial power by power of the root, each as a lower one times powers of the radicand."""
        unknown, name = self.field.unknowns[position], f"g{position}"
        total, power = self.field.zero, 0
        while not poly.is_zero():
            step = _lowest(poly, position)
            poly, power = poly / unknown**step, power + step
            coefficient = poly.subs({name: 0})
            poly -= coefficient
            times, rest = divmod(power, relation.q)
            total += coefficient * unknown**rest * relation.radicand**times
        return total

    def is_zero(self, a: Element) -> bool:
        return bool(a.num.is_zero())

    def as_polynomials(self, a: Element) -> tuple[Poly, Poly]:
        """``(n, d)`` without common factors, d monic: the same for equal rational functions."""
        if not a.den:
            return a.num, self.field.one
        num, below = self._without_roots(a.num, self.expanded(a.den))
        shared = num.gcd(below)
        num, below = num / shared, below / shared
        leading = below.leading_coefficient()
        return num / leading, below / leading

    def _without_roots(self, num: Poly, below: Poly) -> tuple[Poly, Poly]:
        """A denominator that is linear in a square root is multiplied by its conjugate."""
        for position in sorted(self.relations, reverse=True):
            if self.relations[position].q == 2 and below.degrees()[position] == 1:
                constant = below.subs({f"g{position}": 0})
                conjugate = 2 * constant - below
                num, below = self.reduced(num * conjugate), self.reduced(below * conjugate)
        return num, below

    def expanded(self, den: Denominator) -> Poly:
        below = self.field.one
        for factor, multiplicity in den.items():
            below = self._times(below, self.field.poly(factor) ** multiplicity)
        return below

    def reduced_element(self, a: Element) -> Element:
        """The same element without common factors."""
        num, below = self.as_polynomials(a)
        return Element(num) if below.is_one() else Element(num, {self.field.intern(below): 1})


def _joined(a: Denominator, b: Denominator) -> Denominator:
    if not a:
        return b
    if not b:
        return a
    joined = dict(a)
    for factor, multiplicity in b.items():
        joined[factor] = joined.get(factor, 0) + multiplicity
    return joined


def _without(den: Denominator, factor: int, times: int) -> Denominator:
    rest = dict(den)
    rest[factor] -= times
    if not rest[factor]:
        del rest[factor]
    return rest


def _terms_of_power(poly: Poly, n: int) -> int:
    """At most so many terms: as many as choices of n of its terms, or of exponents; of many, fewer."""
    terms = len(poly)
    chosen = comb(terms + n - 1, min(n, terms - 1, MANY))
    return chosen if chosen <= MAX_TERMS else min(chosen, prod(int(d) * n + 1 for d in poly.degrees()))


def product(arithmetic: Arithmetic, factors: Iterable[Element]) -> Element:
    return arithmetic.multiply(*factors)


def _lowest(poly: Poly, position: int) -> int:
    """The power of a generator that every term has."""
    if poly.degrees()[position] <= 0:
        return 0
    return int(poly.term_content().degrees()[position])


def _times_within(content: Poly, monomial: Poly) -> int:
    """How often a monomial divides a term; a generator refined to a root of itself stands with its power."""
    powers = zip(content.degrees(), monomial.monoms()[0], strict=True)
    return min((int(has) // int(needs) for has, needs in powers if needs), default=0)
