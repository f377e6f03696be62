"""Questions to isl: which equalities hold on a set, in which pieces it falls, what bounds a variable."""

from __future__ import annotations

from symderiv.expression.tree import Variable
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.affine import Affine
from symderiv.index.session import Session


def uses_division(constraint: isl.Constraint) -> bool:
    kind = isl.dim_type.div
    return any(not constraint.get_coefficient_val(kind, k).is_zero() for k in range(constraint.dim(kind)))


def form_of(session: Session, constraint: isl.Constraint) -> Affine:
    """The affine form that a constraint without divisions compares with 0."""
    terms: dict[Variable, int] = {}
    constant = 0
    for name, value in constraint.get_coefficients_by_name().items():
        if name == 1:
            constant = value.to_python()
        else:
            terms[session.by_symbol[name]] = value.to_python()
    return Affine(terms, constant)


def equalities(session: Session, points: isl.Set | isl.BasicSet) -> list[Affine]:
    """Forms that vanish all over the set (divisibilities left out)."""
    return [
        form_of(session, constraint)
        for constraint in points.affine_hull().get_constraints()
        if constraint.is_equality() and not uses_division(constraint)
    ]


def spacings(session: Session, points: isl.Set) -> list[tuple[Affine, int]]:
    """Forms f and numbers m such that m divides f all over the set."""
    kind = isl.dim_type.div
    found = []
    for constraint in points.affine_hull().get_constraints():
        if constraint.is_equality() and uses_division(constraint):
            steps = [constraint.get_coefficient_val(kind, k) for k in range(constraint.dim(kind))]
            used = [abs(step.to_python()) for step in steps if not step.is_zero()]
            if len(used) == 1:
                found.append((form_of(session, constraint), used[0]))
    return found


def pieces(session: Session, points: isl.Set) -> list[isl.Set]:
    """The set cut so that no piece has a part on which more equalities hold than on the whole piece."""
    if points.n_basic_set() <= 1:
        return [points]
    points = points.coalesce()
    if points.n_basic_set() <= 1:
        return [points]
    common = len(equalities(session, points))
    wide: isl.Set | None = None
    narrow: list[isl.Set] = []
    for basic in points.make_disjoint().get_basic_sets():
        part = isl.Set.from_basic_set(basic)
        if len(equalities(session, basic)) > common:
            narrow.append(part)
        else:
            wide = part if wide is None else wide.union(part)
    return narrow if wide is None else [wide.coalesce(), *narrow]
