"""Like summands added up: over disjoint cells, each with its coefficient; zero if every cell cancels."""

from __future__ import annotations

from typing import TypeAlias

from symderiv.expression.substitution import substitute
from symderiv.expression.tree import Exact, Variable
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.affine import Affine, solve, variable_form
from symderiv.index.integer_sets.integers import integer_expr
from symderiv.index.integer_sets.questions import pieces
from symderiv.index.keys import names
from symderiv.index.session import Session
from symderiv.index.sums.counting import sum_out
from symderiv.index.sums.geometric import geometric
from symderiv.index.sums.pivots import (
    Settled,
    anchors,
    canonical,
    change,
    independent,
    loose,
    moved,
    sorted_slots,
)
from symderiv.index.sums.settling import Summand, eliminated, reduce
from symderiv.index.terms.reading import read
from symderiv.index.terms.slots import is_polynomial
from symderiv.index.terms.terms import Term, Terms, power_expr, product

Cells: TypeAlias = "list[tuple[Exact, isl.Set]]"
Normal = dict[Summand, Cells]


def settle(session: Session, terms: Terms) -> list[Settled]:
    """Every term reduced, free dummies summed out, the rest in canonical variables."""
    queue, done = list(reversed(terms)), []
    while queue:
        for term in reduce(session, queue.pop()):
            following = _free_dummies(session, term)
            if following is None:
                done += canonical(session, term)
            else:
                queue += following
    return done


def _free_dummies(session: Session, term: Term) -> Terms | None:
    """Dummies on which no factor depends (after a change of variables) summed out; None if there are none."""
    if not term.dummies:
        return None
    closed = geometric(session, term)
    if closed is not None:
        return closed
    basis = independent(sorted_slots(session, term), term.dummies)
    if len(basis) == len(term.dummies):
        return None
    free = loose(basis, term.dummies)
    if any(form.coefficient(v) for _, form in basis for v in free):
        return _aligned(session, term, [form for _, form in basis], free)
    for dummy in free:
        if any(dummy.name in names(base) for base, _ in anchors(term)):
            continue
        result = sum_out(session, term, dummy)
        if result is not None:
            return result
    return None


def _aligned(session: Session, term: Term, forms: list[Affine], free: list[Variable]) -> Terms | None:
    """The term in variables of which the first are the slots themselves, powers of the old ones expanded."""
    fresh = [session.dummy() for _ in forms]
    equations = [form - variable_form(new) for form, new in zip(forms, fresh, strict=True)]
    values = solve(equations, [v for v in term.dummies if v not in free])
    if values is None:
        return None
    changed = change(session, dict(anchors(term)), values, term.domain)
    if changed is None:
        return None
    coefficient, powers = changed
    domain = moved(session, term.domain, values)
    dummies = (*fresh, *free)
    terms = [Term(coefficient * term.coefficient, powers, dummies, domain)]
    own = set(term.dummies)
    for base, exponent in term.powers.items():
        if base in own and is_polynomial(base, exponent):
            value = substitute(base, {v: integer_expr(session, form) for v, form in values.items()})
            terms = product(terms, read(session, power_expr(value, exponent), domain))
    return terms


def normal_form(session: Session, terms: Terms) -> Normal:
    """Summands with their coefficients on disjoint cells; empty if the terms cancel at every size."""
    return _completed(session, {}, terms)


def difference(session: Session, a: Normal, b: Normal) -> Normal:
    """The normal form of ``a - b``."""
    result = {summand: list(cells) for summand, cells in a.items()}
    for summand, cells in b.items():
        for value, cell in cells:
            result[summand] = overlay(session, result.get(summand, []), -value, cell)
    return _completed(session, result, [])


def _completed(session: Session, result: Normal, queue: Terms) -> Normal:
    while True:
        for settled in settle(session, queue):
            cells = result.get(settled.summand, [])
            result[settled.summand] = overlay(session, cells, settled.coefficient, settled.domain)
        queue = [thin for summand in list(result) for thin in _thin(session, result, summand)]
        if not queue:
            return {summand: cells for summand, cells in result.items() if cells}


def overlay(session: Session, cells: Cells, coefficient: Exact, points: isl.Set) -> Cells:
    """``coefficient`` added on ``points`` to a function that is constant on cells."""
    session.spend(points)
    for k, (value, cell) in enumerate(cells):
        session.spend(cell)
        if cell.is_equal(points):
            total = value + coefficient
            return cells[:k] + ([(total, cell)] if total else []) + cells[k + 1 :]
    result: Cells = []
    for value, cell in cells:
        common = cell.intersect(points)
        if common.is_empty():
            result.append((value, cell))
            continue
        rest = cell.subtract(points)
        points = points.subtract(cell)
        if not rest.is_empty():
            result.append((value, rest))
        if value + coefficient:
            result.append((value + coefficient, common))
    if not points.is_empty():
        result.append((coefficient, points))
    return _by_value(result)


def _by_value(cells: Cells) -> Cells:
    united: dict[Exact, isl.Set] = {}
    for value, cell in cells:
        united[value] = united[value].union(cell) if value in united else cell
    return [(value, cell.coalesce()) for value, cell in united.items()]


def _thin(session: Session, result: Normal, summand: Summand) -> Terms:
    """Cells cut out on which an equality makes the summand another one: to be settled anew."""
    kept: Cells = []
    thin: Terms = []
    occurring = {v.name for v in summand.dims}.union(*(names(base) for base, _ in summand.monomial))
    for value, cell in result[summand]:
        whole = []
        for part in pieces(session, cell):
            term = Term(value, dict(summand.monomial), summand.dims, part)
            if any(v.name in occurring for v in eliminated(session, term)):
                thin.append(apart(session, term))
            else:
                whole.append(part)
        if whole:
            points = whole[0]
            for part in whole[1:]:
                points = points.union(part)
            kept.append((value, points))
    result[summand] = kept
    return thin


def apart(session: Session, term: Term) -> Term:
    """The term with fresh dummies instead of the canonical ones."""
    if not term.dummies:
        return term
    fresh = tuple(session.dummy() for _ in term.dummies)
    values = {old: variable_form(new) for old, new in zip(term.dummies, fresh, strict=True)}
    changed = change(session, term.powers, values, term.domain)
    if changed is None:
        return term
    coefficient, powers = changed
    return Term(coefficient * term.coefficient, powers, fresh, moved(session, term.domain, values))
