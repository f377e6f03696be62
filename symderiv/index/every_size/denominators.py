"""Denominators by which all terms may be multiplied: those that are zero nowhere, or on a null set."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import Binder, Expr, Index, Variable
from symderiv.index.every_size.positivity import is_positive
from symderiv.index.integer_sets.conditions import project
from symderiv.index.integer_sets.integers import affine, is_integer
from symderiv.index.session import Session
from symderiv.index.terms.terms import Term, Terms


def is_no_zero(session: Session, base: Expr, terms: Terms) -> bool:
    """Is a denominator zero on a null set at most, wherever all terms have a value?

    One that stands in a case only, ``[i != j]/(i - j)``, may be zero where that doesn't hold; unless it
    speaks of reals alone, in which it is no zero function.
    """
    if is_positive(base, lambda binder: False) or not any(map(_turns_with_integers, _parts(base))):
        return True
    if any(_divides(term, base) and _always_stands(session, term) for term in terms):
        return True
    form = affine(session, base)
    return form is not None and session.compare(form, "=").is_disjoint(session.context)


def _divides(term: Term, base: Expr) -> bool:
    exponent = term.powers.get(base, 0)
    return isinstance(exponent, int) and exponent < 0


def _always_stands(session: Session, term: Term) -> bool:
    """Is the term, or a summand of it, there at all points?"""
    return bool(session.context.is_subset(project(session, term.domain, list(term.dummies))))


def _parts(expr: Expr) -> Iterator[Expr]:
    """The nodes outside of the indices at which entries of arrays are read."""
    yield expr
    if not isinstance(expr, Index):
        for child in expr.children:
            yield from _parts(child)


def _turns_with_integers(node: Expr) -> bool:
    match node:
        case Variable():
            return is_integer(node)
        case Index(base=Variable() as array):
            return array.kind.domain.integer or array.kind.zero_outside
        case Binder() | Index():
            return True
    return False
