"""Rational numbers as Python keeps them, and as flint does."""

from __future__ import annotations

import re
from fractions import Fraction

from flint import fmpq

_RATIONAL = re.compile(r"-?\d+(/\d+)?")


def exact(value: int | Fraction | fmpq) -> fmpq:
    """A rational as flint keeps it."""
    return value if isinstance(value, fmpq) else fmpq(value.numerator, value.denominator)


def fraction(value: fmpq) -> Fraction:
    """A rational as Python keeps it.

    >>> fraction(exact(Fraction(2, 4)))
    Fraction(1, 2)
    """
    return Fraction(int(value.p), int(value.q))


def is_rational(text: str) -> bool:
    """Whether the text of a coordinate is a rational number.

    >>> is_rational("-1/3"), is_rational("pi")
    (True, False)
    """
    return _RATIONAL.fullmatch(text) is not None
