"""Ranges of a few points written out: ``Σ_{i≤1} x_i`` is ``x_0 + x_1``, however many sizes are symbols."""

from __future__ import annotations

from itertools import combinations

from symderiv.index import isl
from symderiv.index.affine import Affine
from symderiv.index.merging import Normal, apart, normal_form
from symderiv.index.session import Session
from symderiv.index.sets import form_of, uses_division
from symderiv.index.terms import Term, Terms

MAX_WRITTEN_OUT = 8


def vanishes(session: Session, normal: Normal) -> bool:
    """Does it cancel at every size, once sums over a few points are written out?"""
    if not normal:
        return True
    terms = _written_out(session, normal)
    return terms is not None and vanishes(session, normal_form(session, terms))


def _written_out(session: Session, normal: Normal) -> Terms | None:
    """Terms of which each short range is written out; None if there is no such range."""
    terms: Terms = []
    found = False
    for summand, cells in normal.items():
        for value, cell in cells:
            for basic in cell.make_disjoint().get_basic_sets():
                points = isl.Set.from_basic_set(basic)
                few = _few_values(session, basic)
                found = found or few is not None
                for part in few or [points]:
                    term = Term(value, dict(summand.monomial), summand.dims, points.intersect(part))
                    terms.append(apart(session, term))
    return terms if found else None


def _few_values(session: Session, basic: isl.BasicSet) -> list[isl.Set] | None:
    """``f = 0``, …, ``f = c`` of a form for which ``0 ≤ f ≤ c`` is said."""
    constraints = [c for c in basic.remove_redundancies().get_constraints() if not uses_division(c)]
    forms = [form_of(session, c) for c in constraints if not c.is_equality()]
    for low, high in combinations(forms, 2):
        width = low + high
        if not width.terms and 0 <= width.constant < MAX_WRITTEN_OUT:
            return [session.compare(low - Affine({}, k), "=") for k in range(int(width.constant) + 1)]
    return None
