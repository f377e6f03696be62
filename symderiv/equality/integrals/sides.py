"""On which side of 0 a switched line, fraction or wave lies in a cell: where it turns are edges of cells."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symderiv.equality.conditions.condition import knowledge, sign
from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.equality.integrals.near import nearly
from symderiv.equality.integrals.pieces import Ends, gaps_of, zero_of
from symderiv.equality.integrals.waves import side_of_wave
from symderiv.equality.normal_forms.plain import factors_of_fraction, plain_forms
from symderiv.equality.normal_forms.reading import to_expr
from symderiv.expression.build import compare
from symderiv.expression.coefficients import coefficients_in
from symderiv.expression.instantiation import instantiate
from symderiv.expression.progressions import line
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import INFINITY, ZERO, Apply, Expr, Number, Variable, walk

MAX_DENOMINATOR = 1000


def sides_of_lines(expr: Expr, t: Variable, cell: Ends, facts: tuple[Expr, ...]) -> Iterator[Expr]:
    """On which side of 0 a switched line ``m t + c`` with a letter for m lies in a cell: it turns at -c/m."""
    known = knowledge(facts)
    for gap in dict.fromkeys(gap for node in walk(expr) for gap in gaps_of(node)):
        m = line(gap, t)
        slope = None if m is None or isinstance(m, Number) else sign(m, facts)
        if slope not in (1, -1):
            continue
        at = zero_of(gap, t, facts)
        low, high = (None if INFINITY in walk(edge) else edge for edge in cell)
        if low is not None and known.implies(compare("le", at, low)):
            yield compare("lt", ZERO, gap) if slope == 1 else compare("lt", gap, ZERO)
        elif high is not None and known.implies(compare("le", high, at)):
            yield compare("lt", gap, ZERO) if slope == 1 else compare("lt", ZERO, gap)


def sides_of_curves(expr: Expr, t: Variable, cell: Ends) -> Iterator[Expr]:
    """On which side of 0 each switched fraction in t lies in a cell, if its roots and poles are edges.

    It has none in the cell then, and so the sign that it has at a point of it.
    """
    gaps = dict.fromkeys(gap for node in walk(expr) for gap in gaps_of(node))
    yield from (side for gap in gaps if (side := side_of_wave(gap, t, cell)) is not None)
    curves = [
        gap for gap in gaps if free_variables(gap) == {t} and line(gap, t) is None and _is_placed(gap, t)
    ]
    inside = _point_inside(cell) if curves else None
    if inside is None:
        return
    for gap in curves:
        value = instantiate(gap, {t: inside})
        if isinstance(value, Number) and value != ZERO:
            yield compare("lt", ZERO, gap) if value.value > 0 else compare("lt", gap, ZERO)


def _is_placed(gap: Expr, t: Variable) -> bool:
    """Is it a fraction in t of linear and quadratic factors between numbers, whose roots `breaks` finds?"""
    found = plain_forms(gap) if _is_fraction(gap, t) else None
    if found is None:
        return False
    nf, (element,) = found
    factors = factors_of_fraction(nf.field, element)
    return bool(factors) and all(_is_short(coefficients_in(to_expr(nf.field, each), t)) for each in factors)


def _is_fraction(gap: Expr, t: Variable) -> bool:
    """Is it written as one? Then it exists wherever none of its divisors is 0."""
    match gap:
        case Apply(head="add" | "mul", args=args):
            return all(_is_fraction(arg, t) for arg in args)
        case Apply(head="pow", args=(base, Number(value=int()))):
            return _is_fraction(base, t)
    return gap == t or isinstance(gap, Number) or coefficients_in(gap, t) is not None


def _is_short(coefficients: list[Expr] | None) -> bool:
    """Is it linear or quadratic, of rational numbers? Of others, √2 among them, no root is looked for."""
    if coefficients is None or len(coefficients) not in (2, 3):
        return False
    return all(isinstance(each, Number) for each in coefficients)


def _point_inside(cell: Ends) -> Number | None:
    """A rational number that is proved to lie in a cell between numbers; where to look is only guessed."""
    low, high = (None if INFINITY in walk(edge) else edge for edge in cell)
    near = [nearly(edge) for edge in (low, high) if edge is not None]
    if any(each is None for each in near):
        return None
    guess = sum(filter(None, near)) / max(1, len(near)) + (low is not None) - (high is not None)
    point = Number(Fraction(guess).limit_denominator(MAX_DENOMINATOR))
    above = low is None or evaluate(Apply("lt", (low, point)), {}) is True
    below = high is None or evaluate(Apply("lt", (point, high)), {}) is True
    return point if above and below else None
