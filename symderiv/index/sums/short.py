"""Ranges of a few points written out: ``Σ_{i≤1} x_i`` is ``x_0 + x_1``, however many sizes are symbols."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.affine import Affine
from symderiv.index.integer_sets.questions import form_of, uses_division
from symderiv.index.session import Session
from symderiv.index.sums.merging import Normal, apart, normal_form
from symderiv.index.sums.settling import Summand
from symderiv.index.terms.terms import Term, Terms

MAX_WRITTEN_OUT, MAX_TERMS = 8, 60
ROUNDS = 3


def vanishes(session: Session, normal: Normal) -> bool:
    """Does it cancel at every size, once sums over a few points are written out?"""
    for _ in range(ROUNDS):
        terms = _written_out(session, normal) if normal else None
        if terms is None:
            break
        normal = normal_form(session, terms)
    return not normal


def _written_out(session: Session, normal: Normal) -> Terms | None:
    """The terms with each short range written out; None if there is none, or a sum over another range."""
    terms: Terms = []
    found = False
    for summand in sorted(normal, key=lambda each: -len(each.dims)):
        for value, cell in normal[summand]:
            for points, few in _parts(session, summand, cell):
                if summand.dims and not few:
                    return None
                found = found or bool(few)
                for part in few or [points]:
                    term = Term(value, dict(summand.monomial), summand.dims, points.intersect(part))
                    terms.append(apart(session, term))
                if len(terms) > MAX_TERMS:
                    return None
    return terms if found else None


def _parts(session: Session, summand: Summand, cell: isl.Set) -> Iterator[tuple[isl.Set, list[isl.Set]]]:
    """The pieces of a cell, each with the few values that a form has there."""
    if not summand.dims and session.context.is_subset(cell):
        yield cell, []
        return
    for basic in cell.make_disjoint().get_basic_sets():
        yield isl.Set.from_basic_set(basic), _few_values(session, basic)


def _few_values(session: Session, basic: isl.BasicSet) -> list[isl.Set]:
    """``f = 0``, …, ``f = c`` of a form for which ``0 ≤ f ≤ c`` is said."""
    constraints = [c for c in basic.remove_redundancies().get_constraints() if not uses_division(c)]
    forms = [form_of(session, c) for c in constraints if not c.is_equality()]
    for low, high in combinations(forms, 2):
        width = low + high
        if width.terms or all(abs(c) != 1 for c in low.terms.values()):
            continue
        if 0 <= width.constant < MAX_WRITTEN_OUT:
            return [session.compare(low - Affine({}, k), "=") for k in range(int(width.constant) + 1)]
    return []
