"""The entries that a value surely reads, and what follows of the places at which it reads them.

``x[k + 1]`` exists where 0 ≤ k + 1 < n: that an array of n - 1 such entries has one at k needs 0 ≤ k, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symderiv.equality.conditions.condition import knowledge
from symderiv.expression.build import compare
from symderiv.expression.contents import contents
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import TRUE, ZERO, Apply, Binder, Cases, Expr, Index, Number, Sequence, Variable

Entries = frozenset[Index]


def surely_read(value: Expr, *, in_ranges: bool = False, in_cases: bool = False) -> Iterator[Index]:
    """The entries that don't stand in a case, in a range that may be empty, or beside a delta.

    Of ``Σ_k δ(i, k) x[i]`` at most one is read, of ``Σ_{i≤k<n} x[i] y[k]`` none where i ≥ n. ``in_ranges``:
    where each range has a place; ``in_cases``: where each case is chosen.
    """
    if Index not in contents(value).classes or (isinstance(value, Cases) and not in_cases):
        return
    if isinstance(value, Apply) and any(map(_is_delta, value.args)):
        return
    if isinstance(value, Binder) and not in_ranges and not _has_a_place(value):
        return
    if isinstance(value, Index):
        yield value
    for child in value.children:
        yield from surely_read(child, in_ranges=in_ranges, in_cases=in_cases)


def _is_delta(part: Expr) -> bool:
    return isinstance(part, Apply) and part.head == "delta"


def _has_a_place(binder: Binder) -> bool:
    if binder.condition != TRUE or binder.lower is None or binder.upper is None:
        return False
    return knowledge(()).implies(compare("le", binder.lower, binder.upper))


def unless_said(bounds: Iterable[Expr], read: Entries) -> Iterator[Expr]:
    """Bounds of places, but for those that hold wherever the entries are that are read.

    >>> from symderiv.expression.kinds import INTEGER, SIZE, Kind
    >>> from symderiv.expression.build import add, subtract
    >>> from symderiv.expression.tree import ONE
    >>> n, k = Variable("n", SIZE), Variable("k", Kind(domain=INTEGER))
    >>> next_one = Index(Variable("x", Kind(shape=(n,))), (add(k, ONE),))
    >>> bounds = compare("le", ZERO, k), compare("lt", k, subtract(n, ONE))
    >>> print(*unless_said(bounds, frozenset((next_one,))))
    0 <= k
    """
    for bound in bounds:
        names = free_variables(bound)
        near = (each for each in read if not names.isdisjoint(_names_of_places(each)))
        facts = tuple(sorted({fact for each in near for fact in _said_by(each)}, key=str))
        if not (facts and knowledge(facts).implies(bound)):
            yield bound


def _names_of_places(read: Index) -> Iterator[Variable]:
    for place in read.indices:
        yield from free_variables(place)


def _said_by(read: Index) -> Iterator[Expr]:
    """That each place lies along its axis."""
    for place, size in zip(read.indices, _shape(read.base), strict=False):
        if size is not None:
            yield compare("le", ZERO, place)
            yield compare("lt", place, size)


def _shape(base: Expr) -> tuple[Expr | None, ...]:
    match base:
        case Variable() if not base.kind.zero_outside:
            return base.kind.shape
        case Sequence(items=items) if items:
            return (Number(len(items)), *_shape(items[0]))
    return ()
