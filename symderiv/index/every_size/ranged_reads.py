"""Where the entries that a range reads lie inside their arrays: ``Σ_{i<m} x[i]`` of n entries, for m ≤ n.

Of cases that sizes and indices tell apart each reads its own: ``x[1] if n >= 2 else 0`` exists at n = 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from symderiv.expression.build import add, compare, conjunction, disjunction, negative
from symderiv.expression.contents import contents
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import MINUS_ONE, Apply, Binder, Cases, Expr, Index, Number, Variable
from symderiv.index.every_size.accesses import inside
from symderiv.index.every_size.real_guards import RealGuards
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.conditions import condition_set, project
from symderiv.index.integer_sets.integers import is_integer
from symderiv.index.integer_sets.points import universe
from symderiv.index.session import Session

Ranges = dict[Variable, Binder]
_READING = frozenset((Binder, Cases))


def may_leave(expr: Expr, around: Ranges | None = None) -> bool:
    """Does a range read entries other than of an array from one end to the other, which are sure to exist?

    >>> from symderiv.expression.kinds import SIZE, Kind
    >>> from symderiv.expression.tree import ZERO, index_variable
    >>> n, m, i = Variable("n", SIZE), Variable("m", SIZE), index_variable("i")
    >>> x = Index(Variable("x", Kind(shape=(n,))), (i,))
    >>> [may_leave(Binder("sum", x, i, ZERO, add(end, MINUS_ONE))) for end in (n, m)]
    [False, True]
    """
    ranges = around or {}
    if not _may_read_in_range(expr, ranges):
        return False
    if isinstance(expr, Binder):
        ranges = {**ranges, expr.variable: expr}
    if isinstance(expr, Index) and any(may_be_beyond(*place, ranges) for place in _places(expr)):
        return True
    return any(may_leave(child, ranges) for child in expr.children)


def _may_read_in_range(expr: Expr, ranges: Ranges) -> bool:
    classes = contents(expr).classes
    return Index in classes and bool(ranges or Binder in classes)


def _places(entry: Index) -> Iterator[tuple[Expr, Expr]]:
    """Each index with the size along it."""
    if isinstance(entry.base, Variable) and not entry.base.kind.zero_outside:
        for index, size in zip(entry.indices, entry.base.kind.shape, strict=False):
            if size is not None:
                yield index, size


def may_be_beyond(index: Expr, size: Expr, ranges: Ranges) -> bool:
    """May an index that runs in one of the ranges lie beyond an axis of so many entries?"""
    over = ranges.get(index) if isinstance(index, Variable) else None
    if over is None:
        return not ranges.keys().isdisjoint(free_variables(index))
    if not isinstance(over.lower, Number) or over.lower.value < 0:
        return True
    if isinstance(over.upper, Number) and isinstance(size, Number):
        return over.upper.value >= size.value
    return over.upper != add(size, MINUS_ONE)


def inside_ranges(
    session: Session, expr: Expr, asked: set[Expr], guards: RealGuards | None = None
) -> isl.Set:
    """The sizes at which what the ranges and the cases of an expression read lies inside the arrays.

    A case that reals choose may be read wherever it stands, but for what ``guards`` know. Ranges that
    aren't between affine ends are left out; so are indices without an end, other than the ``asked``.
    """
    found = universe()
    for failing in _failing(session, expr, universe(), (), asked, guards or RealGuards()):
        found = found.subtract(failing)
    return found


def _failing(
    session: Session,
    expr: Expr,
    within: isl.Set,
    bound: tuple[Variable, ...],
    asked: set[Expr],
    guards: RealGuards,
    *,
    chosen: bool = False,
) -> Iterator[isl.Set]:
    """``chosen``: it stands in a case, so that also what no range binds is read ``within`` these points."""
    if not (bound or chosen or _READING & contents(expr).classes):
        return
    if isinstance(expr, Index) and (chosen or not free_variables(expr).isdisjoint(bound)):
        beyond = within.subtract(inside(session, expr))
        if _is_asked(session, beyond, bound, asked):
            yield project(session, beyond, list(bound))
    if isinstance(expr, Cases):
        for case, points in _cases(session, expr, within, bound, guards):
            yield from _failing(session, case, points, bound, asked, guards, chosen=True)
        return
    if not isinstance(expr, Binder):
        for child in expr.children:
            yield from _failing(session, child, within, bound, asked, guards, chosen=chosen)
        return
    name = session.dummy()
    points = _range(session, expr, name)
    if points is not None:
        body = substitute(expr.body, {expr.variable: name})
        yield from _failing(
            session, body, within.intersect(points), (*bound, name), asked, guards, chosen=chosen
        )


def _cases(
    session: Session, expr: Cases, within: isl.Set, bound: tuple[Variable, ...], guards: RealGuards
) -> Iterator[tuple[Expr, isl.Set]]:
    """Each condition and each value, with the points at which it may be asked for.

    Up to a condition on integers that isn't affine.
    """
    for guard, value in expr.branches:
        condition = _without_abs(guard)
        yield condition, within
        settled = guards.settled(session, condition, bound)
        if settled is None:
            return
        holding = condition_set(session, settled)
        if holding is None and all(map(is_integer, free_variables(condition))):
            return
        yield value, within.intersect(_may_hold(session, settled))
        within = within if holding is None else within.subtract(holding)
    if expr.otherwise is not None:
        yield expr.otherwise, within


def _may_hold(session: Session, condition: Expr) -> isl.Set:
    """The integers at which a condition holds, for some reals where it speaks of those."""
    if isinstance(condition, Apply) and condition.head == "and":
        return reduce(isl.Set.intersect, (_may_hold(session, part) for part in condition.args))
    holding = condition_set(session, condition)
    return universe() if holding is None else holding


def _without_abs(condition: Expr) -> Expr:
    """``|u| <= c`` as ``-c <= u <= c``, ``c < |u|`` as the opposite."""
    match condition:
        case Apply(head="and" | "or" | "not", args=parts):
            return condition.rebuild(tuple(map(_without_abs, parts)))
        case Apply(head="lt" | "le" as head, args=(Apply(head="abs", args=(u,)), c)):
            return conjunction(compare(head, negative(c), u), compare(head, u, c))
        case Apply(head="lt" | "le" as head, args=(c, Apply(head="abs", args=(u,)))):
            return disjunction(compare(head, c, u), compare(head, u, negative(c)))
    return condition


def _range(session: Session, binder: Binder, name: Variable) -> isl.Set | None:
    """The values that the bound variable runs through, under a name of its own."""
    if binder.lower is None or binder.upper is None or binder.kind == "integral":
        return None
    ends = Apply("and", (Apply("le", (binder.lower, name)), Apply("le", (name, binder.upper))))
    points = condition_set(session, ends)
    further = condition_set(session, substitute(binder.condition, {binder.variable: name}))
    return None if points is None or further is None else points.intersect(further)


def _is_asked(session: Session, points: isl.Set, bound: tuple[Variable, ...], asked: set[Expr]) -> bool:
    """Are all indices that a set is about bound, or of those that have an end, or products of sizes?"""
    names = (session.by_symbol[symbol] for symbol in points.get_var_names(isl.dim_type.param))
    known = {*asked, *bound, *session.hidden}
    return all(not name.kind.index or name in known for name in names)
