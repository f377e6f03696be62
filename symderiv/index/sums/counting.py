"""Dummies that no factor depends on are summed out: ``Σ 1 = size``, ``Σ i = n(n+1)/2`` (Faulhaber)."""

from __future__ import annotations

from fractions import Fraction

from symderiv.expression.build import add, function, mul
from symderiv.expression.tree import MINUS_ONE, ONE, Expr, Number, Variable
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.affine import Affine, ratio
from symderiv.index.integer_sets.integers import integer_expr
from symderiv.index.integer_sets.points import universe
from symderiv.index.integer_sets.questions import form_of, uses_division
from symderiv.index.session import Session
from symderiv.index.sums.faulhaber import power_sum
from symderiv.index.terms.reading import read
from symderiv.index.terms.terms import Term, Terms, product

MAX_DEGREE = 12


def sum_out(session: Session, term: Term, dummy: Variable) -> Terms | None:
    """The term with one dummy, free of all atoms but itself, summed out; None if its bounds aren't plain."""
    degree = term.powers.get(dummy, 0)
    if not isinstance(degree, int) or degree > MAX_DEGREE:
        return None
    rest = {a: p for a, p in term.powers.items() if a != dummy}
    dummies = tuple(v for v in term.dummies if v != dummy)
    found = cells(session, term.domain, dummy, dummies)
    if found is None:
        return None
    result: Terms = []
    for bottom, top, cell in found:
        value = read(session, power_sum(degree, bottom, top), universe())
        result += product([Term(term.coefficient, rest, dummies, cell)], value)
    return result


def cells(
    session: Session, domain: isl.Set, dummy: Variable, dummies: tuple[Variable, ...]
) -> list[tuple[Expr, Expr, isl.Set]] | None:
    """The range of a dummy: its first and last value on each cell of the others; None if not that plain."""
    result = []
    for basic in domain.make_disjoint().get_basic_sets():
        bounds = _bounds(session, basic, dummy)
        if bounds is None:
            return None
        lower, upper, others = bounds
        for low, low_cell in _greatest(session, lower):
            for high, high_cell in _greatest(session, upper):
                top = _rounded(session, -high, down=True, dummies=dummies)
                bottom = _rounded(session, low, down=False, dummies=dummies)
                nonempty = _nonempty(session, low, high)
                if top is None or bottom is None or nonempty is None:
                    return None
                cell = others.intersect(low_cell).intersect(high_cell).intersect(nonempty)
                result.append((bottom, top, cell))
    return result


def _bounds(
    session: Session, basic: isl.BasicSet, dummy: Variable
) -> tuple[list[Affine], list[Affine], isl.Set] | None:
    """Lower bounds L ≤ d, upper bounds as -U (so both are maxima), and the set of what says nothing of d."""
    lower: list[Affine] = []
    upper: list[Affine] = []
    others = universe()
    for constraint in basic.remove_redundancies().get_constraints():
        if uses_division(constraint):
            return None
        form = form_of(session, constraint)
        c = form.coefficient(dummy)
        if c == 0:
            others = others.intersect(session.compare(form, "=" if constraint.is_equality() else ">="))
            continue
        bound = (form - Affine({dummy: c})).scaled(ratio(-1, c))
        if c > 0 or constraint.is_equality():
            lower.append(bound)
        if c < 0 or constraint.is_equality():
            upper.append(-bound)
    return (lower, upper, others) if lower and upper else None


def _greatest(session: Session, forms: list[Affine]) -> list[tuple[Affine, isl.Set]]:
    """Each form with the cell on which it is the greatest, the first one winning ties."""
    found = []
    for k, form in enumerate(forms):
        cell = universe()
        for m, other in enumerate(forms):
            if m != k:
                cell = cell.intersect(session.compare(form - other, ">" if m < k else ">="))
        if len(forms) == 1 or not cell.is_empty():
            found.append((form, cell))
    return found


def _nonempty(session: Session, low: Affine, high: Affine) -> isl.Set | None:
    """``⌈low⌉ ≤ ⌊-high⌋``."""
    if low.is_integral() or high.is_integral():
        return session.compare(-high - low, ">=")
    return None


def _rounded(session: Session, form: Affine, down: bool, dummies: tuple[Variable, ...]) -> Expr | None:
    if form.is_integral():
        return integer_expr(session, form)
    if any(v in form.terms for v in dummies):
        return None
    if down:
        return function("floor", _fraction_expr(session, form))
    return mul(MINUS_ONE, function("floor", _fraction_expr(session, -form)))


def _fraction_expr(session: Session, form: Affine) -> Expr:
    scale = form.denominator
    whole = integer_expr(session, form.scaled(scale))
    return mul(Number(Fraction(1, scale)), add(whole)) if scale != 1 else mul(ONE, whole)
