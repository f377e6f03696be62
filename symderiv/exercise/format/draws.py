"""What numbers a ``vary: draw:`` offers: a range, ``-3..3``, or a list of choices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from pydantic_core import PydanticCustomError

_RANGE = re.compile(r"\s*(-?\d{1,6})\s*\.\.\s*(-?\d{1,6})\s*\Z")
MAX_RANGE = 10_000


def drawn_from(said: str | Sequence[str]) -> tuple[Fraction, ...]:
    """The numbers of a range, or those of a list; none of any other text.

    >>> [int(n) for n in drawn_from("-1..1")], drawn_from("-3...3")
    ([-1, 0, 1], ())
    """
    span = _RANGE.match(said) if isinstance(said, str) else None
    if span:
        first, last = int(span[1]), int(span[2])
        return tuple(Fraction(n) for n in range(first, last + 1)) if last <= first + MAX_RANGE else ()
    try:
        return tuple(Fraction(each) for each in ([said] if isinstance(said, str) else said))
    except (ValueError, ZeroDivisionError):
        return ()


def drawable(said: str | list[str]) -> str | list[str]:
    """What a file says, if there is something to draw from."""
    if not drawn_from(said):
        raise PydanticCustomError("range", "no range, expected -3..3, or a list of numbers")
    return said
