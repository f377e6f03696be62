"""Facts about values, such as ``Σ t_i = 1``: what they say is learnt, parts of a sum become the rest."""

from __future__ import annotations

from symderiv.expression.build import subtract
from symderiv.expression.tree import Apply, Binder, Exact, Expr
from symderiv.index.affine import ratio
from symderiv.index.keys import names
from symderiv.index.merging import Normal, difference, normal_form
from symderiv.index.reading import read
from symderiv.index.session import Session
from symderiv.index.settling import Summand
from symderiv.index.terms import joined_powers, ordered
from symderiv.index.writing import write


def learn(session: Session, fact: Expr) -> None:
    """Take ``left = right`` as known, if it says what a sum is."""
    if not isinstance(fact, Apply) or fact.head != "eq":
        return
    normal = normal_form(session, read(session, subtract(*fact.args), session.context))
    session.vanishing.append(normal)
    pairs = write(session, normal)
    for c, monomial in pairs:
        if len(monomial) == 1 and isinstance(monomial[0][0], Binder) and monomial[0][1] == 1:
            known = monomial[0][0]
            rest = [(ratio(-k, c), m) for k, m in pairs if m != monomial]
            if all(base != known for _, m in rest for base, _ in m):
                session.values[known] = list(rest)
                return


def reduced(session: Session, normal: Normal) -> Normal:
    """The normal form with multiples of known zeros taken off, where that removes a sum."""
    for fact in session.vanishing:
        for lead in [s for s in fact if s.dims]:
            for summand in list(normal):
                smaller = _without(session, normal, summand, fact, lead)
                if smaller is not None:
                    normal = smaller
    return normal


def _without(
    session: Session, normal: Normal, summand: Summand, fact: Normal, lead: Summand
) -> Normal | None:
    """The form without one of its summands, if a multiple of the fact removes that."""
    extra = _quotient(summand, lead)
    if summand not in normal or extra is None or len(fact[lead]) != 1:
        return None
    for value, _ in normal[summand]:
        factor = ratio(value, fact[lead][0][0])
        multiple: Normal = {
            _times(s, extra): [(factor * c, cell) for c, cell in cells] for s, cells in fact.items()
        }
        smaller = difference(session, normal, multiple)
        if summand not in smaller and len(smaller) <= len(normal):
            return smaller
    return None


def _times(summand: Summand, extra: dict[Expr, Exact]) -> Summand:
    return Summand(ordered(joined_powers(dict(summand.monomial), extra)), summand.dims)


def _quotient(summand: Summand, lead: Summand) -> dict[Expr, Exact] | None:
    """``summand / lead``, if that is a product of parameters."""
    if summand.dims != lead.dims:
        return None
    quotient = joined_powers(dict(summand.monomial), {base: -p for base, p in lead.monomial})
    own = {v.name for v in summand.dims}
    return None if any(names(base) & own for base in quotient) else quotient
