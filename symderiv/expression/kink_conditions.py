"""Conditions at kinks, kept apart: on a null set a derivative may exist though the plain rules can't tell.

    S or on_kinks(R)      surely where S holds; else just where R does, in which ``unknown`` may stand

Almost everywhere R doesn't count, and S alone is asked (`off_kinks`). Where every point counts, R is put in
(`on_kinks`); what is ``unknown`` there is neither believed nor denied.
"""

from __future__ import annotations

from symderiv.expression.build import boolean, disjunction
from symderiv.expression.contents import contents
from symderiv.expression.instantiation import refold
from symderiv.expression.tree import FALSE, Apply, Expr, walk

HEAD = "on_kinks"
UNKNOWN = Apply("unknown", ())


def or_on_kinks(sure: Expr, there: Expr) -> Expr:
    """``sure``, or else ``there``."""
    return sure if there == FALSE else disjunction(sure, Apply(HEAD, (there,)))


def speaks_of_kinks(condition: Expr) -> bool:
    """Whether a condition says something of kinks by themselves."""
    if Apply not in contents(condition).classes:
        return False
    return any(isinstance(node, Apply) and node.head == HEAD for node in walk(condition))


def off_kinks(condition: Expr) -> Expr:
    """The condition almost everywhere.

    >>> from symderiv.expression.build import compare
    >>> from symderiv.expression.tree import ZERO, Variable
    >>> S = compare("ne", Variable("x"), ZERO)
    >>> off_kinks(or_on_kinks(S, UNKNOWN)) == S
    True
    """
    return _put(condition, None, FALSE) if speaks_of_kinks(condition) else condition


def with_kinks(condition: Expr) -> Expr:
    """The condition at every point, ``unknown`` where it may be."""
    return _put(condition, None, None) if speaks_of_kinks(condition) else condition


def answered(condition: Expr, answer: bool) -> Expr:
    """The condition at every point, what is unknown taken for true or for false."""
    return _put(condition, boolean(answer), None) if speaks_of_kinks(condition) else condition


def is_unknown(condition: Expr) -> bool:
    """Whether something unknown stands in a condition."""
    return Apply in contents(condition).classes and UNKNOWN in walk(condition)


def _put(expr: Expr, unknown: Expr | None, kinks: Expr | None) -> Expr:
    if isinstance(expr, Apply) and expr.head == HEAD:
        return kinks if kinks is not None else _put(expr.args[0], unknown, kinks)
    if expr == UNKNOWN and unknown is not None:
        return unknown
    if not expr.children:
        return expr
    changed = tuple(_put(child, unknown, kinks) for child in expr.children)
    if all(new is old for new, old in zip(changed, expr.children, strict=True)):
        return expr
    return refold(expr, changed)
