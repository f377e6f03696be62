"""Conditions at kinks, kept apart: on a null set a derivative may exist though the plain rules can't tell.

    S or on_kinks(R)      surely where S holds; else just where R does, in which ``unknown`` may stand
    S or at_rest(F)       surely where S holds; where F does at almost all points, at each it is unknown

Almost everywhere R doesn't count, and F does (`off_kinks`). Where every point counts, R is put in, and F with
a doubt (`with_kinks`); what is ``unknown`` there is neither believed nor denied.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.build import boolean, conjunction, disjunction
from symderiv.expression.contents import contents
from symderiv.expression.instantiation import refold
from symderiv.expression.tree import FALSE, TRUE, Apply, Expr, walk

HEADS = ("on_kinks", "at_rest")
OF_NUMBERS = frozenset(("eq", "ne", "lt", "le", "exists"))
UNKNOWN = Apply("unknown", ())

Put = Callable[[Expr], Expr]


def or_on_kinks(sure: Expr, there: Expr) -> Expr:
    """``sure``, or else ``there``."""
    return sure if there == FALSE else disjunction(sure, Apply("on_kinks", (there,)))


def or_at_rest(sure: Expr, flat: Expr) -> Expr:
    """``sure``, or ``flat``, which tells of a resting argument at almost all points."""
    return disjunction(sure, flat if flat in (TRUE, FALSE) else Apply("at_rest", (flat,)))


def speaks_of_kinks(condition: Expr) -> bool:
    """Whether a condition says something of kinks by themselves; what is compared are numbers."""
    if not isinstance(condition, Apply):
        return any(map(speaks_of_kinks, condition.children))
    if condition.head in OF_NUMBERS:
        return False
    return condition.head in HEADS or any(map(speaks_of_kinks, condition.args))


def off_kinks(condition: Expr) -> Expr:
    """The condition almost everywhere.

    >>> from symderiv.expression.build import compare
    >>> from symderiv.expression.tree import ZERO, Variable
    >>> S = compare("ne", Variable("x"), ZERO)
    >>> off_kinks(or_on_kinks(S, UNKNOWN)) == S
    True
    """
    return (
        _put(condition, lambda there: FALSE, lambda flat: flat) if speaks_of_kinks(condition) else condition
    )


def with_kinks(condition: Expr) -> Expr:
    """The condition at every point, ``unknown`` where it may be."""
    return _with(condition, UNKNOWN)


def answered(condition: Expr, answer: bool) -> Expr:
    """The condition at every point, what is unknown taken for true or for false."""
    return _with(condition, boolean(answer))


def is_unknown(condition: Expr) -> bool:
    """Whether something unknown stands in a condition."""
    return Apply in contents(condition).classes and UNKNOWN in walk(condition)


def _with(condition: Expr, unknown: Expr) -> Expr:
    if not speaks_of_kinks(condition):
        return condition
    put = _put(condition, lambda there: there, lambda flat: conjunction(flat, UNKNOWN))
    return put if unknown == UNKNOWN else _put(put, lambda e: e, lambda e: e, unknown)


def _put(expr: Expr, there: Put, flat: Put, unknown: Expr = UNKNOWN) -> Expr:
    """The condition with something in the place of what is said of kinks, may rest, or is unknown."""
    if expr == UNKNOWN:
        return unknown
    if not expr.children:
        return expr
    changed = tuple(_put(child, there, flat, unknown) for child in expr.children)
    if isinstance(expr, Apply) and expr.head in HEADS:
        return (there if expr.head == "on_kinks" else flat)(changed[0])
    if all(new is old for new, old in zip(changed, expr.children, strict=True)):
        return expr
    return refold(expr, changed)
