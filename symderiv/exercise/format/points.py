"""Numbers in files: points are exact fractions, written ``2``, ``0.5`` or ``1/3``."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

MAX_POINTS = 10_000


def points(value: Any) -> Fraction:
    """An exact number of points.

    >>> points("0.5")
    Fraction(1, 2)
    """
    try:
        text = str(value)
        number = Fraction(text) if len(text) < 30 and "e" not in text.lower() else None
    except (ValueError, ZeroDivisionError):
        number = None
    if number is None or not 0 <= number <= MAX_POINTS:
        raise PydanticCustomError("points", "no number of points, expected one such as 2, 0.5 or 1/3")
    return number


def plain(number: Fraction) -> int | float:
    """A number as JSON has it: an integer where it is one.

    >>> plain(Fraction(4, 2)), plain(Fraction(1, 2))
    (2, 0.5)
    """
    return number.numerator if number.denominator == 1 else float(number)


_WRITTEN = {
    "anyOf": [
        {"type": "number", "minimum": 0, "maximum": MAX_POINTS},
        {"type": "string", "pattern": r"^\s*\d[\d_.]*\s*(/\s*\d+\s*)?$"},
    ]
}

Points = Annotated[Fraction, PlainValidator(points), PlainSerializer(plain), WithJsonSchema(_WRITTEN)]
