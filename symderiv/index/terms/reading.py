"""Entry expressions read as terms: sums, products, brackets and deltas expanded, everything else an atom.

Inside a function nothing can be expanded, so there a case distinction on indices is lifted out first:
``f([c] a) = [c] f(a) + [not c] f(0)``. What is done with which node stands in `symderiv.index.terms.rules`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from symderiv.expression.instantiation import refold
from symderiv.expression.tree import Apply, Constant, Expr, Number, Sequence, Text, Variable
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.conditions import project
from symderiv.index.integer_sets.integers import Named, affine, integer_expr
from symderiv.index.integer_sets.points import universe
from symderiv.index.keys import has_range, key, names
from symderiv.index.session import Session
from symderiv.index.terms.functions import rewritten
from symderiv.index.terms.joined import joined
from symderiv.index.terms.splitting import find_split
from symderiv.index.terms.terms import Pairs, Term, Terms, atom, bracket, constant, sum_of

Rule: TypeAlias = "Callable[[Session, Any, isl.Set], Terms]"
BODY = "body of a range"
_BOOLEAN = frozenset({"lt", "le", "eq", "ne", "and", "or", "not"})


def read(session: Session, expr: Expr, outer: isl.Set) -> Terms:
    """The terms of an expression that is only looked at inside ``outer``."""
    session.spend(outer)
    if isinstance(expr, Number):
        return constant(expr.value)
    if not expr.children:
        return atom(expr)
    head = expr.head if isinstance(expr, Apply) else type(expr).__name__
    rule: Rule = session.rules.get(head, read_function)
    if not isinstance(expr, Apply) or not has_range(expr):
        return rule(session, expr, outer)
    return _read_once(session, expr, outer, rule)


def _read_once(session: Session, expr: Expr, outer: isl.Set, rule: Rule) -> Terms:
    """The terms; those of an expression read before, where nothing else is asked of the same variables."""
    points = _about(session, names(expr), outer)
    met = session.readings.setdefault(expr, [])
    for known, terms in met:
        if known.is_equal(points):
            return list(terms)
    terms = rule(session, expr, outer)
    if not any(term.dummies or term.domain is not universe() for term in terms):
        met.append((points, terms))
    return list(terms)


def _about(session: Session, own: frozenset[str], outer: isl.Set) -> isl.Set:
    """What is asked of these names: no other summation variable."""
    points = outer.intersect(session.context)
    points = points if session.outer is universe() else points.intersect(session.outer)
    others = (session.by_symbol[name] for name in points.get_var_names(isl.dim_type.param))
    return project(session, points, [v for v in others if session.is_dummy(v) and v.name not in own])


def inner(session: Session, expr: Expr, outer: isl.Set) -> Expr:
    """The normal form of an expression that stands inside an atom."""
    if isinstance(expr, (Variable, Number, Constant, Text)):
        return expr
    if isinstance(expr, Sequence) or (isinstance(expr, Apply) and expr.head in _BOOLEAN):
        return expr.rebuild(tuple(inner(session, child, outer) for child in expr.children))
    form = affine(session, expr)
    if form is not None:
        return integer_expr(session, form)
    return sum_of(pairs_of(session, read(session, expr, outer), outer))


def pairs_of(session: Session, terms: Terms, outer: isl.Set) -> Pairs:
    with session.inside(outer):
        return session.summands(session, terms)


def split(session: Session, expr: Expr, outer: isl.Set) -> Terms | None:
    """``[c] f(a) + [not c] f(b)``, if the expression hides a case distinction on indices."""
    found = find_split(session, expr, outer)
    if found is None:
        return None
    if found.named is not None:
        inside = outer.intersect(found.named.definition)
        return with_named(read(session, found.when_true, inside), found.named)
    yes = bracket(read(session, found.when_true, outer.intersect(found.points)), found.points)
    if found.when_false is None:
        return yes
    other = found.points.complement()
    return yes + bracket(read(session, found.when_false, outer.intersect(other)), other)


def with_named(terms: Terms, named: Named) -> Terms:
    """The terms summed over integers named on the way, each of which has one value only."""
    if not named.variables:
        return terms
    extra = tuple(named.variables)
    inside = bracket(terms, named.definition)
    return [Term(t.coefficient, t.powers, t.dummies + extra, t.domain) for t in inside]


def prepared(session: Session, expr: Expr, outer: isl.Set) -> Terms | None:
    """A function in other words, or with a case distinction lifted out of it; else None."""
    if isinstance(expr, Apply):
        other = rewritten(session, expr)
        if other is not None:
            return read(session, other, outer)
    return split(session, expr, outer)


def read_function(session: Session, expr: Expr, outer: isl.Set) -> Terms:
    terms = prepared(session, expr, outer)
    if terms is not None:
        return terms
    children = tuple(inner(session, child, outer) for child in expr.children)
    if isinstance(expr, Apply) and expr.head in ("max", "min"):
        children = tuple(sorted(set(joined(session, expr.head, children)), key=key))
    return folded(refold(expr, children))


def folded(expr: Expr) -> Terms:
    return constant(expr.value) if isinstance(expr, Number) else atom(expr)
