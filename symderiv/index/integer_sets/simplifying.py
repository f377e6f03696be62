"""Conditions that say nothing new are left out; those that can't hold make the whole false."""

from __future__ import annotations

from symderiv.expression.build import conjunction
from symderiv.expression.tree import FALSE, Expr
from symderiv.index.integer_sets.conditions import condition_set
from symderiv.index.session import Session


def without_implied(session: Session, conditions: list[Expr]) -> Expr:
    """The conjunction without parts that the context and the other parts imply; false if nothing is left."""
    known = [(condition, condition_set(session, condition)) for condition in conditions]
    everything = session.context
    for _, points in known:
        if points is not None:
            everything = everything.intersect(points)
    if everything.is_empty():
        return FALSE
    kept = list(known)
    for part in reversed(known):
        if part[1] is None:
            continue
        others = session.context
        for other in kept:
            if other is not part and other[1] is not None:
                others = others.intersect(other[1])
        if others.is_subset(part[1]):
            kept.remove(part)
    return conjunction(*(condition for condition, _ in kept))
