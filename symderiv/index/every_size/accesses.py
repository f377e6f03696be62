"""Where an expression is defined at all: its unconditional entries are inside their arrays."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import TRUE, Apply, Binder, Cases, Expr, Index, Variable
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.affine import Affine
from symderiv.index.integer_sets.conditions import condition_set
from symderiv.index.integer_sets.integers import affine
from symderiv.index.integer_sets.points import universe
from symderiv.index.session import Session


def accessed(session: Session, expr: Expr) -> isl.Set:
    """The indices at which every entry that is surely read lies inside its array.

    ``p[j] - t[j]`` has no value for j < 0, so what is said of its value may take ``0 ≤ j < n`` for granted.
    """
    points = universe()
    for entry in entries_read(session, expr):
        for form, extent in _places(session, entry):
            if form.terms:
                points = points.intersect(session.within(form, Affine(), extent + Affine({}, -1)))
    return points


def inside(session: Session, part: Index | Binder) -> isl.Set:
    """The sizes and indices at which an entry lies inside its array, or a maximum is of something."""
    if isinstance(part, Binder):
        return condition_set(session, Apply("le", part.children[2:])) or universe()
    last = Affine({}, -1)
    places = (session.within(form, Affine(), extent + last) for form, extent in _places(session, part))
    return reduce(isl.Set.intersect, places, universe())


def _places(session: Session, entry: Index) -> Iterator[tuple[Affine, Affine]]:
    """Each index with the extent along it."""
    base = entry.base
    if isinstance(base, Variable) and not base.kind.zero_outside:
        for size, index in zip(base.kind.shape, entry.indices, strict=False):
            extent = None if size is None else affine(session, size)
            form = affine(session, index)
            if extent is not None and form is not None:
                yield form, extent


def entries_read(session: Session, expr: Expr) -> Iterator[Index]:
    """The entries that are surely read, whatever the sizes are."""
    return (part for part in _evaluated(session, expr, frozenset()) if isinstance(part, Index))


def needed(session: Session, expr: Expr) -> Iterator[Index | Binder]:
    """The entries and the maxima over ranges that are surely evaluated."""
    return _evaluated(session, expr, frozenset())


def _evaluated(session: Session, expr: Expr, bound: frozenset[Variable]) -> Iterator[Index | Binder]:
    if isinstance(expr, Index) and not free_variables(expr) & bound:
        yield expr
    if isinstance(expr, Cases):
        yield from _evaluated(session, expr.branches[0][0], bound)
        return
    if isinstance(expr, Binder):
        if is_extremum(expr) and not free_variables(expr) & bound:
            yield expr
        if runs(session, expr):
            yield from _evaluated(session, expr.body, bound | {expr.variable})
        return
    for child in expr.children:
        yield from _evaluated(session, child, bound)


def is_extremum(expr: Expr) -> bool:
    """A maximum or minimum over a range, which has no value where that is empty."""
    if not isinstance(expr, Binder) or expr.lower is None or expr.upper is None:
        return False
    return expr.kind in ("max", "min") and expr.condition == TRUE


def runs(session: Session, expr: Binder) -> bool:
    """Does the range have an element at every size?"""
    if expr.lower is None or expr.upper is None or expr.condition != TRUE:
        return False
    points = condition_set(session, Apply("le", (expr.lower, expr.upper)))
    return points is not None and bool(session.context.is_subset(points))
