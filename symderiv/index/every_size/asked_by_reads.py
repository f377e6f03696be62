"""Conditions on sizes and indices that an expression asks by what it surely reads."""

from __future__ import annotations

from functools import reduce

from symderiv.expression.contents import contents
from symderiv.expression.tree import Cases, Expr
from symderiv.index.every_size.accesses import inside, needed
from symderiv.index.every_size.ranged_reads import inside_ranges
from symderiv.index.every_size.reach import ended_indices
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.conditions import condition_set
from symderiv.index.integer_sets.points import universe
from symderiv.index.normal import new_session


def asks_for(expr: Expr, condition: Expr, facts: tuple[Expr, ...] = ()) -> bool:
    """Has an expression a value only where the condition holds, as it surely reads such entries?

    >>> from symderiv.expression.build import compare
    >>> from symderiv.expression.kinds import SIZE, Kind
    >>> from symderiv.expression.tree import Index, Number, Variable
    >>> n = Variable("n", SIZE)
    >>> entry = Index(Variable("x", Kind(shape=(n,))), (Number(2),))
    >>> [asks_for(entry, compare("lt", Number(k), n)) for k in (1, 2, 3)]
    [True, True, False]
    """
    session = new_session((expr, condition), facts)
    points = condition_set(session, condition)
    if points is None:
        return False
    reads = reduce(isl.Set.intersect, (inside(session, part) for part in needed(session, expr)), universe())
    if Cases not in contents(expr).classes:  # a case that reals choose counts there though it need not hold
        reads = reads.intersect(inside_ranges(session, expr, ended_indices(facts)))
    return bool(reads.intersect(session.context).is_subset(points))
