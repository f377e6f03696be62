"""Where a switched ``sin(m t + c)`` or ``cos(m t + c)`` crosses 0, and on which side it lies between."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor, pi

from symderiv.equality.integrals.near import nearly
from symderiv.expression.build import compare, mul
from symderiv.expression.progressions import intercept, line
from symderiv.expression.tree import PI, ZERO, Apply, Expr, Number, Variable

MAX_CROSSINGS = 24
SHIFTS = {"sin": Fraction(0), "cos": Fraction(1, 2)}  # cos u = sin(u + π/2)
Wave = tuple[Fraction, Fraction, int]
Ends = tuple[Expr, Expr]


def wave(gap: Expr, t: Variable) -> Wave | None:
    """``(m, q, sign)`` where the gap has that sign times ``sin(m t + q π)``'s, m and q rational."""
    match gap:
        case Apply(head="mul", args=(Number(value=factor), inner)):
            found = wave(inner, t)
            return None if found is None else (*found[:2], found[2] if factor > 0 else -found[2])
        case Apply(head="sin" | "cos" as head, args=(u,)):
            slope, start = line(u, t), _in_half_turns(intercept(u, t))
            if isinstance(slope, Number) and slope != ZERO and start is not None:
                return Fraction(slope.value), start + SHIFTS[head], 1
    return None


def crossings(gap: Expr, t: Variable, ends: Ends) -> Iterator[Expr]:
    """The zeros from the last one before the ends, which are numbers, to the first one behind them."""
    found = wave(gap, t)
    near = [nearly(end) for end in ends] if found is not None else [None]
    if found is None or None in near:
        return
    m, q, _ = found
    turns = [float(m) * each / pi + float(q) for each in near if each is not None]
    first, last = floor(min(turns)), ceil(max(turns))
    if last - first <= MAX_CROSSINGS:
        yield from (mul(Number((k - q) / m), PI) for k in range(first, last + 1))


def side_of_wave(gap: Expr, t: Variable, cell: Ends) -> Expr | None:
    """On which side of 0 it lies in a cell between two multiples of π, if none of its zeros is inside."""
    found = wave(gap, t)
    edges = [_in_half_turns(edge) for edge in cell] if found is not None else [None]
    if found is None or None in edges:
        return None
    m, q, side = found
    low, high = sorted(m * edge + q for edge in edges if edge is not None)
    k = floor(low)
    if high > k + 1:
        return None
    return compare("lt", ZERO, gap) if (side > 0) == (k % 2 == 0) else compare("lt", gap, ZERO)


def _in_half_turns(angle: Expr) -> Fraction | None:
    """q where the angle is ``q π``."""
    match angle:
        case Number(value=0):
            return Fraction(0)
        case Apply(head="mul", args=(Number(value=q), inner)) if inner == PI:
            return Fraction(q)
        case Apply(head="add", args=args):
            shares = [_in_half_turns(arg) for arg in args]
            return None if None in shares else sum((q for q in shares if q is not None), Fraction(0))
    return Fraction(1) if angle == PI else None
