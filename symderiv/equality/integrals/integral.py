"""Integrals, proved: an antiderivative on every cell, checked by differentiation, and limits at the ends.

``∫ₐᵇ f = Σ F_k(b clamped to cell k) - F_k(a clamped to cell k)``, the cells being the stretches between the
points where f switches. Inside a cell F and f must be defined and F' = f proved.
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.integrals.antiderivatives import candidates
from symderiv.equality.integrals.definedness import is_defined, reaches
from symderiv.equality.integrals.euler import eulers
from symderiv.equality.integrals.gaussians import without_logarithms_of_exponentials
from symderiv.equality.integrals.lone_values import lone_values, proof_at_all_numbers, with_lone_values
from symderiv.equality.integrals.pieces import Unclear, UnclearSlope, breaks, resolved
from symderiv.equality.integrals.sides import sides_of_curves, sides_of_lines
from symderiv.equality.integrals.substitution import with_exponentials, with_single_powers
from symderiv.equality.limits.coefficients import coefficient, expression
from symderiv.equality.limits.derivative import NotElementary, slope
from symderiv.equality.limits.limit import NONE, limit
from symderiv.equality.normal_forms.plain import plain_forms
from symderiv.equality.normal_forms.reading import element_expr
from symderiv.errors import SymderivError
from symderiv.expression.build import add, cases, compare, function, negative, subtract
from symderiv.expression.instantiation import instantiate
from symderiv.expression.parts import factors_of, terms_of
from symderiv.expression.substitution import free_variables, fresh
from symderiv.expression.tree import INFINITY, ZERO, Apply, Cases, Expr, Number, Variable, walk

LOW = negative(INFINITY)
MAX_CANDIDATES = 12
MAX_FACTS = 12
Cell = tuple[Expr, Expr]


def integral(
    expr: Expr, variable: Variable, lower: Expr, upper: Expr, facts: tuple[Expr, ...] = ()
) -> Expr | None:
    """``∫ expr d(variable)`` from ``lower`` to ``upper`` (``oo`` and ``-oo`` allowed), or ``None``.

    The value of a divergent one is ``oo``, ``-oo`` or the constant ``undefined``.

    >>> x, t = Variable("x"), Variable("t")
    >>> integral(Apply("heaviside", (t,)), t, LOW, x) == Apply("max", (x, ZERO))
    True
    """
    if lower == upper:
        return ZERO
    t, expr = variable, without_logarithms_of_exponentials(with_exponentials(expr))
    if any(t in free_variables(end) for end in (lower, upper)):
        t = Variable(fresh(t.name, {v.name for e in (expr, lower, upper) for v in free_variables(e)}), t.kind)
        expr = instantiate(expr, {variable: t})
    try:
        return _in_cells(expr, t, lower, upper, facts)
    except UnclearSlope as needed:
        return _in_cells_of_slope(needed.slope, expr, t, lower, upper, facts)


def _in_cells_of_slope(
    slope: Expr, expr: Expr, t: Variable, lower: Expr, upper: Expr, facts: tuple[Expr, ...]
) -> Expr | None:
    """The value where a slope is above, below and equal to 0: ``∫ |w t| dt`` over t from 0 to 1."""
    cells = [compare("lt", ZERO, slope), compare("lt", slope, ZERO), compare("eq", slope, ZERO)]
    if len(facts) >= MAX_FACTS or any(cell in facts for cell in cells):
        return None
    values: list[Expr] = []
    for cell in cells:
        value = integral(expr, t, lower, upper, (*facts, cell))
        if value is None or value == NONE or isinstance(value, Cases):
            return None
        values.append(value)
    above, below, level = values
    return cases(((cells[0], above), (cells[1], below)), level)


def _in_cells(expr: Expr, t: Variable, lower: Expr, upper: Expr, facts: tuple[Expr, ...]) -> Expr | None:
    """The value, the sum of the shares of the cells."""
    lone: dict[Expr, None] = {}
    try:
        points = breaks(expr, t, (lower, upper), facts)
        edges = [LOW, *points, INFINITY]
        parts = [
            _over_cell(expr, t, (edges[k], edges[k + 1]), (lower, upper), facts, lone)
            for k in range(len(edges) - 1)
        ]
    except UnclearSlope:
        raise
    except (Unclear, NotElementary, SymderivError):
        parts = [None]
    if None in parts:
        return eulers(expr, t, lower, upper, facts)
    value = _joined([part for part in parts if part is not None])
    return with_lone_values(
        value,
        lone,
        (expr, lower, upper),
        facts,
        lambda asked, known: integral(asked[0], t, *asked[1:], known),
    )


def _joined(shares: list[Expr]) -> Expr:
    """The shares of the cells; with an infinite one infinite, with one of each sign undefined."""
    infinite = {share for share in shares if share in (INFINITY, LOW, NONE)}
    if not infinite:
        return add(*shares)
    return infinite.pop() if len(infinite) == 1 else NONE


def _over_cell(
    expr: Expr, t: Variable, cell: Cell, ends: Cell, facts: tuple[Expr, ...], lone: dict[Expr, None]
) -> Expr | None:
    """The share of one cell: ``F(upper clamped) - F(lower clamped)``; unless one of the ``lone`` is zero."""
    start, stop = (_clamped(end, cell, facts) for end in ends)
    if start == stop:
        return ZERO
    range_facts = _between(t, *_range(cell, ends, facts), facts)
    in_cell = (*facts, *_between(t, *cell, facts), *range_facts)
    sides = (*sides_of_lines(expr, t, cell, facts), *sides_of_curves(expr, t, cell))
    inside = resolved(expr, (*in_cell, *sides))
    found = _antiderivative(inside, t, in_cell)
    if found is None:
        return None
    antiderivative, exceptions = found
    lone.update(dict.fromkeys(exceptions))
    top, bottom = (_value_at(antiderivative, t, end, cell, facts, range_facts) for end in (stop, start))
    if top is None or bottom is None or _is_infinite_in_cases(top) or _is_infinite_in_cases(bottom):
        return None
    if NONE in (top, bottom):
        return NONE
    if any(value in (INFINITY, LOW) for value in (top, bottom)):
        return _infinite(top, bottom)
    share = subtract(top, bottom)
    return share if free_variables(share) else expression(coefficient(share))


def _is_infinite_in_cases(value: Expr) -> bool:
    """A limit that is infinite, or doesn't exist, at some values of a parameter only."""
    if isinstance(value, Cases) and value.otherwise is None:
        return True
    return value not in (INFINITY, LOW) and any(node == INFINITY for node in walk(value))


