"""Exact numbers as text."""

from __future__ import annotations

from symderiv.expression.tree import Exact


def number_text(value: Exact) -> str:
    """An exact number: ``3``, ``1/4``, and as a decimal where the denominator looks like one: ``0.587``.

    >>> from fractions import Fraction
    >>> number_text(Fraction(587, 1000)), number_text(Fraction(1, 3)), number_text(Fraction(1, 25))
    ('0.587', '1/3', '1/25')
    """
    if isinstance(value, int):
        return str(value)
    places = _decimals(value.denominator)
    if value.denominator < 100 or value.denominator % 10 or places is None or places > 12:
        return f"{value.numerator}/{value.denominator}"
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _decimals(denominator: int) -> int | None:
    """How many decimal places a fraction needs, or None where it never ends."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None
