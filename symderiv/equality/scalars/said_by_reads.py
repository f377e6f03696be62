"""That an entry exists is said by a condition, or by reading it: both sides are brought to say it alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.equality.problem import Problem
from symderiv.errors import LimitExceeded
from symderiv.expression.build import conjunction
from symderiv.expression.contents import contents
from symderiv.expression.parts import conjuncts
from symderiv.expression.tree import Apply, Binder, Expr, Index
from symderiv.index import asks_for

Facts = tuple[Expr, ...]


def with_reads_said(given: Problem) -> Problem:
    """What one side asks for in so many words, said of the other, too, where that reads such an entry.

    >>> from symderiv.expression.build import compare
    >>> from symderiv.expression.kinds import SIZE, Kind
    >>> from symderiv.expression.tree import ONE, TRUE, ZERO, Variable
    >>> n = Variable("n", SIZE)
    >>> entry = Index(Variable("x", Kind(shape=(n,))), (ONE,))
    >>> print(with_reads_said(Problem(ZERO, entry, compare("lt", ONE, n), TRUE)).defined_b)
    1 < n
    """
    if given.defined_a == given.defined_b:
        return given
    return replace(
        given,
        defined_a=conjunction(
            given.defined_a, *_said(given.defined_b, given.a, given.defined_a, given.facts)
        ),
        defined_b=conjunction(
            given.defined_b, *_said(given.defined_a, given.b, given.defined_b, given.facts)
        ),
    )


def _said(asked: Expr, side: Expr, defined: Expr, facts: Facts) -> Iterator[Expr]:
    """The parts of a condition that a side says by what it reads, and not yet in words."""
    if Index not in contents(side).classes:
        return
    words = set(conjuncts(defined))
    try:
        yield from (
            part
            for part in conjuncts(asked)
            if part not in words and _compares(part) and asks_for(side, part, facts)
        )
    except LimitExceeded:
        return


def _compares(part: Expr) -> bool:
    """Is it a comparison of sizes or indices, nothing else standing in it?"""
    is_plain = contents(part).classes.isdisjoint((Binder, Index))
    integers = (name.kind.domain.integer or name.kind.index for name in contents(part).free)
    return isinstance(part, Apply) and part.head in ("lt", "le", "ne") and is_plain and all(integers)
