"""Limits, proved: by an expansion in the scale exp(P(1/h)) h^k log(1/h)^j as h → 0+.

A limit at a point is two of them (h above, h below), one at infinity puts 1/h in. Where a sign that matters
isn't known, each cell is looked at by itself. What is not of this class has no answer here.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.conditions.inside import silent_on
from symderiv.equality.conditions.polynomial import Polynomial, TooLarge, constant, minus, plus
from symderiv.equality.limits.coefficients import coefficient, expression
from symderiv.equality.limits.continuity import value_by_continuity
from symderiv.equality.limits.difference_quotients import limit_of_quotient
from symderiv.equality.limits.expand import Expansion, taken_for_granted
from symderiv.equality.limits.functions import split
from symderiv.equality.limits.oscillation import oscillates
from symderiv.equality.limits.partial_sums import with_partial_sums
from symderiv.equality.limits.power_means import limit_of_power_mean
from symderiv.equality.limits.restated import restated
from symderiv.equality.limits.scale import Decline, Growth, Judge, SplitSign
from symderiv.equality.limits.series import Arithmetic, Series
from symderiv.equality.limits.shrinking_powers import limit_of_shrinking_powers
from symderiv.errors import LimitExceeded
from symderiv.expression.build import cases, compare, negative
from symderiv.expression.parts import conjuncts
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import INFINITY, ZERO, Apply, Cases, Constant, Expr, Number, Variable

ORDERS = (4, 8, 14)
MAX_CELLS = 3
NONE = Constant("undefined")


def limit(
    expr: Expr, variable: Variable, point: Expr, side: str = "", facts: tuple[Expr, ...] = ()
) -> Expr | None:
    """``lim expr`` as ``variable`` → ``point`` (from above ``+``, below ``-``, or both), or ``None``.

    ``oo`` and ``-oo`` are points and values. Where the two sides differ there is no limit: the answer is
    the constant ``undefined``, or a case distinction without that case. The limit of a function is that of
    the sequence of its values at integers, which may have one without it.

    >>> x, one = Variable("x"), Number(1)
    >>> from symderiv.expression.build import add, divide, function
    >>> limit(divide(function("sin", x), x), x, ZERO) == one
    True
    >>> limit(divide(one, add(one, function("exp", x))), x, INFINITY) == ZERO
    True
    """
    found = _found_in_cells(expr, variable, point, side, facts)
    if found is None:
        found = limit_of_power_mean(expr, variable, point, side, facts)
    if found is None:
        found = value_by_continuity(expr, variable, point, facts)
    if found is None:
        found = limit_of_quotient(expr, variable, point, facts)
    if found is None:
        found = limit_of_shrinking_powers(
            expr, variable, point, facts, lambda told: _found_in_cells(told, variable, point, side, facts)
        )
    if found is None:
        again = restated(expr, variable, point, side, facts)
        tried = ((told, _found_in_cells(*words, facts)) for words, told in again)
        found = next((value for told, limited in tried if limited and (value := told(limited))), None)
    if found is None or (variable.kind.domain.integer and _may_be_none(found)):
        return None
    return found


def _found_in_cells(
    expr: Expr, variable: Variable, point: Expr, side: str, facts: tuple[Expr, ...]
) -> Expr | None:
    try:
        given = (*facts, *taken_for_granted(expr, variable))
        closed = with_partial_sums(expr, variable, point, given)
        found = _in_cells(closed, variable, point, side, given, MAX_CELLS)
    except (Decline, TooLarge, LimitExceeded, RecursionError):
        return None
    return None if closed is not expr and _may_be_none(found) else found


def _may_be_none(found: Expr) -> bool:
    return found == NONE or (isinstance(found, Cases) and found.otherwise is None)


def holds_near(
    condition: Expr, variable: Variable, point: Expr, side: str, facts: tuple[Expr, ...] = ()
) -> bool | None:
    """Whether a condition holds for all values near a point, on one side: surely, surely not, not known.

    >>> x = Variable("x")
    >>> [holds_near(compare("lt", ZERO, x), x, ZERO, side) for side in "+-"]
    [True, False]
    """
    known = knowledge((*silent_on(facts, variable), *_sign_near(variable, point, side)))
    found = {
        True if known.implies(part) else _found_near(part, variable, point, side, facts)
        for part in conjuncts(condition)
    }
    return False if False in found else None if None in found else True


def _sign_near(variable: Variable, point: Expr, side: str) -> Iterator[Expr]:
    """The sign of what goes to infinity, or to 0 from one side."""
    if point == INFINITY or (point, side) == (ZERO, "+"):
        yield compare("lt", ZERO, variable)
    elif point == negative(INFINITY) or (point, side) == (ZERO, "-"):
        yield compare("lt", variable, ZERO)


def _found_near(
    condition: Expr, variable: Variable, point: Expr, side: str, facts: tuple[Expr, ...]
) -> bool | None:
    try:
        return _holds(condition, variable, _near(point, side), facts, MAX_CELLS)
    except (Decline, TooLarge, LimitExceeded, RecursionError):
        return None


def _holds(condition: Expr, variable: Variable, near: Series, facts: tuple[Expr, ...], depth: int) -> bool:
    """The answer, if it is the same in all cells."""
    try:
        return Expansion(Arithmetic(Judge(facts), ORDERS[0]), variable, near).holds(condition)
    except SplitSign as needed:
        if depth == 0 or variable in free_variables(needed.expr):
            raise Decline("too many cells") from None
        cells = _signs_of(needed.expr)
    found = {_holds(condition, variable, near, (*facts, cell), depth - 1) for cell in cells}
    if len(found) > 1:
        raise Decline("not the same in all cells")
    return found.pop()


def _signs_of(border: Expr) -> tuple[Expr, Expr, Expr]:
    return compare("lt", ZERO, border), compare("lt", border, ZERO), compare("eq", border, ZERO)


def _in_cells(
    expr: Expr, variable: Variable, point: Expr, side: str, facts: tuple[Expr, ...], depth: int
) -> Expr:
    try:
        return _limit(expr, variable, point, side, facts)
    except SplitSign as needed:
        border = needed.expr
    if depth == 0 or variable in free_variables(border):
        raise Decline("too many cells")
    conditions = _signs_of(border)
    values = [
        _in_cells(expr, variable, point, side, (*facts, condition), depth - 1) for condition in conditions
    ]
    if values[0] == values[1] == values[2]:
        return values[0]
    defined = tuple((c, v) for c, v in zip(conditions, values, strict=True) if v != NONE)
    if len(defined) == 3:
        return cases(defined[:2], values[2])
    return cases(defined, None) if defined else NONE


def _limit(expr: Expr, variable: Variable, point: Expr, side: str, facts: tuple[Expr, ...]) -> Expr:
    if side or point in (INFINITY, negative(INFINITY)):
        return _one_sided(expr, variable, _near(point, side), facts)
    right, left = (_one_sided(expr, variable, _near(point, s), facts) for s in "+-")
    if NONE in (right, left):
        return NONE
    if right == left or _same(right, left, facts):
        return right
    if isinstance(right, Number) and isinstance(left, Number):
        return NONE
    if INFINITY in (right, left) or negative(INFINITY) in (right, left):
        return NONE
    raise Decline("two sides that may differ")


def _same(a: Expr, b: Expr, facts: tuple[Expr, ...]) -> bool:
    return Judge(facts).vanishes(minus(coefficient(a), coefficient(b)))


def _near(point: Expr, side: str) -> Series:
    """``point + h``, ``point - h``, or 1/h at infinity."""
    if point in (INFINITY, negative(INFINITY)):
        return Series(((Growth(power=Fraction(-1)), constant(1 if point == INFINITY else -1)),))
    return Series((*_constant(point), (Growth(power=Fraction(1)), constant(1 if side == "+" else -1))))


def _constant(point: Expr) -> tuple[tuple[Growth, Polynomial], ...]:
    value = coefficient(point)
    return ((Growth(), value),) if value else ()


def _one_sided(expr: Expr, variable: Variable, near: Series, facts: tuple[Expr, ...]) -> Expr:
    """The limit as h → 0+, with as many terms as it takes."""
    for order in ORDERS:
        try:
            arithmetic = Arithmetic(Judge(facts), order)
            expansion = Expansion(arithmetic, variable, near)
            value = _value(arithmetic, expansion.of(expr))
            if expansion.is_smooth_in(value):
                return value
        except Decline:
            continue
    if oscillates(expr, variable, lambda part: _found(part, variable, near, facts)):
        return NONE
    raise Decline("not enough terms")


def _found(expr: Expr, variable: Variable, near: Series, facts: tuple[Expr, ...]) -> Expr | None:
    try:
        return _one_sided(expr, variable, near, facts)
    except Decline:
        return None


def _value(a: Arithmetic, series: Series) -> Expr:
    lead = next(((g, c) for g, c in series.terms if a.judge.size(g) > 0 and a.judge.sign(c)), None)
    if lead is not None:
        if series.error is not None and a.judge.size(series.error.over(lead[0])) >= 0:
            raise Decline("not enough terms")
        return INFINITY if a.judge.sign(lead[1]) > 0 else Apply("mul", (Number(-1), INFINITY))
    _, middle, _ = split(a, series)
    return expression(plus(middle))
