"""Ranges between numbers that are long: ``Σ_{i<784} x_i²`` is proved as it stands, not term by term.

``Σ_{i≤10^9} i`` can't be written out, and has a value all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.equality.problem import Problem
from symderiv.expression.contents import contents
from symderiv.expression.instantiation import MAX_TERMS
from symderiv.expression.tree import Binder, Exact, Expr, Number, walk
from symderiv.index import normalise

MANY = 8


def in_closed_form(given: Problem) -> Problem | None:
    """The problem with such sums in the closed form that they are equal to; None where they have none.

    >>> from symderiv.expression.tree import ONE, TRUE, index_variable
    >>> i = index_variable("i")
    >>> total = Binder("sum", i, i, ONE, Number(10**6))
    >>> in_closed_form(Problem(total, Number(5), TRUE, TRUE, (), None)).a.value
    500000500000
    """
    if not (_has_long_range(given.a) or _has_long_range(given.b)):
        return None
    a, b = normalise((given.a, given.b), given.facts)
    return None if _has_long_range(a) or _has_long_range(b) else replace(given, a=a, b=b)


def has_longer_range(side: Expr) -> bool:
    """Whether a sum has more terms than are soon written out."""
    return any(length > MANY for length in _lengths(side))


def _has_long_range(side: Expr) -> bool:
    return any(length > MAX_TERMS for length in _lengths(side))


def _lengths(side: Expr) -> Iterator[Exact]:
    """How many terms the ranges between numbers have."""
    for node in walk(side) if Binder in contents(side).classes else ():
        match node:
            case Binder(lower=Number(value=lower), upper=Number(value=upper)):
                yield upper - lower + 1
