"""A point: exact numbers for scalars and entries, polynomials for opaque functions.

Entries that nobody gave are filled in by a fixed pattern of small numbers within the declared domain,
so that an array of any size has a value everywhere; what was read is remembered for the witness.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias
from zlib import crc32

from flint import arb, fmpq

from symderiv.equality.evaluate.opaque import Polynomial
from symderiv.equality.evaluate.values import NotDecided, Value
from symderiv.equality.rationals import exact, fraction
from symderiv.expression.contents import contents
from symderiv.expression.kinds import Domain
from symderiv.expression.tree import Call, Expr, Index, Number, Variable, transform

Coordinate: TypeAlias = int | Fraction | fmpq

_REALS = tuple(map(Fraction, "1 2 -1 1/2 0 3 -2 1/3 -1/2 5 -3 3/2 -3/2 4 -5 2/3 7".split()))
_STEPS = tuple(map(Fraction, "1 2 1/2 3 0 1/3 3/2 4 2/3 5 5/2 1/4 7 10 1/10 12 20".split()))
_SHARES = tuple(map(Fraction, "1/2 1/3 2/3 1/4 3/4 0 1 1/5 2/5 3/5 4/5 1/6 5/6 1/10 9/10".split()))


@lru_cache(maxsize=512)
def human_numbers(domain: Domain) -> tuple[fmpq, ...]:
    """Small numbers of a domain, the most telling ones first; never empty unless the domain is.

    >>> human_numbers(Domain(integer=True, lower=Fraction(1)))[:4]
    (2, 1, 3, 4)
    """
    if domain.integer:
        return _integers(domain)
    low, high = domain.lower, domain.upper
    if low is not None and high is not None:
        numbers = [low + (high - low) * share for share in _SHARES]
    elif low is not None:
        numbers = [low + step for step in _STEPS]
    elif high is not None:
        numbers = [high - step for step in _STEPS]
    else:
        numbers = list(_REALS)
    kept = dict.fromkeys(n for n in numbers if domain.contains(n))
    return tuple(exact(n) for n in kept)


def _integers(domain: Domain) -> tuple[fmpq, ...]:
    low, high = domain.lower, domain.upper
    step, start = domain.modulus, domain.residue
    if low is None and high is None:
        found = [start + step * k for k in (0, 1, -1, 2, -2, 3, -3, 5, -4, 7, 4, -5)]
        found = [*found[1:5], found[0], *found[5:]]
    elif low is not None:
        first = -(-low.numerator // low.denominator)
        first += domain.lower_open and first == low
        first += (start - first) % step
        found = [first + step * k for k in (1, 0, 2, 3, 4, 6, 5, 9, 7)]
    else:
        assert high is not None
        last = high.numerator // high.denominator
        last -= domain.upper_open and last == high
        last -= (last - start) % step
        found = [last - step * k for k in (1, 0, 2, 3, 4, 6, 5, 9, 7)]
    return tuple(fmpq(n) for n in found if domain.contains(n))


_MIXER, _PRIME = 48_271, 2_147_483_647  # a number of a sequence without a visible pattern


class Point:
    """Where an expression is evaluated.

    ``pattern`` fills in entries (``None``: an entry that isn't given is unknown). With a ``radius``, real
    coordinates become balls: what is decided then holds on a whole neighbourhood of the point.
    """

    __slots__ = ("_entries", "functions", "pattern", "radius", "reads", "values")

    def __init__(
        self,
        values: Mapping[Expr, fmpq],
        functions: Mapping[Variable, Polynomial] | None = None,
        pattern: int | None = None,
        radius: arb | None = None,
    ) -> None:
        self.values = values
        self.functions = functions or {}
        self.pattern = pattern
        self.radius = radius
        self.reads: dict[Expr, fmpq] = {}
        self._entries: dict[tuple[Variable, tuple[int, ...]], fmpq] = {}

    @staticmethod
    def of(coordinates: Mapping[Expr, Coordinate | Polynomial]) -> Point:
        """The point with these coordinates and no others."""
        values: dict[Expr, fmpq] = {}
        functions: dict[Variable, Polynomial] = {}
        for atom, value in coordinates.items():
            if isinstance(value, Polynomial):
                assert isinstance(atom, Variable)
                functions[atom] = value
            else:
                values[atom] = exact(value)
        return Point(values, functions)

    def around(self, radius: arb) -> Point:
        """The box of this radius around the point."""
        return Point({**self.values, **self.reads}, self.functions, self.pattern, radius)

    def scalar(self, variable: Variable) -> Value:
        value = self.values.get(variable)
        if value is None:
            raise NotDecided(f"no value for {variable.name}", sharper=False)
        self.reads[variable] = value
        return self._widened(value, variable)

    def entry(self, array: Variable, position: tuple[int, ...]) -> Value:
        """The entry of an array at a position within its bounds."""
        if array.kind.symmetric:
            position = tuple(sorted(position))
        value = self._entries.get((array, position))
        if value is None:  # read for the first time: sums read an entry again and again
            value = self._entries[array, position] = self._read(array, position)
        return self._widened(value, array)

    def _read(self, array: Variable, position: tuple[int, ...]) -> fmpq:
        atom = Index(array, _places(position))
        value = self.values.get(atom)
        if value is None:
            if self.pattern is None:
                raise NotDecided(f"no value for an entry of {array.name}", sharper=False)
            value = filled(array, position, self.pattern)
        self.reads[atom] = value
        return value

    def _widened(self, value: fmpq, variable: Variable) -> Value:
        if self.radius is None or variable.kind.domain.integer:
            return value
        return arb(value) + self.radius

    def blurred(self, value: Value) -> Value:
        """What an opaque function answers in a box: its values may vary too."""
        return value if self.radius is None else value + self.radius

    def integrand(self, body: Expr) -> Expr:
        """The body of an integral with the functions that stand for opaque ones here written out."""
        if Call not in contents(body).classes:
            return body
        if self.radius is not None:
            raise NotDecided("the integral of an opaque function in a box", sharper=False)
        return transform(body, self._written)

    def _written(self, node: Expr) -> Expr:
        polynomial = self.functions.get(node.function) if isinstance(node, Call) else None
        if polynomial is None or not isinstance(node, Call):
            return node
        return polynomial.derivative(node.orders).of(node.args)


@lru_cache(maxsize=4_096)
def _places(position: tuple[int, ...]) -> tuple[Number, ...]:
    return tuple(map(Number, position))


_SORTED: Mapping[int, Callable[[int], fmpq]] = {5: fmpq, 6: lambda k: fmpq(1, k)}
"""Patterns whose last entry is the largest, or the first: that shows which entries a maximum is of."""


@lru_cache(maxsize=16_384)
def filled(array: Variable, position: tuple[int, ...], pattern: int) -> fmpq:
    """The entry that a pattern gives an array: looks irregular, or is sorted; the same every time."""
    numbers = human_numbers(array.kind.domain)
    if not numbers:
        raise NotDecided(f"nothing lies in the domain of {array.name}", sharper=False)
    if pattern in _SORTED:
        value = _SORTED[pattern](sum(position) + 1)
        if array.kind.domain.contains(fraction(value)):
            return value
    place = crc32(array.name.encode()) % _PRIME + pattern
    for k in (0, *position):
        place = (place + 1 + k) * _MIXER % _PRIME
    chosen = numbers[(place >> 8) % min(len(numbers), 11)]
    return chosen if chosen or pattern > 1 else numbers[-1 - pattern]
