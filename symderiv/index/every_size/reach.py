"""Entries beyond their arrays: ``x[n]`` of an x with n entries has no value at any size."""

from __future__ import annotations

from functools import reduce

from symderiv.expression.contents import contents
from symderiv.expression.substitution import free_variables, has_free_index
from symderiv.expression.tree import ZERO, Apply, Binder, Expr, Index, Number, Variable, walk
from symderiv.index.every_size.accesses import accessed, inside, is_extremum, needed
from symderiv.index.every_size.ranged_reads import inside_ranges, may_leave
from symderiv.index.every_size.real_guards import RealGuards, Truths, ways
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.points import universe
from symderiv.index.normal import new_session
from symderiv.index.session import Session


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


def reads_computed(exprs: tuple[Expr, ...]) -> bool:
    """Does an entry stand at an index that is more than a number inside its array, or a name?"""
    return any(_is_computed(node) or _is_beyond(node) for expr in exprs for node in walk(expr))


def reads_bent(a: Expr, b: Expr) -> bool:
    """Does one side read an entry that the other doesn't, at an index that isn't affine, as ``x[n // 2]``?

    Whether that lies inside the array at every size is more than sets of integers can say.
    """
    first, second = ({node for node in walk(side) if _is_bent(node)} for side in (a, b))
    return first != second


def _is_bent(node: Expr) -> bool:
    if not isinstance(node, Index) or not isinstance(node.base, Variable) or node.base.kind.zero_outside:
        return False
    return any(map(_bends, (part for index in node.indices for part in walk(index))))


def _bends(part: Expr) -> bool:
    if not isinstance(part, Apply) or part.head == "add":
        return not isinstance(part, (Number, Variable, Apply))
    return part.head != "mul" or sum(not isinstance(factor, Number) for factor in part.args) > 1


def _is_beyond(node: Expr) -> bool:
    """An entry at a number that isn't inside an array of so many entries."""
    if not isinstance(node, Index) or not isinstance(node.base, Variable) or node.base.kind.zero_outside:
        return False
    pairs = zip(node.base.kind.shape, node.indices, strict=False)
    numbers = [(s.value, k.value) for s, k in pairs if isinstance(s, Number) and isinstance(k, Number)]
    return any(not 0 <= index < size for size, index in numbers)


def reads_apart(a: Expr, b: Expr, facts: tuple[Expr, ...] = (), exceptions: tuple[Expr, ...] = ()) -> bool:
    """Is there a size at which what one side surely reads lies in its arrays, and what the other reads not?

    So for maxima over ranges, which are of something. ``x[n - 2]`` has no value at n = 1, where ``sum(x)``
    has one. A free index without an end asks only about the entries that there are: what is read at one is
    left out. Of what integer sets can't say it is asked only where a side no longer reads the array at all.

    >>> from symderiv.expression.kinds import SIZE, Kind
    >>> n = Variable("n", SIZE)
    >>> x = Variable("x", Kind(shape=(n,)))
    >>> [reads_apart(Index(x, (Number(0),)), Index(x, (Number(k),))) for k in (0, 1)]
    [False, True]
    """
    nodes = (node for expr in (a, b) for node in walk(expr))
    if not (may_leave(a) or may_leave(b)) and not any(map(_is_asked_of, nodes)):
        return False
    alike = _arrays(a) == _arrays(b)
    if not alike and reads_bent(a, b):
        return True
    session = new_session((a, b), facts)
    ended = ended_indices(facts)
    met = RealGuards()
    first, second = (_all_inside(session, side, ended, met) for side in (a, b))
    if session.hidden and alike:
        return False  # a product of sizes stands there as any number, so that the two may differ at none
    if not met.met and not met.met_in_ranges:
        return not first.is_equal(second)
    possible = ways(met.met, exceptions)
    return possible is None or any(_are_apart(session, a, b, ended, truths) for truths in possible)


def _are_apart(session: Session, a: Expr, b: Expr, ended: set[Expr], truths: Truths) -> bool:
    """Where conditions turn out so; what hangs on elements of a range may change nothing on either side."""
    first, *others = (
        _all_inside(session, side, ended, RealGuards(truths, outside_ranges))
        for side in (a, b)
        for outside_ranges in (False, True)
    )
    return not all(first.is_equal(other) for other in others)


def _all_inside(session: Session, side: Expr, ended: set[Expr], guards: RealGuards) -> isl.Set:
    asked = (inside(session, part) for part in needed(session, side) if _is_asked(part, ended))
    surely = reduce(isl.Set.intersect, asked, universe())
    return surely.intersect(inside_ranges(session, side, ended, guards)).intersect(session.context)


def _arrays(expr: Expr) -> set[Expr]:
    return {node.base for node in walk(expr) if isinstance(node, Index)}


def _is_asked_of(node: Expr) -> bool:
    return _is_computed(node) or _is_later(node) or is_extremum(node)


def _is_asked(part: Index | Binder, ended: set[Expr]) -> bool:
    places = part.indices if isinstance(part, Index) else part.children[2:]
    names = {name for place in places for name in free_variables(place)}
    return all(not name.kind.index or name in ended for name in names)


def ended_indices(facts: tuple[Expr, ...]) -> set[Expr]:
    """The indices of which a fact says where they end, other than at another index.

    >>> from symderiv.expression.kinds import INDEX, SIZE
    >>> i, j, n = Variable("i", INDEX), Variable("j", INDEX), Variable("n", SIZE)
    >>> ended_indices((Apply("lt", (i, n)), Apply("le", (j, i)))) == {i}
    True
    """
    ends: set[Expr] = set()
    for fact in facts:
        if isinstance(fact, Apply):
            ends |= ended_indices(fact.args) if fact.head == "and" else set()
            ends |= (
                {fact.args[0]} if fact.head in ("lt", "le") and not has_free_index(fact.args[1]) else set()
            )
    return ends


def _is_later(node: Expr) -> bool:
    """An entry behind the first one of an array whose size is a name."""
    if not isinstance(node, Index) or not isinstance(node.base, Variable) or node.base.kind.zero_outside:
        return False
    pairs = zip(node.base.kind.shape, node.indices, strict=False)
    return any(not isinstance(size, Number) and index != ZERO for size, index in pairs)


def _is_computed(node: Expr) -> bool:
    """An entry whose index is more than a number or a name for an index."""
    if not isinstance(node, Index) or not isinstance(node.base, Variable) or node.base.kind.zero_outside:
        return False
    return not all(
        isinstance(index, Number) or (isinstance(index, Variable) and index.kind.index)
        for index in node.indices
    )
