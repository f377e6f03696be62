"""A point that lies on no special place: no zeros, no two entries alike, sizes that tell axes apart."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from zlib import crc32

from flint import fmpq

from symderiv.equality.evaluate.opaque import Polynomial, concrete_function
from symderiv.equality.evaluate.point import Point, human_numbers
from symderiv.equality.evaluate.values import NotDecided, Value
from symderiv.equality.rationals import fraction
from symderiv.expression.tree import Expr, Index, Number, Variable

_SIZES = 3
"""Of integers, that many of the smallest are taken; at the first point one fewer, as sums are short there."""


@lru_cache(maxsize=1 << 16)
def generic_number(variable: Variable, position: tuple[int, ...] = (), turn: int = 0) -> fmpq:
    """The number of a name, or of an entry of an array: irregular, and the same every time.

    Another ``turn`` is another point.

    >>> generic_number(Variable("x"))
    -2010/1009
    """
    domain = variable.kind.domain
    mixed = crc32(f"{variable.name}{position}{turn or ''}".encode())
    numbers = human_numbers(domain)
    if not numbers:
        raise NotDecided(f"nothing lies in the domain of {variable.name}", sharper=False)
    if domain.integer:
        few = numbers[: _SIZES if turn else _SIZES - 1]
        telling = [n for n in few if abs(n) > 1] or list(numbers)
        return telling[mixed % len(telling)]
    base = numbers[mixed % min(len(numbers), 11)]
    aside = fmpq(1 + mixed // 16 % 97, 1009)
    return next((n for n in (base + aside, base - aside) if domain.contains(fraction(n))), base)


class GenericPoint(Point):
    """A point at which whatever has no value yet has one of its own."""

    __slots__ = ("turn",)

    def __init__(
        self,
        values: Mapping[Expr, fmpq],
        functions: Mapping[Variable, Polynomial] | None = None,
        turn: int = 0,
    ) -> None:
        super().__init__(values, functions)
        self.turn = turn

    def scalar(self, variable: Variable) -> Value:
        if variable.kind.index and variable not in self.values:
            raise NotDecided(f"{variable.name} is an index", sharper=False)
        value = self.values.get(variable)
        return generic_number(variable, (), self.turn) if value is None else value

    def entry(self, array: Variable, position: tuple[int, ...]) -> Value:
        if array.kind.symmetric:
            position = tuple(sorted(position))
        given = self.given_entry(array, position)
        return generic_number(array, position, self.turn) if given is None else given

    def given_entry(self, array: Variable, position: tuple[int, ...]) -> fmpq | None:
        """The value of an entry that the point itself fixes."""
        return self.values.get(Index(array, tuple(map(Number, position)))) if self.values else None

    def function(self, name: Variable, arity: int) -> Polynomial:
        """A polynomial for an opaque function, whatever else occurs beside it."""
        number = (crc32(name.name.encode()) + self.turn) % 64
        return concrete_function(arity, 2, number, 1, name.kind.function == "nondecreasing")
