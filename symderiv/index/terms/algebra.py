"""Sums, products, deltas and case distinctions read as terms."""

from __future__ import annotations

from symderiv.expression.tree import Apply, Cases
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.conditions import condition_set
from symderiv.index.integer_sets.points import universe
from symderiv.index.keys import has_quotient
from symderiv.index.session import Session
from symderiv.index.terms.functions import without_idle_steps
from symderiv.index.terms.reading import pairs_of, read, read_function, split
from symderiv.index.terms.terms import Term, Terms, bracket, constant, product

FEW, MANY = 3, 12


def read_add(session: Session, expr: Apply, outer: isl.Set) -> Terms:
    return [term for arg in expr.args for term in read(session, arg, outer)]


def read_mul(session: Session, expr: Apply, outer: isl.Set) -> Terms:
    result = constant(1)
    for arg in without_idle_steps(expr.args):
        terms = read(session, arg, outer)
        if len(result) > 1 and len(result) * len(terms) > MANY:
            result, terms = compact(session, result, outer), compact(session, terms, outer)
        result = product(result, terms)
        if not result:
            return []
    return result


def compact(session: Session, terms: Terms, outer: isl.Set) -> Terms:
    """The same, in fewer terms: what cancels does so before it is multiplied out."""
    if len(terms) < FEW:
        return terms
    pairs = pairs_of(session, terms, outer)
    if any(isinstance(base, Cases) for _, monomial in pairs for base, _ in monomial):
        return terms
    return [Term(c, dict(monomial)) for c, monomial in pairs] if len(pairs) < len(terms) else terms


def read_delta(session: Session, expr: Apply, outer: isl.Set) -> Terms:
    lifted = split(session, expr, outer) if has_quotient(expr) else None
    if lifted is not None:
        return lifted
    points = condition_set(session, Apply("eq", expr.args), outer)
    if points is None:
        return read_function(session, expr, outer)
    return bracketed(session, constant(1), points, outer)


def bracketed(session: Session, terms: Terms, points: isl.Set, outer: isl.Set) -> Terms:
    if outer.is_subset(points):
        return terms
    return [] if outer.is_disjoint(points) else bracket(terms, points)


def read_cases(session: Session, expr: Cases, outer: isl.Set) -> Terms:
    """``Σ [conditionᵢ and none before] valueᵢ`` where the conditions are about integers."""
    floored = any(has_quotient(condition) for condition, _ in expr.branches)
    lifted = split(session, expr, outer) if floored else None
    if lifted is not None:
        return lifted
    terms: Terms = []
    left = outer
    rest: isl.Set = universe()
    for condition, value in expr.branches:
        points = condition_set(session, condition, left)
        if points is None:
            return read_function(session, expr, outer)
        inside = left.intersect(points)
        if not inside.is_empty():
            terms += bracketed(session, read(session, value, inside), points.intersect(rest), outer)
        rest = rest.intersect(points.complement())
        left = left.intersect(rest)
    if expr.otherwise is not None and not left.is_empty():
        terms += bracketed(session, read(session, expr.otherwise, left), rest, outer)
    return terms
