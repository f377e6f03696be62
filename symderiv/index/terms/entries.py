"""Entries of arrays and literal tables read as terms."""

from __future__ import annotations

from symderiv.expression.tree import Binder, Expr, Index, Sequence, Variable
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.affine import Affine
from symderiv.index.integer_sets.integers import Named, affine, integer_expr
from symderiv.index.keys import has_quotient, key
from symderiv.index.session import Session
from symderiv.index.terms.algebra import bracketed
from symderiv.index.terms.reading import inner, read, read_function, split, with_named
from symderiv.index.terms.splitting import in_range
from symderiv.index.terms.terms import Terms, atom, bracket

MAX_TABLE = 64


def read_index(session: Session, expr: Index, outer: isl.Set) -> Terms:
    """``x[f(i)]`` as an atom with its indices in normal form; floors inside of them are named."""
    lifted = split(session, expr, outer) if any(map(has_quotient, expr.indices)) else None
    if lifted is not None:
        return lifted
    named = Named()
    forms = [affine(session, index, named) for index in expr.indices]
    if isinstance(expr.base, Sequence) and forms and forms[0] is not None:
        return _table(session, expr, forms[0], named, outer)
    if isinstance(expr.base, Binder):
        return read_function(session, expr, outer)
    indices = [
        inner(session, index, outer) if form is None else integer_expr(session, form)
        for index, form in zip(expr.indices, forms, strict=True)
    ]
    if isinstance(expr.base, Variable) and expr.base.kind.symmetric:
        indices.sort(key=key)
    terms = atom(Index(expr.base, tuple(indices), expr.origin))
    points = in_range(session, expr, forms)
    if points is not None:
        terms = bracketed(session, terms, points, outer.intersect(named.definition))
    return with_named(terms, named)


def _table(session: Session, expr: Index, row: Affine, named: Named, outer: isl.Set) -> Terms:
    """An entry of a literal table: the sum of its rows, each bracketed by ``row = number``."""
    assert isinstance(expr.base, Sequence)
    if len(expr.base.items) > MAX_TABLE:
        return atom(expr)
    terms: Terms = []
    for number, item in enumerate(expr.base.items):
        points = session.compare(row - Affine({}, number), "=")
        if outer.intersect(named.definition).is_disjoint(points):
            continue
        entry = Index(item, expr.indices[1:]) if len(expr.indices) > 1 else item
        terms += bracket(read(session, entry, outer.intersect(points)), points)
    return with_named(terms, named)


def is_entry(base: Expr) -> bool:
    return isinstance(base, Index) and isinstance(base.base, Variable) and not base.base.kind.symmetric
