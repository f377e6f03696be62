"""That an entry exists is said by a condition, or by reading it: both sides are brought to say it alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.equality.problem import Problem
from symderiv.expression.build import compare, conjunction
from symderiv.expression.contents import contents
from symderiv.expression.parts import conjuncts
from symderiv.expression.tree import ZERO, Expr, Index, Variable
from symderiv.expression.unguarded import unguarded


def with_reads_said(given: Problem) -> Problem:
    """What one side asks for in so many words, said of the other, too, where that reads such an entry.

    >>> from symderiv.expression.kinds import SIZE, Kind
    >>> from symderiv.expression.tree import ONE, TRUE
    >>> n = Variable("n", SIZE)
    >>> entry = Index(Variable("x", Kind(shape=(n,))), (ONE,))
    >>> print(with_reads_said(Problem(ZERO, entry, compare("lt", ONE, n), TRUE)).defined_b)
    1 < n
    """
    if given.defined_a == given.defined_b:
        return given
    return replace(
        given,
        defined_a=conjunction(given.defined_a, *_said(given.defined_b, given.a)),
        defined_b=conjunction(given.defined_b, *_said(given.defined_a, given.b)),
    )


def _said(asked: Expr, side: Expr) -> Iterator[Expr]:
    """The parts of a condition that a side says by what it reads."""
    if Index in contents(side).classes:
        bounds = {bound for node in unguarded(side) for bound in _bounds(node)}
        yield from (part for part in conjuncts(asked) if part in bounds)


def _bounds(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Index) and isinstance(node.base, Variable) and not node.base.kind.zero_outside:
        for index, size in zip(node.indices, node.base.kind.shape, strict=False):
            if size is not None:
                yield compare("le", ZERO, index)
                yield compare("lt", index, size)
