"""Values at one fixed point, by which most wrong forms are passed over without a proof.

A fingerprint never judges: it only spares the attempt to prove an answer equal to a form from which it
differs at that point.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias
from zlib import crc32

from flint import arb

from symderiv.equality.evaluate import evaluate
from symderiv.equality.evaluate_point import Coordinate, human_numbers
from symderiv.equality.evaluate_values import Missing
from symderiv.errors import SymderivError
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Expr, Number, Variable
from symderiv.tensor import Meaning, Tensor

Value: TypeAlias = Fraction | arb | bool | Missing
Fingerprint: TypeAlias = tuple[Value, ...] | None

MAX_ENTRIES = 16


def fingerprint(found: Meaning) -> Fingerprint:
    """The values of the first entries at a point that the names alone decide; None where there is none.

    >>> fingerprint(Tensor.table([1, 2]))
    (Fraction(1, 1), Fraction(2, 1))
    """
    if not isinstance(found, Tensor) or found.sizes is None:
        return None
    names = free_variables(found.value) - set(found.indices)
    if any(name.kind.function or name.kind.index or not human_numbers(name.kind.domain) for name in names):
        return None
    point: dict[Expr, Coordinate] = {name: _number(name) for name in names if not name.kind.shape}
    try:
        return tuple(
            evaluate(found.entry(*map(Number, position)), point, (128,))
            for _, position in zip(range(MAX_ENTRIES), found.positions(), strict=False)
        )
    except (SymderivError, ArithmeticError, RecursionError):
        return None


def _number(name: Variable) -> Coordinate:
    numbers = human_numbers(name.kind.domain)
    return numbers[crc32(name.name.encode()) % len(numbers)]


def may_be_equal(a: Fingerprint, b: Fingerprint) -> bool:
    """Whether the values leave it open that the two are equal."""
    if a is None or b is None or len(a) != len(b):
        return True
    return all(_may_agree(x, y) for x, y in zip(a, b, strict=True))


def _may_agree(x: Value, y: Value) -> bool:
    if isinstance(x, arb) and isinstance(y, arb):
        return bool(x.overlaps(y))
    if isinstance(x, Fraction) and isinstance(y, Fraction):
        return x == y
    if isinstance(x, Fraction) and isinstance(y, arb):
        return _may_agree(_ball(x), y)
    if isinstance(x, arb) and isinstance(y, Fraction):
        return _may_agree(x, _ball(y))
    return True


def _ball(x: Fraction) -> arb:
    return arb(x.numerator) / arb(x.denominator)
