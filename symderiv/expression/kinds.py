"""What a name stands for: its shape and the numbers it ranges over.

A kind is what ``x: vector(n)`` or ``k: positive integer`` declares. Kinds ride on the leaves of a
tree, so a tree needs no scope to be understood.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symderiv.expression.tree import Expr


@dataclass(frozen=True, slots=True)
class Domain:
    """The set of numbers that a scalar, or each entry of an array, ranges over.

    ``lower``/``upper`` bound it (``None``: unbounded); ``open`` ends are left out. ``modulus`` and
    ``residue`` keep a class of integers (even: modulus 2, residue 0).

    >>> POSITIVE.contains(Fraction(1, 3)), INTEGER.contains(Fraction(1, 3))
    (True, False)
    """

    integer: bool = False
    lower: Fraction | None = None
    lower_open: bool = False
    upper: Fraction | None = None
    upper_open: bool = False
    modulus: int = 1
    residue: int = 0

    def contains(self, value: Fraction | int) -> bool:
        if self.integer and value.denominator != 1:
            return False
        if self.modulus != 1 and value.numerator % self.modulus != self.residue:
            return False
        if self.lower is not None and (value < self.lower or (self.lower_open and value == self.lower)):
            return False
        return self.upper is None or not (value > self.upper or (self.upper_open and value == self.upper))

    @property
    def has_room(self) -> bool:
        """Is it unbounded, or its lower end below the upper one?"""
        return self.lower is None or self.upper is None or self.lower < self.upper

    @property
    def is_positive(self) -> bool:
        return self.lower is not None and (self.lower > 0 or (self.lower == 0 and self.lower_open))

    @property
    def is_nonnegative(self) -> bool:
        return self.lower is not None and self.lower >= 0

    @property
    def is_negative(self) -> bool:
        return self.upper is not None and (self.upper < 0 or (self.upper == 0 and self.upper_open))


REAL = Domain()
POSITIVE = Domain(lower=Fraction(0), lower_open=True)
NONNEGATIVE = Domain(lower=Fraction(0))
INTEGER = Domain(integer=True)
SIZE_DOMAIN = Domain(integer=True, lower=Fraction(1))


@dataclass(frozen=True, slots=True)
class Kind:
    """Shape and domain of a name, and what else was declared of it.

    ``shape`` holds scalar expressions (numbers or sizes); ``None`` in it is a size that nobody said.
    ``function`` names an opaque function ('any' or 'nondecreasing'); ``index`` a summation or free
    index; ``zero_outside`` an array that reads zero beyond its bounds.
    """

    shape: tuple[Expr | None, ...] = ()
    domain: Domain = REAL
    function: str = ""
    index: bool = False
    symmetric: bool = False
    zero_outside: bool = False

    @property
    def counts(self) -> bool:
        """Whether a name of this kind is a number of things: an integer, and at least 1."""
        return self.domain.integer and self.domain.is_positive

    def with_domain(self, domain: Domain) -> Kind:
        return replace(self, domain=domain)


SCALAR = Kind()
SIZE = Kind(domain=SIZE_DOMAIN)
COUNT = Kind(domain=Domain(integer=True, lower=Fraction(0)))
INDEX = Kind(domain=INTEGER, index=True)
FUNCTION = Kind(function="any")
