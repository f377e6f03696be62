"""Entries beyond their arrays: ``x[n]`` of an x with n entries has no value at any size."""

from __future__ import annotations

from symderiv.expression.contents import contents
from symderiv.expression.tree import Expr, Index, Number, Variable, walk
from symderiv.index.accesses import accessed
from symderiv.index.normal import new_session


def is_out_of_reach(exprs: tuple[Expr, ...], facts: tuple[Expr, ...] = ()) -> bool:
    """Is there no size at which all entries that are surely read lie inside their arrays?

    What is said to be equal "where both have a value" is then said of nothing.

    >>> from symderiv.expression.kinds import SIZE, Kind
    >>> n = Variable("n", SIZE)
    >>> x = Variable("x", Kind(shape=(n,)))
    >>> [is_out_of_reach((Index(x, (index,)),)) for index in (n, Number(0))]
    [True, False]
    """
    indexed = [expr for expr in exprs if Index in contents(expr).classes]
    if not any(_is_computed(node) for expr in indexed for node in walk(expr)):
        return False
    session = new_session(exprs, facts)
    if session.context.is_empty():
        return False
    for expr in exprs:
        session.context = session.context.intersect(accessed(session, expr))
    return bool(session.context.is_empty())


def _is_computed(node: Expr) -> bool:
    """An entry whose index is more than a number or a name for an index."""
    if not isinstance(node, Index) or not isinstance(node.base, Variable) or node.base.kind.zero_outside:
        return False
    return not all(
        isinstance(index, Number) or (isinstance(index, Variable) and index.kind.index)
        for index in node.indices
    )
