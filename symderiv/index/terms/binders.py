"""Sums, products, maxima and other binders read as terms."""

from __future__ import annotations

from symderiv.expression.substitution import substitute
from symderiv.expression.tree import ZERO, Apply, Binder, Cases, Exact, Expr, Variable
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.conditions import condition_set
from symderiv.index.integer_sets.points import universe
from symderiv.index.keys import free_position, names
from symderiv.index.session import Session
from symderiv.index.terms.extrema import extremum
from symderiv.index.terms.factorials import factorial
from symderiv.index.terms.powers import read_exp, read_pow, without_content
from symderiv.index.terms.reading import BODY, inner, pairs_of, read
from symderiv.index.terms.terms import (
    Monomial,
    Term,
    Terms,
    atom,
    bracket,
    constant,
    monomial_expr,
    ordered,
    product,
    sum_of,
)


def read_binder(session: Session, expr: Binder, outer: isl.Set) -> Terms:
    """A sum over the points of its range; of a product, maximum or "for all" the body in normal form."""
    if expr.lower is None or expr.upper is None or expr.kind not in ("sum", "prod", "max", "min", "forall"):
        return _opaque_binder(session, expr, outer)
    dummy = session.dummy()
    put: dict[Expr, Expr] = {expr.variable: dummy}
    condition = substitute(expr.condition, put)
    between = Apply("and", (Apply("le", (expr.lower, dummy)), Apply("le", (dummy, expr.upper))))
    points = condition_set(session, between)
    allowed = condition_set(session, condition)
    body = substitute(expr.body, put)
    if points is None or (allowed is None and expr.kind != "sum"):
        return _opaque_binder(session, expr, outer)
    if allowed is None:
        body = Cases(((condition, body),), ZERO)
        allowed = universe()
    points = points.intersect(allowed)
    inside = outer.intersect(points)
    if expr.kind == "sum":
        if inside.is_empty():
            return []
        terms = bracket(read(session, body, inside), points)
        return [Term(t.coefficient, t.powers, (dummy, *t.dummies), t.domain) for t in terms]
    if inside.is_empty():
        return _opaque_binder(session, expr, outer)
    with session.inside(outer):
        return _range_atom(session, expr, body, dummy, points, inside)


def _range_atom(
    session: Session, expr: Binder, body: Expr, dummy: Variable, points: isl.Set, inside: isl.Set
) -> Terms:
    """A product, maximum, minimum or ``for all`` over a range: an atom, its range in normal form."""
    if expr.kind == "prod":
        pairs = pairs_of(session, read(session, body, inside), inside)
        if len(pairs) > 1:
            content, powers = without_content(pairs)
            pairs = [(content, ordered(powers))]
        if pairs:
            return _product_of(session, pairs[0], dummy, points)
        return atom(session.over_range(session, "prod", ZERO, dummy, points))
    if expr.kind in ("max", "min"):
        pairs = pairs_of(session, read(session, body, inside), inside)
        return extremum(session, expr.kind, pairs, dummy, points)
    body = inner(session, body, inside)
    return atom(session.over_range(session, expr.kind, body, dummy, points))


def _product_of(
    session: Session,
    pair: tuple[Exact, Monomial],
    dummy: Variable,
    points: isl.Set,
) -> Terms:
    """``Π c f(i) exp(g(i)) = c^size · Π f(i) · exp(Σ g(i))``."""
    c, monomial = pair
    constants: list[tuple[Expr, Exact]] = []
    result = constant(1)
    for base, exponent in monomial:
        if dummy.name not in names(base):
            constants.append((base, exponent))
        elif isinstance(base, Apply) and base.head == "exp":
            exponent_sum = Term(exponent, {}, (dummy,), points)
            terms = product([exponent_sum], read(session, base.args[0], session.outer.intersect(points)))
            total = sum_of(session.summands(session, terms))
            result = product(result, read_exp(session, Apply("exp", (total,)), session.outer))
        else:
            over = session.over_range(session, "prod", base, dummy, points)
            result = product(result, factorial(session, over, exponent) or atom(over, exponent))
    if constants or c != 1:
        size = sum_of(session.summands(session, [Term(1, {}, (dummy,), points)]))
        base = monomial_expr(c, constants)
        result = product(result, read_pow(session, Apply("pow", (base, size)), session.outer))
    return result


def _opaque_binder(session: Session, expr: Binder, outer: isl.Set) -> Terms:
    """A binder that is left alone but for its name and its insides.

    What an integral runs over is no integer: ``t >= 1`` isn't ``t > 0`` there, nor t what ``⌊t⌋`` is.
    """
    dummy = Variable(session.dummy().name, expr.variable.kind)
    put: dict[Expr, Expr] = {expr.variable: dummy}
    body = inner(session, substitute(expr.body, put), outer)
    condition = inner(session, substitute(expr.condition, put), outer)
    lower = None if expr.lower is None else inner(session, expr.lower, outer)
    upper = None if expr.upper is None else inner(session, expr.upper, outer)
    number = free_position(session.prefix, (body, condition), frozenset(), 1)
    name = Variable(session.position(number).name, expr.variable.kind)
    back: dict[Expr, Expr] = {dummy: name}
    return atom(Binder(expr.kind, substitute(body, back), name, lower, upper, substitute(condition, back)))


def read_body(session: Session, expr: Apply, outer: isl.Set) -> Terms:
    return atom(Apply(BODY, (inner(session, expr.args[0], outer),)))
