"""The values that an evaluation gives: exact rationals, balls, and two ways of having none.

A ball is an interval that certainly holds the true value; an exact rational is the value itself.
Inside an evaluation `NoValue` is raised where the expression is certainly undefined, and
`NotDecided` where a ball is too wide to say on which side of a switch it lies.
"""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from flint import arb, fmpq

Value: TypeAlias = fmpq | arb


class Missing(Enum):
    """What an evaluation answers where it has no value."""

    UNDEFINED = "undefined"
    UNKNOWN = "unknown"


UNDEFINED = Missing.UNDEFINED
UNKNOWN = Missing.UNKNOWN


class NoValue(Exception):
    """The expression is certainly undefined here: 1/0, log(-1), an index out of bounds."""


class NotDecided(Exception):
    """A ball can't tell; ``sharper`` says whether more precision may help."""

    def __init__(self, reason: str = "", *, sharper: bool = True) -> None:
        super().__init__(reason)
        self.sharper = sharper


class NotAsked(NotDecided):
    """An entry past the end of its array, of an index that ends nowhere: the answer speaks of others only."""

    def __init__(self) -> None:
        super().__init__("an index past the end of its array", sharper=False)


ZERO = fmpq(0)
ONE = fmpq(1)


def ball(value: Value) -> arb:
    """The value as a ball."""
    return value if isinstance(value, arb) else arb(value)


def sign_of(value: Value) -> int:
    """-1, 0 or 1; 0 only for an exact zero."""
    if isinstance(value, fmpq):
        return int(value > 0) - int(value < 0)
    if value > 0:
        return 1
    if value < 0:
        return -1
    raise NotDecided("the sign of a ball around zero")


def certainly(holds: bool, fails: bool) -> None:
    """Pass where a condition certainly holds, raise `NoValue` where it certainly fails."""
    if fails:
        raise NoValue
    if not holds:
        raise NotDecided("a ball across the border of a domain")


def is_finite(value: Value) -> bool:
    """Is it a number, and neither ∞ nor a ball that reaches so far?"""
    return isinstance(value, fmpq) or bool(value.is_finite())


def numeric(value: Value) -> Value:
    """The value, if it is one: what flint makes of ∞ - ∞ is no ball that holds it."""
    if isinstance(value, arb) and value.is_nan():
        raise NotDecided("infinities that may cancel")
    return value


def less(a: Value, b: Value) -> bool:
    """``a < b``, decided."""
    return _ordered(a, b, strict=True)


def at_most(a: Value, b: Value) -> bool:
    """``a ≤ b``, decided."""
    return _ordered(a, b, strict=False)


def _ordered(a: Value, b: Value, *, strict: bool) -> bool:
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return bool(a < b) if strict else bool(a <= b)
    left, right = ball(a), ball(b)
    if left < right:
        return True
    if right < left:
        return False
    raise NotDecided("two balls that overlap")


def same(a: Value, b: Value) -> bool:
    """``a = b``, decided: two balls are never called equal."""
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return bool(a == b)
    if ball(a).overlaps(ball(b)):
        raise NotDecided("two balls that overlap")
    return False
