"""Numbers of the text language: exact, whatever their spelling."""

from __future__ import annotations

from fractions import Fraction

from symderiv.errors import LimitExceeded
from symderiv.language.limits import MAX_EXPONENT
from symderiv.language.source import Misread
from symderiv.language.syntax import Numeral

_VULGAR = {
    "½": Fraction(1, 2),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5),
    "⅛": Fraction(1, 8),
}


def numeral(text: str, start: int, end: int) -> Numeral:
    """An exact number: ``0.587`` is 587/1000, ``1e-3`` is 1/1000."""
    if text in _VULGAR:
        return Numeral(_VULGAR[text], start, end)
    if text.isdigit():
        return Numeral(int(text), start, end)
    exponent = text.lower().partition("e")[2]
    if exponent and (len(exponent) > 6 or abs(int(exponent)) > MAX_EXPONENT):
        raise Misread(
            "the exponent of this number is too large",
            start,
            end,
            expected=f"at most {MAX_EXPONENT}",
            error=LimitExceeded,
        )
    return Numeral(Fraction(text), start, end)
