"""Whether a condition holds inside a sign cell.

Over integers ``a ≤ b`` asks for the sign of 2(b − a) + 1, which is never zero; over the reals an equation
fails inside every cell unless it is an identity, and its solutions are marked.
"""

from __future__ import annotations

from collections.abc import Callable
from math import lcm

from symderiv.equality.normal_forms.generators import Decline
from symderiv.equality.normal_forms.integrality import is_integer, is_odd, over_integers
from symderiv.equality.normal_forms.normal_form import NormalForm
from symderiv.equality.normal_forms.rational import Element
from symderiv.expression.tree import FALSE, TRUE, ZERO, Apply, Cases, Constant, Expr


def truth(nf: NormalForm, condition: Expr, mark: bool = True) -> bool:
    """Does it hold on the open cell? With ``mark`` the zero sets at which that may change are noted."""
    if condition == TRUE:
        return True
    if condition == FALSE:
        return False
    if isinstance(condition, Apply) and condition.head in _TRUTH:
        return _TRUTH[condition.head](nf, condition, mark)
    if isinstance(condition, Cases) and condition.otherwise is not None:
        return truth(nf, _case(nf, condition, mark), mark)
    raise Decline("a condition that is no comparison")


def _case(nf: NormalForm, condition: Cases, mark: bool) -> Expr:
    """The condition that counts in the cell: ``x <= 1`` of ``x <= 1 if x > 0 else e^x <= 2``."""
    assert condition.otherwise is not None
    return next((value for case, value in condition.branches if truth(nf, case, mark)), condition.otherwise)


def _less(nf: NormalForm, condition: Apply, mark: bool) -> bool:
    a, b = (nf.convert(arg) for arg in condition.args)
    gap = nf.arithmetic.subtract(b, a)
    whole = _cleared(nf, gap)
    if whole is not None:
        shift = -1 if condition.head == "lt" else 1
        gap = nf.arithmetic.add(nf.arithmetic.scaled(whole, 2), nf.arithmetic.number(shift))
        return _sign_of_whole(nf, gap) > 0
    sign, seen = nf.sign(gap)
    holds = sign > 0 or (sign == 0 and condition.head == "le")
    # on the boundary a ≤ b holds and a < b fails: only the other value jumps there
    if mark and holds != (condition.head == "le"):
        _note(nf, seen)
    return holds


def _cleared(nf: NormalForm, gap: Element) -> Element | None:
    """An integer with the sign of the gap: itself, or its numerator over what has one sign, as of
    ``m n/(m + n) - r`` for sizes.
    """
    if is_integer(nf.field, gap):
        return gap
    if not over_integers(nf.field, gap.num) or not gap.den:
        return None
    sign, seen = nf.sign(Element(nf.field.one, gap.den))
    common = lcm(*(int(coefficient.q) for coefficient in gap.num.coeffs()))
    return None if seen else nf.arithmetic.scaled(Element(gap.num), sign * common)


def _equal(nf: NormalForm, condition: Apply, mark: bool) -> bool:
    a, b = (nf.convert(arg) for arg in condition.args)
    gap = nf.arithmetic.subtract(b, a)
    if nf.arithmetic.is_zero(gap):
        return True
    if is_integer(nf.field, gap):
        return _integers_equal(nf, gap)
    if mark:
        nf.mark(gap, condition.args[0] if condition.args[1] == ZERO else None)
    return False


def _integers_equal(nf: NormalForm, gap: Element) -> bool:
    double = nf.arithmetic.scaled(gap, 2)
    one = nf.arithmetic.one
    if _sign_of_whole(nf, nf.arithmetic.subtract(double, one)) > 0:
        return False
    return _sign_of_whole(nf, nf.arithmetic.add(double, one)) > 0


def _sign_of_whole(nf: NormalForm, odd: Element) -> int:
    """The sign of an odd number. Where it isn't the same on the boundary of the cell, which no other cell
    may hold (|m| has the cells m > 0 and m < 0), the boundary is marked.
    """
    sign, seen = nf.sign(odd)
    assumed = nf.signs.assumed
    closed = nf.signs.closed() if assumed and seen else nf.signs
    known = (closed.of(number) for number in seen)
    if assumed and not all(found is not None and found[1] for found in known):
        _note(nf, tuple(number for number in assumed if not is_odd(nf.field, nf.field.poly(number))))
    return sign


def _unequal(nf: NormalForm, condition: Apply, mark: bool) -> bool:
    return not _equal(nf, condition, mark)


def _note(nf: NormalForm, factors: tuple[int, ...]) -> None:
    for number in factors:
        nf.mark_factor(number, None)


def _all(nf: NormalForm, condition: Apply, mark: bool) -> bool:
    return all(truth(nf, part, mark) for part in condition.args)


def _any(nf: NormalForm, condition: Apply, mark: bool) -> bool:
    return any(truth(nf, part, mark) for part in condition.args)


def _not(nf: NormalForm, condition: Apply, mark: bool) -> bool:
    return not truth(nf, condition.args[0], mark)


def as_number(nf: NormalForm, condition: Apply | Constant) -> Element:
    """A condition as 1 or 0: two conditions are equal where they hold at the same points.

    Where ``x ≠ 0`` turns it has a value, so that is no pole.
    """
    if nf.opaque and condition not in (TRUE, FALSE):
        raise Decline("a condition as a value")
    poles = set(nf.poles[nf.side])
    holds = truth(nf, condition)
    nf.poles[nf.side] = poles
    return nf.arithmetic.one if holds else nf.arithmetic.zero


_TRUTH: dict[str, Callable[[NormalForm, Apply, bool], bool]] = {
    "lt": _less,
    "le": _less,
    "eq": _equal,
    "ne": _unequal,
    "and": _all,
    "or": _any,
    "not": _not,
}
