"""Functions that strictly increase, taken away from both sides: ``x³ < y³`` says ``x < y``.

So do tanh, atan and whatever else increases wherever it exists; odd powers of factors, ``8 x³ = y³ z³``, too.
Where the sides exist isn't touched: who asks has it in the conditions, or beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import flint

from symderiv.expression.build import mul, number
from symderiv.expression.parts import factors_of
from symderiv.expression.tree import Apply, Expr, Number

INCREASING = frozenset(("exp", "log", "tanh", "sinh", "erf", "atan", "asinh", "atanh", "asin"))


def taken_away(low: Expr, high: Expr) -> tuple[Expr, Expr] | None:
    """What stands under the same increasing function on both sides of a comparison.

    >>> from symderiv.expression.tree import Variable
    >>> x, y = Variable("x"), Variable("y")
    >>> taken_away(Apply("atan", (x,)), Apply("atan", (y,))) == (x, y)
    True
    >>> taken_away(Apply("pow", (x, Number(3))), Number(-8)) == (x, Number(-2))
    True
    >>> print(taken_away(Apply("pow", (x, Number(2))), Apply("pow", (y, Number(2)))))
    None
    """
    match low, high:
        case Apply(head=head, args=(u,)), Apply(head=other, args=(v,)) if head == other in INCREASING:
            return u, v
    for n in _odd_exponents(low, high):
        roots = [_root(side, n) for side in (low, high)]
        if roots[0] is not None and roots[1] is not None:
            return roots[0], roots[1]
    return None


def _odd_exponents(*sides: Expr) -> Iterator[int]:
    """The odd numbers to which something is raised on one of the sides."""
    for side in sides:
        for factor in factors_of(side):
            match factor:
                case Apply(head="pow", args=(_, Number(value=int() as n))) if n > 1 and n % 2:
                    yield n


def _root(side: Expr, n: int) -> Expr | None:
    """u of a side that is written as uⁿ."""
    parts = [_root_of_factor(factor, n) for factor in factors_of(side)]
    known = [part for part in parts if part is not None]
    return mul(*known) if len(known) == len(parts) else None


def _root_of_factor(factor: Expr, n: int) -> Expr | None:
    match factor:
        case Number(value=value):
            above, below = (_whole_root(part, n) for part in (value.numerator, value.denominator))
            return None if above is None or below is None else number(Fraction(above, below))
        case Apply(head="pow", args=(base, Number(value=int() as exponent))) if exponent == n:
            return base
    return None


def _whole_root(value: int, n: int) -> int | None:
    root = int(flint.fmpz(abs(value)).root(n))
    if root**n != abs(value):
        return None
    return root if value >= 0 else -root
