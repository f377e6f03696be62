"""Rational numbers as Python keeps them, and as flint does."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq


def exact(value: int | Fraction | fmpq) -> fmpq:
    """A rational as flint keeps it."""
    return value if isinstance(value, fmpq) else fmpq(value.numerator, value.denominator)


def fraction(value: fmpq) -> Fraction:
    """A rational as Python keeps it.

    >>> fraction(exact(Fraction(2, 4)))
    Fraction(1, 2)
    """
    return Fraction(int(value.p), int(value.q))
