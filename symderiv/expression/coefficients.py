"""The coefficients of a polynomial in one name, multiplied out."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.build import add, mul
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ONE, ZERO, Apply, Expr, Number, Variable

MAX_DEGREE = 24


Coefficients = list[Expr]


def coefficients_in(expr: Expr, t: Variable) -> Coefficients | None:
    """The coefficients of a polynomial in t, the constant one first; ``None`` where it isn't one."""
    if t not in free_variables(expr):
        return [expr]
    match expr:
        case Variable():
            return [ZERO, ONE]
        case Apply(head="add", args=args):
            return _joined(args, t, [ZERO], _plus)
        case Apply(head="mul", args=args):
            return _joined(args, t, [ONE], _times)
        case Apply(head="pow", args=(base, Number(value=int() as n))) if 0 < n <= MAX_DEGREE:
            return _joined((base,) * n, t, [ONE], _times)
    return None


def _joined(
    parts: tuple[Expr, ...], t: Variable, start: Coefficients, join: Callable[..., Coefficients]
) -> Coefficients | None:
    total = start
    for part in parts:
        found = coefficients_in(part, t)
        if found is None or len(total) + len(found) > MAX_DEGREE:
            return None
        total = join(total, found)
    return total


def _plus(a: Coefficients, b: Coefficients) -> Coefficients:
    length = max(len(a), len(b))
    return [add(*(side[k] for side in (a, b) if k < len(side))) for k in range(length)]


def _times(a: Coefficients, b: Coefficients) -> Coefficients:
    places = range(len(a) + len(b) - 1)
    return [add(*(mul(a[j], b[k - j]) for j in range(len(a)) if 0 <= k - j < len(b))) for k in places]
