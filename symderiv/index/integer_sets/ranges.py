"""Sets written back: bounds of nested sums, conditions, floors for divisions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from symderiv.expression.build import add, compare, conjunction, disjunction, function, mul
from symderiv.expression.tree import FALSE, MINUS_ONE, TRUE, ZERO, Expr, Number, Variable
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.affine import Affine, ratio
from symderiv.index.integer_sets.conditions import project
from symderiv.index.integer_sets.integers import integer_expr
from symderiv.index.integer_sets.questions import form_of
from symderiv.index.keys import key
from symderiv.index.session import Session


@dataclass(frozen=True)
class Range:
    """One piece of a set: bounds of each variable, outermost first, and what bounds can't say."""

    bounds: tuple[tuple[Variable, Expr, Expr], ...]
    condition: Expr


def nested_ranges(session: Session, points: isl.Set, dims: tuple[Variable, ...]) -> list[Range] | None:
    """Disjoint pieces of the set, each as nested ranges; None if a variable has no bounds."""
    found: list[Range] = []
    for basic in points.compute_divs().make_disjoint().coalesce().compute_divs().get_basic_sets():
        part = _range(session, basic, dims)
        if part is None:
            return None
        found.append(part)
    return found


def _range(session: Session, basic: isl.BasicSet, dims: tuple[Variable, ...]) -> Range | None:
    bounds = []
    piece = isl.Set.from_basic_set(basic)
    said = session.context
    for k, variable in enumerate(dims):
        shadow = project(session, piece, list(dims[k + 1 :])).remove_divs().simple_hull()
        lower, upper, points = _bounds(session, shadow, variable)
        if not lower or not upper:
            return None
        said = said.intersect(points)
        low = lower[0] if len(lower) == 1 else function("max", *lower)
        high = upper[0] if len(upper) == 1 else function("min", *upper)
        bounds.append((variable, low, high))
    condition: Expr = TRUE
    if not said.is_subset(piece):
        condition = condition_of(session, piece.gist(said))
    return Range(tuple(bounds), condition)


def _bounds(
    session: Session, shadow: isl.BasicSet, variable: Variable
) -> tuple[list[Expr], list[Expr], isl.Set]:
    context = isl.Set.from_basic_set(shadow)
    lower: list[Expr] = []
    upper: list[Expr] = []
    said = session.compare(Affine(), "=")
    for constraint in context.simple_hull().remove_redundancies().get_constraints():
        form = form_of(session, constraint)
        c = form.coefficient(variable)
        if c == 0:
            continue
        equality = constraint.is_equality()
        said = said.intersect(session.compare(form, "=" if equality else ">="))
        rest = (form - Affine({variable: c})).scaled(ratio(-1, c))
        if c > 0 or equality:
            lower.append(_ceiling(session, rest))
        if c < 0 or equality:
            upper.append(_floor(session, rest))
    return sorted(set(lower), key=key), sorted(set(upper), key=key), said


def _floor(session: Session, form: Affine) -> Expr:
    if form.is_integral():
        return integer_expr(session, form)
    scale = form.denominator
    return function("floor", mul(Number(Fraction(1, scale)), integer_expr(session, form.scaled(scale))))


def _ceiling(session: Session, form: Affine) -> Expr:
    if form.is_integral():
        return integer_expr(session, form)
    return mul(MINUS_ONE, _floor(session, -form))


def condition_of(session: Session, points: isl.Set) -> Expr:
    """The set as a condition: or of and of comparisons, divisions as floors."""
    basics = points.compute_divs().coalesce().compute_divs().get_basic_sets()
    if not basics:
        return FALSE
    texts = [_conjunction(session, basic) for basic in basics]
    return disjunction(*sorted(texts, key=key))


def _conjunction(session: Session, basic: isl.BasicSet) -> Expr:
    parts = [_comparison(session, basic, c) for c in basic.get_constraints() if not c.is_div_constraint()]
    return conjunction(*sorted(parts, key=key))


def _comparison(session: Session, basic: isl.BasicSet, constraint: isl.Constraint) -> Expr:
    form = form_of(session, constraint)
    value = integer_expr(session, form)
    for k in range(constraint.dim(isl.dim_type.div)):
        c = constraint.get_coefficient_val(isl.dim_type.div, k)
        if not c.is_zero():
            value = add(value, mul(Number(c.to_python()), _division(session, basic.get_div(k))))
    if constraint.is_equality():
        return compare("eq", value, ZERO)
    return _sides(session, form) if value == integer_expr(session, form) else compare("le", ZERO, value)


def _sides(session: Session, form: Affine) -> Expr:
    """``form ≥ 0`` as ``negative part ≤ positive part``."""
    plus = Affine({v: c for v, c in form.terms.items() if c > 0}, max(form.constant, 0))
    return compare("le", integer_expr(session, plus - form), integer_expr(session, plus))


def _division(session: Session, aff: isl.Aff) -> Expr:
    """``⌊(Σ c v + …)/d⌋`` of isl's explicit division."""
    total: Expr = Number(_fraction(aff.get_constant_val()))
    for k in range(aff.dim(isl.dim_type.param)):
        c = _fraction(aff.get_coefficient_val(isl.dim_type.param, k))
        if c:
            variable = session.by_symbol[aff.get_dim_name(isl.dim_type.param, k)]
            total = add(total, mul(Number(c), session.hidden.get(variable, variable)))
    for k in range(aff.dim(isl.dim_type.div)):
        c = _fraction(aff.get_coefficient_val(isl.dim_type.div, k))
        if c:
            total = add(total, mul(Number(c), _division(session, aff.get_div(k))))
    return function("floor", total)


def _fraction(value: isl.Val) -> Fraction:
    return Fraction(int(value.get_num_si()), int(value.get_den_val().to_python()))
