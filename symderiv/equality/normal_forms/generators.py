"""The unknowns of a normal form: variables, exponentials, logarithms, roots, … each one generator.

A `Field` is ℚ(g₁, g₂, …) over python-flint polynomials. Which power of an exponential or root is the
generator (exp(x), or exp(x/2)?) is learnt on the way: whoever needs a finer one notes it in the `Plan`
and raises `Relearn`; the proof then starts over with the better plan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from itertools import compress, count
from math import lcm
from typing import Any

import flint

from symderiv.equality.rationals import fraction
from symderiv.expression.tree import Expr

Poly = Any  # flint.fmpq_mpoly: python-flint ships no types
Monomial = tuple[tuple[int, int], ...]  # (position, exponent) of the generators that occur
MAX_GENERATORS = 1024
SHORT = 8  # terms
_ONE = Fraction(1)


class Relearn(Exception):
    """The plan has changed: convert again from the start."""


class Decline(Exception):
    """Not this procedure's class; the text says what was met."""


@dataclass(slots=True)
class Plan:
    """What earlier attempts taught: how many generators there are, and how fine each one must be."""

    capacity: int = 16
    steps: dict[str, Fraction] = field(default_factory=dict)
    degrees: dict[str, int] = field(default_factory=dict)

    def step(self, label: str, coefficient: Fraction) -> Fraction:
        """The base coefficient c₀ of exp(c₀ m): every coefficient of m met so far is a multiple of it."""
        base = self.steps.get(label)
        if base is None:
            base = self.steps[label] = abs(coefficient)
        elif base == coefficient:
            return base
        elif (ratio := coefficient / base).denominator != 1:
            self.steps[label] = base / ratio.denominator
            raise Relearn
        return base

    def degree(self, label: str, q: int) -> int:
        """The index of the root of a polynomial: a multiple of every index met so far."""
        degree = self.degrees.get(label)
        if degree is None:
            degree = self.degrees[label] = q
        elif degree % q:
            self.degrees[label] = lcm(degree, q)
            raise Relearn
        return degree


@dataclass(slots=True, eq=False)
class Generator:
    """One unknown. ``kind`` names its class, ``data`` what it was made of, ``expr`` how it reads
    (None where `symderiv.equality.normal_forms.reading` puts that together from the data).

    ``sign`` is 1 for a positive one, 2 for one that is at least zero, 0 where nothing is known in general.
    ``free`` says that no algebraic relation with the others is missed
    (docs/design/why-exponentials-decide.md).
    ``ball`` encloses the value of a constant (π, log 2).
    """

    position: int
    kind: str
    label: str
    expr: Expr | None
    data: Any = None
    sign: int = 0
    free: bool = True
    ball: Callable[[], Any] | None = None


@cache
def _context(capacity: int) -> tuple[Any, tuple[Poly, ...], Poly, Poly]:
    """The ring of polynomials in so many unknowns, the unknowns, 0 and 1: making them takes its time."""
    ring = flint.fmpq_mpoly_ctx.get(tuple(f"g{k}" for k in range(capacity)), "lex")
    return ring, ring.gens(), ring.constant(0), ring.constant(1)


