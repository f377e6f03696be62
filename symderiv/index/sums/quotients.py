"""Quotients inside sums: ``a (a + b)⁻¹ = 1 - b (a + b)⁻¹``, ``Σ_t e_t (Σ_t e_t)⁻¹ = 1``."""

from __future__ import annotations

from symderiv.errors import SymderivError
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import Apply, Binder, Exact, Expr, Variable
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.affine import ratio
from symderiv.index.integer_sets.conditions import condition_set, project
from symderiv.index.integer_sets.points import universe
from symderiv.index.keys import key, names
from symderiv.index.session import Session
from symderiv.index.terms.reading import read
from symderiv.index.terms.terms import Term, Terms, joined_powers, monomial_expr, ordered, product


def divided(session: Session, term: Term, base: Expr, exponent: int) -> Terms | None:
    """The term without a numerator that is its denominator, or a part of that; None if there is none."""
    if isinstance(base, Binder):
        return _cancelled(session, term, base)
    if not isinstance(base, Apply) or base.head != "add" or not names(base) & {v.name for v in term.dummies}:
        return None
    parts = read(session, base, term.domain.intersect(session.outer))
    plain = [p for p in parts if p.powers and not p.dummies and p.domain is universe()]
    if not plain or len(plain) < len([p for p in parts if p.powers]):
        return None
    lead = max(plain, key=lambda p: key(monomial_expr(1, ordered(p.powers))))
    if any(not 0 < p <= term.powers.get(b, 0) for b, p in lead.powers.items()):
        return None
    rest = joined_powers(term.powers, {b: -p for b, p in lead.powers.items()})
    quotient = Term(ratio(term.coefficient, lead.coefficient), rest, term.dummies, term.domain)
    remainder = [p for p in parts if p is not lead]
    negated = [Term(-p.coefficient, p.powers, p.dummies, p.domain) for p in remainder]
    return product([quotient], [Term(1, {base: 1})]) + product([quotient], negated)


def _cancelled(session: Session, term: Term, base: Binder) -> Terms | None:
    """``Σ_i Σ_t e(t, i) (Σ_s e(s, i))^p`` with one power less, and without t."""
    if base.kind != "sum" or base.lower is None or base.upper is None:
        return None
    for dummy in term.dummies:
        own = {b: p for b, p in term.powers.items() if dummy.name in names(b)}
        if own and base not in own and _is_summed(session, term, base, dummy, own):
            rest = {b: p for b, p in term.powers.items() if b not in own}
            left = tuple(v for v in term.dummies if v != dummy)
            domain = project(session, term.domain, [dummy])
            return [Term(term.coefficient, joined_powers(rest, {base: 1}), left, domain)]
    return None


def _is_summed(session: Session, term: Term, base: Binder, dummy: Variable, own: dict[Expr, Exact]) -> bool:
    """Are these factors what the sum sums, and does the dummy run over its range?"""
    put: dict[Expr, Expr] = {base.variable: dummy}
    points = _range(session, base, dummy)
    if points is None or not term.domain.is_subset(points):
        return False
    try:
        body = read(session, substitute(base.body, put), term.domain.intersect(session.outer))
    except SymderivError:
        return False
    if len(body) != 1 or body[0].powers != own or body[0].coefficient != 1 or body[0].dummies:
        return False
    return bool(project(session, term.domain, [dummy]).intersect(points).is_subset(term.domain))


def _range(session: Session, base: Binder, dummy: Variable) -> isl.Set | None:
    if base.lower is None or base.upper is None:
        return None
    between = Apply("and", (Apply("le", (base.lower, dummy)), Apply("le", (dummy, base.upper))))
    points = condition_set(session, between)
    put: dict[Expr, Expr] = {base.variable: dummy}
    allowed = condition_set(session, substitute(base.condition, put))
    return None if points is None or allowed is None else points.intersect(allowed)
