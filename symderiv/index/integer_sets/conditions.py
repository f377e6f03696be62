"""Conditions on integers read as isl sets: ``i <= j < n``, ``(n - i) % 2 == 0``, and, or, not."""

from __future__ import annotations

from symderiv.expression.build import subtract
from symderiv.expression.tree import FALSE, TRUE, Apply, Expr, Variable
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.integers import Named, affine
from symderiv.index.integer_sets.points import empty, universe
from symderiv.index.session import Session
from symderiv.index.sums.digits import compared_digits

_RELATION = {"le": ">=", "lt": ">", "eq": "=", "ne": "!="}


def condition_set(session: Session, condition: Expr, outer: isl.Set | None = None) -> isl.Set | None:
    """The points at which a condition holds, or None if it isn't about integers in affine form.

    What it says need only be true inside ``outer``.
    """
    if condition == TRUE:
        return universe()
    if condition == FALSE:
        return empty()
    if not isinstance(condition, Apply):
        return None
    if condition.head in _RELATION:
        return _comparison(session, condition, outer)
    parts = [condition_set(session, arg, outer) for arg in condition.args]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or condition.head not in ("and", "or", "not"):
        return None
    if condition.head == "not":
        return known[0].complement()
    result = known[0]
    for part in known[1:]:
        result = result.intersect(part) if condition.head == "and" else result.union(part)
    return result


def _comparison(session: Session, condition: Apply, outer: isl.Set | None = None) -> isl.Set | None:
    left, right = condition.args
    relation = _RELATION[condition.head]
    named = Named()
    difference = subtract(right, left)
    form = affine(session, difference, named)
    if form is None:
        return None if outer is None else compared_digits(session, difference, relation, outer)
    points = session.compare(form, relation).intersect(named.definition)
    return project(session, points, named.variables)


def equality_set(session: Session, a: Expr, b: Expr) -> isl.Set | None:
    return _comparison(session, Apply("eq", (a, b)))


def project(session: Session, points: isl.Set, variables: list[Variable]) -> isl.Set:
    """The set without these variables: there are values for them that hold."""
    for variable in variables:
        position = points.find_dim_by_name(isl.dim_type.param, session.symbol(variable))
        if position >= 0:
            points = points.project_out(isl.dim_type.param, position, 1)
    return points
