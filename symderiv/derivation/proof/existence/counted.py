"""That a sum of what is nowhere negative is positive, for one of its terms is: a window holds its middle.

0 < Σ_{a=0…2} [0 ≤ 2 i + a - 1 < n]      for a = 1, where 0 ≤ i and 2 i < n
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from symderiv.equality.conditions.condition import holds
from symderiv.expression.build import compare
from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import TRUE, ZERO, Apply, Binder, Cases, Expr, Number, Variable
from symderiv.index.every_size.positivity import is_nonnegative

MAX_TERMS = 27


def counts_something(asked: Expr, facts: tuple[Expr, ...]) -> bool:
    """Whether ``0 < Σ`` or ``Σ ≠ 0`` is asked, and one of few terms of Σ is surely positive.

    >>> from symderiv.expression.build import cases
    >>> from symderiv.expression.tree import ONE, index_variable
    >>> a = index_variable("a")
    >>> total = Binder("sum", cases(((compare("lt", a, ONE), ONE),), ZERO), a, ZERO, Number(2))
    >>> counts_something(compare("ne", total, ZERO), ())
    True
    """
    match asked:
        case Apply(head="ne", args=(Binder() as total, zero)) if zero == ZERO:
            pass
        case Apply(head="lt", args=(zero, Binder() as total)) if zero == ZERO:
            pass
        case _:
            return False
    ranges: dict[Variable, range] = {}
    term: Expr = total
    while isinstance(term, Binder):
        first, last = term.lower, term.upper
        plain = term.kind == "sum" and term.condition == TRUE
        if not plain or not isinstance(first, Number) or not isinstance(last, Number):
            return False
        ranges[term.variable] = range(int(first.value), int(last.value) + 1)
        term = term.body
    return is_nonnegative(term) and any(_is_positive(each, facts) for each in _terms(term, ranges))


def _terms(term: Expr, ranges: dict[Variable, range]) -> Iterator[Expr]:
    """The terms, those in the middle first."""
    ordered = [_from_the_middle(each) for each in ranges.values()]
    for count, at in enumerate(product(*ordered)):
        if count == MAX_TERMS:
            return
        yield instantiate(term, dict(zip(ranges, map(Number, at), strict=True)))


def _from_the_middle(places: range) -> list[int]:
    middle = sum(places) / max(len(places), 1)
    return sorted(places, key=lambda k: abs(k - middle))


def _is_positive(term: Expr, facts: tuple[Expr, ...]) -> bool:
    match term:
        case Cases(branches=((condition, value),)):
            return bool(holds(condition, facts)) and _is_positive(value, facts)
    return bool(holds(compare("lt", ZERO, term), facts))
