"""Facts about values, such as ``Σ t_i = 1``: what they say is learnt, parts of a sum become the rest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from symderiv.expression.build import subtract
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import Apply, Binder, Expr, Variable
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.affine import ratio
from symderiv.index.integer_sets.conditions import project
from symderiv.index.integer_sets.points import universe
from symderiv.index.integer_sets.questions import form_of, uses_division
from symderiv.index.keys import names
from symderiv.index.session import Session
from symderiv.index.sums.merging import Normal, apart, difference, normal_form
from symderiv.index.sums.settling import Summand
from symderiv.index.terms.reading import read
from symderiv.index.terms.terms import Term, Terms, joined_powers, product
from symderiv.index.writing import write

MAX_DIMS = 3


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
    if summand not in normal or len(fact[lead]) != 1:
        return None
    for value, cell in normal[summand]:
        factor = ratio(value, fact[lead][0][0])
        for multiple in _multiples(session, summand, cell, fact, lead):
            times = [Term(factor * t.coefficient, t.powers, t.dummies, t.domain) for t in multiple]
            smaller = difference(session, normal, normal_form(session, times))
            if summand not in smaller and _depths(smaller) < _depths(normal):
                return smaller
    return None


def _bounds_of(session: Session, points: isl.Set, dims: tuple[Variable, ...]) -> isl.Set:
    """What the set says of these variables in bounds: a multiple of zero may be summed anywhere."""
    wide: isl.Set = universe()
    for constraint in points.simple_hull().get_constraints():
        if not uses_division(constraint) and any(v in form_of(session, constraint).terms for v in dims):
            relation = "=" if constraint.is_equality() else ">="
            wide = wide.intersect(session.compare(form_of(session, constraint), relation))
    return wide


def _depths(normal: Normal) -> list[int]:
    """Over how many variables its summands are summed, the most first."""
    return sorted((len(summand.dims) for summand in normal), reverse=True)


def _multiples(
    session: Session, summand: Summand, cell: isl.Set, fact: Normal, lead: Summand
) -> Iterator[Terms]:
    """The fact times what makes its lead the summand: ``p_j`` over all j for ``p_i p_j`` and ``Σ p_i``."""
    if len(lead.dims) > len(summand.dims) or len(summand.dims) > MAX_DIMS:
        return
    for chosen in permutations(summand.dims, len(lead.dims)):
        renaming: dict[Expr, Expr] = dict(zip(lead.dims, chosen, strict=True))
        own = {substitute(base, renaming): p for base, p in lead.monomial}
        rest = joined_powers(dict(summand.monomial), {base: -p for base, p in own.items()})
        taken = {v.name for v in chosen}
        if any(names(base) & taken for base in rest):
            continue
        others = tuple(v for v in summand.dims if v not in chosen)
        points = project(session, cell, list(chosen))
        factor = apart(session, Term(1, rest, others, _bounds_of(session, points, others)))
        terms = [
            apart(session, Term(c, dict(s.monomial), s.dims, points))
            for s, cells in fact.items()
            for c, points in cells
        ]
        yield product([factor], terms)
