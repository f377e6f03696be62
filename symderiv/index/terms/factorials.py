"""Products of consecutive numbers: ``Π_{i=a…b} (i + c) = Γ(b + c + 1) / Γ(a + c)``, so 1 · 2 ⋯ n is n!."""

from __future__ import annotations

from symderiv.expression.tree import TRUE, Apply, Binder, Exact, Expr
from symderiv.index.integer_sets.affine import Affine
from symderiv.index.integer_sets.integers import affine, integer_expr
from symderiv.index.session import Session
from symderiv.index.terms.terms import Term, Terms

ONE = Affine({}, 1)


def factorial(session: Session, over: Expr, exponent: Exact) -> Terms | None:
    """The product as a quotient of factorials, where its factors are surely positive and b ≥ a - 1."""
    if not isinstance(over, Binder) or over.condition != TRUE or over.lower is None or over.upper is None:
        return None
    body, lower, upper = (affine(session, part) for part in (over.body, over.lower, over.upper))
    if body is None or lower is None or upper is None or body.coefficient(over.variable) != 1:
        return None
    shift = body - Affine({over.variable: 1})
    first, beyond = lower + shift, upper + shift + ONE
    if not (_is_certain(session, first - ONE) and _is_certain(session, beyond - first)):
        return None
    powers: dict[Expr, Exact] = {Apply("gamma", (integer_expr(session, beyond),)): exponent}
    if first.terms or first.constant != 1:
        powers[Apply("gamma", (integer_expr(session, first),))] = -exponent
    return [Term(1, powers)]


def _is_certain(session: Session, form: Affine) -> bool:
    """Is it ≥ 0 at every size and index?"""
    return bool(session.context.intersect(session.outer).is_subset(session.compare(form, ">=")))