class Field:
    """The rational functions over the generators met so far."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.context, self.unknowns, self.zero, self.one = _context(plan.capacity)
        self.generators: list[Generator] = []
        self._by_label: dict[str, Generator] = {}
        self._polys: list[Poly] = []
        self._buckets: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        self._nodes: dict[Expr, int] = {}
        self._irreducibles: dict[int, tuple[tuple[int, int], ...]] = {}

    def find(self, label: str) -> Generator | None:
        return self._by_label.get(label)

    def generator(
        self,
        kind: str,
        label: str,
        expr: Expr | None,
        data: Any = None,
        sign: int = 0,
        free: bool = True,
        ball: Callable[[], Any] | None = None,
    ) -> Generator:
        """The generator of this label, made when it is met first."""
        found = self._by_label.get(label)
        if found is not None:
            return found
        position = len(self.generators)
        if position >= self.plan.capacity:
            if position >= MAX_GENERATORS:
                raise Decline(f"more than {MAX_GENERATORS} unknowns")
            self.plan.capacity *= 2
            raise Relearn
        made = Generator(position, kind, label, expr, data, sign, free, ball)
        self.generators.append(made)
        self._by_label[label] = made
        return made

    def unknown(self, generator: Generator) -> Poly:
        return self.unknowns[generator.position]

    def number_of(self, node: Expr) -> int:
        """A number for an expression: equal ones share it."""
        return self._nodes.setdefault(node, len(self._nodes))

    def intern(self, poly: Poly) -> int:
        """A number for a polynomial: equal polynomials share it."""
        polys = self._polys
        size = len(poly)  # of a long one a comparison is quicker than any better key
        bucket = self._buckets[size, poly.total_degree() if size < SHORT else 0]
        for number in bucket:
            if polys[number] == poly:
                return number
        polys.append(poly)
        bucket.append(len(self._polys) - 1)
        return len(self._polys) - 1

    def poly(self, number: int) -> Poly:
        return self._polys[number]

    def sole_generator(self, poly: Poly) -> Generator | None:
        """The generator that a polynomial is, if it is one."""
        if len(poly) != 1 or poly.total_degree() != 1:
            return None
        ((exponents, coefficient),) = terms(poly)
        if coefficient != 1 or len(exponents) != 1 or exponents[0][1] != 1:
            return None
        return self.generators[exponents[0][0]]

    def monomial(self, exponents: Monomial) -> Poly:
        """``∏ g^e``."""
        product = self.one
        for position, exponent in exponents:
            unknown = self.unknowns[position]
            product = product * (unknown if exponent == 1 else unknown**exponent)
        return product

    def used(self, poly: Poly) -> list[Generator]:
        """The generators that occur in a polynomial."""
        return list(compress(self.generators, poly.degrees()))

    def factor(self, poly: Poly) -> tuple[Fraction, list[tuple[int, int]]]:
        """``c ∏ pₖ^mₖ`` with monic irreducible pₖ, as interned numbers."""
        leading = poly.leading_coefficient()
        constant, monic = (_ONE, poly) if leading == 1 else (fraction(leading), poly / leading)
        number = self.intern(monic)
        known = self._irreducibles.get(number)
        if known is None:
            known = self._irreducibles[number] = tuple(self._factor_monic(monic, number))
        return constant, list(known)

    def _factor_monic(self, poly: Poly, number: int) -> list[tuple[int, int]]:
        if poly.is_constant():
            return []
        if poly.total_degree() == 1:
            return [(number, 1)]
        if len(poly) == 1:
            return [(self.intern(self.unknowns[k]), int(m)) for k, m in enumerate(poly.monoms()[0]) if m]
        if _is_linear_in_one(poly):
            return [(number, 1)]
        if len(poly) > MAX_TERMS_TO_FACTOR or poly.total_degree() > MAX_DEGREE_TO_FACTOR:
            raise Decline("a polynomial too large to factor")
        _, parts = poly.factor()
        return [(self.intern(part / part.leading_coefficient()), int(m)) for part, m in parts]


def _is_linear_in_one(poly: Poly) -> bool:
    """Is it ``c g + q`` with a number c and no g in q, as a variance plus ε? Then it is irreducible."""
    return any(degree == 1 and poly.derivative(k).is_constant() for k, degree in enumerate(poly.degrees()))


MAX_TERMS_TO_FACTOR = 1500
MAX_DEGREE_TO_FACTOR = 150


def terms(poly: Poly) -> Iterator[tuple[Monomial, Any]]:
    """The monomials of a polynomial, highest first, with their coefficients (flint rationals)."""
    for term in range(len(poly)):
        exponents = poly.monomial(term)
        yield tuple([(k, int(exponents[k])) for k in compress(count(), exponents)]), poly.coefficient(term)
