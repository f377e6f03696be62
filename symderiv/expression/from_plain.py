"""Python's own numbers and lists as trees: all that a call from Python needs before SymPy is asked for."""

from __future__ import annotations

from fractions import Fraction

from symderiv.errors import MeaningError
from symderiv.expression.tree import FALSE, TRUE, Expr, Number, Sequence

_PLAIN = (Expr, bool, int, float, Fraction)


def is_plain(value: object) -> bool:
    """Whether `from_plain` can read a value: a tree, a number, or lists of these (NumPy's arrays too)."""
    if isinstance(value, _PLAIN):
        return True
    if isinstance(value, (list, tuple)):
        return all(map(is_plain, value))
    return hasattr(value, "tolist") and is_plain(value.tolist()) and not hasattr(value, "free_symbols")


def from_plain(value: object) -> Expr:
    """The tree of a number or of nested lists; a float is the decimal that Python prints for it.

    >>> from_plain(0.587).value, from_plain([1, 2]).items[1].value
    (Fraction(587, 1000), 2)
    """
    match value:
        case Expr():
            return value
        case bool():
            return TRUE if value else FALSE
        case int() | Fraction():
            return Number(value)
        case float():
            return _decimal(value)
        case list():
            return Sequence(tuple(map(from_plain, value)))
        case tuple():
            return Sequence(tuple(map(from_plain, value)), "tuple")
    tolist = getattr(value, "tolist", None)
    if tolist is None:
        expected = "a number, a list, or a tree"
        raise MeaningError(f"a {type(value).__name__} is no expression", expected=expected)
    return from_plain(tolist())


def _decimal(value: float) -> Expr:
    try:
        return Number(Fraction(repr(value)))
    except ValueError:
        raise MeaningError(f"{value} is no number", expected="a finite number") from None
