"""Points to check a rule at: small exact rationals, no two alike, with a tangent for every entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from random import Random

from flint import fmpq

from symderiv.testing.dual import Dual, rational

Shapes = Mapping[str, tuple[int, ...]]
Arrays = dict[str, dict[tuple[int, ...], Dual]]

STYLES = ("any", "positive", "between 0 and 1")


def positions(shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """All indices of an array, row by row."""
    return product(*(range(n) for n in shape))


def point(shapes: Shapes, style: str, seed: int) -> Arrays:
    """A value for every entry of every array, each with its own tangent.

    >>> point({"x": (2,)}, "positive", 0)["x"][(1,)].value > 0
    True
    """
    random = Random(seed)
    used: set[Fraction] = set()
    return {
        name: {at: _seeded(name, at, _number(random, style, used)) for at in positions(shape)}
        for name, shape in shapes.items()
    }


def _number(random: Random, style: str, used: set[Fraction]) -> Fraction:
    """A fraction whose absolute value hasn't been used, so that nothing ties by chance."""
    while True:
        value = Fraction(random.randint(1, 400), random.choice((101, 103, 107)))
        if style == "between 0 and 1":
            value = value / 5
        if value not in used and value.denominator != 1:
            used.add(value)
            return -value if style == "any" and random.random() < 0.5 else value


def _seeded(name: str, at: tuple[int, ...], value: Fraction) -> Dual:
    return Dual(rational(value), {(name, at): fmpq(1)})
