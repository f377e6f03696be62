"""Sides that are one strictly increasing function of a letter: ``x^5 + x < y^5 + y`` says ``x < y``.

That it increases is shown by the sign of its derivative. An even function that increases from 0 on is one of
``|x|``; a number that it has at a simple place stands for that place: ``x + e^x > 1`` says ``x > 0``.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from symderiv.equality.cells.null_sets import is_zero_set_null
from symderiv.equality.facts import narrowed
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.procedures.conditions.inequalities import TURNS, has_sign, smooth_slope
from symderiv.expression.build import function, negative, subtract
from symderiv.expression.instantiation import instantiate
from symderiv.expression.kinds import Domain, Kind
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import ZERO, Apply, Expr, Index, Number, Variable

Facts = tuple[Expr, ...]
ON_BOTH_SIDES = Domain()
FROM_NOUGHT = Domain(lower=Fraction(0))


def under_rising(low: Expr, high: Expr, facts: Facts = ()) -> tuple[Expr, Expr] | None:
    """What one strictly increasing function is taken of on both sides of a comparison.

    >>> from symderiv.expression.build import add, mul
    >>> x, y = Variable("x"), Variable("y")
    >>> under_rising(add(x, Apply("exp", (x,))), add(y, Apply("exp", (y,)))) == (x, y)
    True
    >>> print(under_rising(mul(x, x, x), subtract(y, mul(y, y, y))))
    None
    """
    letters = [_letters(side) for side in (low, high)]
    if any(found is None for found in letters) or letters == [{low}, {high}]:
        return None
    domains = {_domain(letter, facts) for found in letters for letter in found or ()}
    if len(domains) != 1 or any(len(found or ()) > 1 for found in letters):
        return None
    t = Variable("t", Kind(domain=domains.pop()))
    g = next(_of(t, side, found) for side, found in zip((low, high), letters, strict=True) if found)
    first, second = (
        _place(g, t, side, found or set()) for side, found in zip((low, high), letters, strict=True)
    )
    return None if first is None or second is None else _in_order(g, t, first, second)


def _in_order(g: Expr, t: Variable, first: Expr, second: Expr) -> tuple[Expr, Expr] | None:
    if _increases(g, t):
        return first, second
    if _increases(negative(g), t):
        return second, first
    if t.kind.domain != ON_BOTH_SIDES or not is_zero(subtract(g, substitute(g, {t: negative(t)}))):
        return None
    right = Variable("t", Kind(domain=FROM_NOUGHT))
    sizes = function("abs", first), function("abs", second)
    if _increases(substitute(g, {t: right}), right):
        return sizes
    return (sizes[1], sizes[0]) if _increases(substitute(negative(g), {t: right}), right) else None


def _letters(side: Expr) -> set[Expr] | None:
    """The real names and entries of an expression without ranges, cases, calls."""
    match side:
        case Variable() | Index(base=Variable()):
            return {side}
        case Apply():
            found = [_letters(arg) for arg in side.args]
            return None if None in found else set().union(*(each for each in found if each))
    return None if side.children else set()


def _domain(letter: Expr, facts: Facts) -> Domain:
    """The interval that a letter ranges over, of an integer what lies between its values, too."""
    if isinstance(letter, Variable):
        found = narrowed(letter, facts)
    else:
        assert isinstance(letter, Index) and isinstance(letter.base, Variable)
        found = Domain() if letter.base.kind.zero_outside else letter.base.kind.domain
    return Domain(
        lower=found.lower, lower_open=found.lower_open, upper=found.upper, upper_open=found.upper_open
    )


def _of(t: Variable, side: Expr, letters: set[Expr] | None) -> Expr:
    return substitute(side, dict.fromkeys(letters or (), t))


def _place(g: Expr, t: Variable, side: Expr, letters: set[Expr]) -> Expr | None:
    """Where g has the value of a side: its letter, or a simple number."""
    if letters:
        (letter,) = letters
        return letter if is_zero(subtract(g, _of(t, side, letters))) else None
    places = (Number(c) for c in TURNS if t.kind.domain.contains(c))
    return next((c for c in places if is_zero(subtract(side, instantiate(g, {t: c})))), None)


def _increases(g: Expr, t: Variable) -> bool:
    """Does g strictly increase where t may be: is its slope positive, but for single points?"""
    rise = smooth_slope(g, t)
    if rise is None:
        return False
    inside = Variable(t.name, Kind(domain=replace(t.kind.domain, lower_open=True, upper_open=True)))
    rise = substitute(rise, {t: inside})
    return has_sign(rise, inside, strict=True) or (has_sign(rise, inside) and is_zero_set_null(rise, ZERO))