def _infinite(top: Expr, bottom: Expr) -> Expr | None:
    """A divergent integral: one end is infinite, not both."""
    if bottom not in (INFINITY, LOW):
        return top
    if top in (INFINITY, LOW):
        return NONE
    return LOW if bottom == INFINITY else INFINITY


def _range(cell: Cell, ends: Cell, facts: tuple[Expr, ...]) -> Cell:
    """The stretch that is integrated over; which end comes first may not be known."""
    low, high = ends
    if low == LOW or high == INFINITY or knowledge(facts).implies(compare("le", low, high)):
        return low, high
    return cell if low == INFINITY or high == LOW else (function("min", *ends), function("max", *ends))


def _between(t: Variable, low: Expr, high: Expr, facts: tuple[Expr, ...]) -> tuple[Expr, ...]:
    bounds = [compare("lt", low, t)] if low not in (LOW, INFINITY) else []
    bounds += [compare("lt", t, high)] if high not in (LOW, INFINITY) else []
    return tuple(bounds)


def _clamped(end: Expr, cell: Cell, facts: tuple[Expr, ...]) -> Expr:
    """``min(max(end, low), high)``, decided where it can be."""
    low, high = cell
    if low != LOW:
        end = _extreme("max", end, low, facts)
    return end if high == INFINITY else _extreme("min", end, high, facts)


def _extreme(head: str, a: Expr, b: Expr, facts: tuple[Expr, ...]) -> Expr:
    if INFINITY in (a, b) or LOW in (a, b):
        other = b if a in (INFINITY, LOW) else a
        infinite = a if other is b else b
        return infinite if (infinite == INFINITY) == (head == "max") else other
    known = knowledge(facts)
    if known.implies(compare("le", a, b)):
        return b if head == "max" else a
    if known.implies(compare("le", b, a)):
        return a if head == "max" else b
    return function(head, a, b)


def _antiderivative(expr: Expr, t: Variable, facts: tuple[Expr, ...]) -> tuple[Expr, tuple[Expr, ...]] | None:
    """A candidate that is defined all over the cell and whose derivative is proved to be ``expr``.

    With it what may be zero at parameters for which it is none.
    """
    if not is_defined(expr, t, facts):
        return None
    for count, candidate in enumerate(_proposed(expr, t)):
        if count >= MAX_CANDIDATES:
            return None
        proof = (
            proof_at_all_numbers(slope(candidate, t), expr, facts)
            if is_defined(candidate, t, facts)
            else None
        )
        lone = None if proof is None else lone_values(proof.exceptions, t, facts)
        if lone is not None:
            return candidate, lone
    return None


def _proposed(expr: Expr, t: Variable) -> Iterator[Expr]:
    """Candidates for it as it is written, then for what is left of it once it is cancelled: ``-t/t``."""
    yield from candidates(with_single_powers(expr), t)
    found = plain_forms(expr)
    if found is not None:
        yield from candidates(with_single_powers(element_expr(found[0].field, found[1][0])), t)


def _value_at(
    antiderivative: Expr,
    t: Variable,
    end: Expr,
    cell: Cell,
    facts: tuple[Expr, ...],
    inside: tuple[Expr, ...],
) -> Expr | None:
    """F at an end of the range: put in where it is defined there, else its limit from inside."""
    if end in (INFINITY, LOW):
        return limit(antiderivative, t, end, "", facts)
    at_end = (*facts, compare("eq", t, end))
    antiderivative = _continued(antiderivative, t, end, facts)
    if is_defined(antiderivative, t, at_end) or reaches(antiderivative, t, at_end):
        return instantiate(antiderivative, {t: end})
    if end == cell[0] or compare("lt", end, t) in inside:
        return limit(antiderivative, t, end, "+", facts)
    if end == cell[1] or compare("lt", t, end) in inside:
        return limit(antiderivative, t, end, "-", facts)
    return None


def _continued(expr: Expr, t: Variable, end: Expr, facts: tuple[Expr, ...]) -> Expr:
    """With summands ``c u^v`` as their limit 0 where u is 0 at the end and v is a positive symbol."""
    terms = terms_of(expr)
    return add(*(ZERO if _fades(term, t, end, facts) else term for term in terms))


def _fades(term: Expr, t: Variable, end: Expr, facts: tuple[Expr, ...]) -> bool:
    factors = factors_of(term)
    moving = [factor for factor in factors if t in free_variables(factor)]
    match moving:
        case [Apply(head="pow", args=(base, exponent))] if t not in free_variables(exponent):
            vanishes = instantiate(base, {t: end}) == ZERO and not isinstance(exponent, Number)
            return vanishes and knowledge(facts).implies(compare("lt", ZERO, exponent))
    return False
