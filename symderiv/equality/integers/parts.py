"""Integer parts in a normal form: whole parts out, nested floors flattened, known remainders put in.

``⌊u + n⌋ = ⌊u⌋ + n`` for an integer n, ``⌊⌊u⌋/k⌋ = ⌊u/k⌋`` for a positive integer k,
``⌊p/d + c⌋ = ⌊(p + ⌊dc⌋)/d⌋`` for integers p and d, ``⌊i/n⌋ = 0`` where 0 ≤ i < n, and ``⌊n/k⌋ = n/k`` where
a fact says that k divides n.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import lcm

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.conditions.inside import facts_inside
from symderiv.equality.conditions.polynomial import (
    UNIT,
    Monomial,
    Polynomial,
    TooLarge,
    constant,
    minus,
    plus,
)
from symderiv.equality.conditions.signs import POSITIVE
from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.equality.limits.coefficients import coefficient, expression, inverse, times
from symderiv.expression.build import add, compare, function
from symderiv.expression.instantiation import refold
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import ZERO, Apply, Binder, Cases, Expr, walk

Facts = tuple[Expr, ...]


def normalise_integers(expr: Expr, facts: Facts = ()) -> Expr:
    """An expression equal to ``expr`` wherever it is defined, its floors in normal form.

    >>> from symderiv.expression.kinds import SIZE
    >>> from symderiv.expression.tree import Number, Variable
    >>> n, half = Variable("n", SIZE), Number(Fraction(1, 2))
    >>> inner = Apply("floor", (Apply("mul", (half, n)),))
    >>> quarter = Apply("mul", (Number(Fraction(1, 4)), n))
    >>> normalise_integers(Apply("floor", (Apply("mul", (half, inner)),))) == Apply("floor", (quarter,))
    True
    """
    if not any(isinstance(node, Apply) and node.head == "floor" for node in walk(expr)):
        return expr
    known = _divisibilities(facts)
    return _normalised(expr, facts, known)


def _normalised(expr: Expr, facts: Facts, known: dict[Expr, Expr]) -> Expr:
    if isinstance(expr, Binder):
        inside = facts_inside(expr, facts)
        body = _normalised(expr.body, inside, known)
        ends = [None if end is None else _normalised(end, facts, known) for end in (expr.lower, expr.upper)]
        condition = _normalised(expr.condition, inside, known)
        return Binder(expr.kind, body, expr.variable, ends[0], ends[1], condition)
    if not expr.children:
        return expr
    changed = tuple(_normalised(child, facts, known) for child in expr.children)
    same = all(new is old for new, old in zip(changed, expr.children, strict=True))
    rebuilt = expr if same else expr.rebuild(changed) if isinstance(expr, Cases) else refold(expr, changed)
    if isinstance(rebuilt, Apply) and rebuilt.head == "floor":
        try:
            found = _floor(coefficient(rebuilt.args[0]), facts)
        except TooLarge:
            return rebuilt
        return substitute(found, known) if known else found
    return rebuilt


def _floor(u: Polynomial, facts: Facts) -> Expr:
    """``⌊u⌋`` with the whole part of u outside."""
    u = _flattened(u)
    whole, rest = _whole_and_rest(u)
    rest = _rounded(rest)
    if set(rest) <= {UNIT} or _between_zero_and_one(rest, facts):
        return expression(whole)
    return add(expression(whole), function("floor", expression(rest)))


def _whole_and_rest(u: Polynomial) -> tuple[Polynomial, Polynomial]:
    whole = {m: Fraction(c.numerator // c.denominator) for m, c in u.items() if _is_whole(m)}
    whole = {m: c for m, c in whole.items() if c}
    return whole, minus(u, whole)


def _is_whole(monomial: Monomial) -> bool:
    return all(exponent > 0 and is_integer_valued(base) for base, exponent in monomial)


def _rounded(rest: Polynomial) -> Polynomial:
    """The constant rounded down to a multiple of 1/d, where all else is one."""
    others = [c for m, c in rest.items() if m != UNIT]
    if not others or not all(_is_whole(m) for m in rest):
        return rest
    d = lcm(*(c.denominator for c in others))
    fixed = rest.get(UNIT, Fraction(0)) * d
    return plus(
        {m: c for m, c in rest.items() if m != UNIT},
        constant(Fraction(fixed.numerator // fixed.denominator, d)),
    )


def _flattened(u: Polynomial) -> Polynomial:
    """``(⌊v⌋ + p)/k`` replaced by ``(v + p)/k`` under a floor, for integers p and k > 0."""
    for monomial, c in u.items():
        inner = next((b for b, e in monomial if e == 1 and isinstance(b, Apply) and b.head == "floor"), None)
        if inner is None or c.numerator != 1:
            continue
        around: Polynomial = {frozenset((b, e) for b, e in monomial if b != inner): c}
        scale = inverse(around)
        rest = minus(u, {monomial: c})
        if _is_positive_integer(scale) and _is_integral(times(rest, scale)):
            assert isinstance(inner, Apply)
            return _flattened(plus(rest, times(coefficient(inner.args[0]), around)))
    return u


def _is_integral(poly: Polynomial) -> bool:
    return all(c.denominator == 1 and _is_whole(m) for m, c in poly.items())


def _is_positive_integer(poly: Polynomial) -> bool:
    return _is_integral(poly) and knowledge(()).signs(expression(poly)) == POSITIVE


def _between_zero_and_one(rest: Polynomial, facts: Facts) -> bool:
    """Whether ``0 ≤ rest < 1``, divisors multiplied out."""
    below: dict[Expr, int] = {}
    for monomial in rest:
        for base, exponent in monomial:
            if exponent < 0:
                below[base] = max(below.get(base, 0), -exponent)
    scale: Polynomial = {frozenset(below.items()): Fraction(1)}
    known = knowledge(facts)
    if any(known.signs(base) != POSITIVE for base in below):
        return False
    above, limit = expression(times(rest, scale)), expression(scale)
    return known.implies(compare("le", ZERO, above)) and known.implies(compare("lt", above, limit))


@lru_cache(maxsize=64)
def _divisibilities(facts: Facts) -> dict[Expr, Expr]:
    """Integer parts that equations among the facts give: ``n % k == 0`` says ``⌊n/k⌋ = n/k``."""
    found: dict[Expr, Expr] = {}
    for fact in facts:
        if isinstance(fact, Apply) and fact.head == "eq":
            a, b = (_normalised(side, (), {}) for side in fact.args)
            try:
                solved = _solved_for_floor(minus(coefficient(a), coefficient(b)))
            except TooLarge:
                continue
            if solved is not None:
                found[solved[0]] = solved[1]
    return found


def _solved_for_floor(gap: Polynomial) -> tuple[Expr, Expr] | None:
    """``⌊v⌋ = …`` from ``gap = 0``, where the factor beside it is a positive integer."""
    floors = [(m, c) for m, c in gap.items() if any(isinstance(b, Apply) and b.head == "floor" for b, _ in m)]
    if len(floors) != 1:
        return None
    monomial, c = floors[0]
    inner = next(b for b, _ in monomial if isinstance(b, Apply) and b.head == "floor")
    around: Polynomial = {frozenset((b, e) for b, e in monomial if b != inner): abs(c)}
    if dict(monomial)[inner] != 1 or not _is_positive_integer(around):
        return None
    rest = minus(gap, {monomial: c})
    value = times(rest, inverse({m: -c * d / abs(c) for m, d in around.items()}))
    return inner, expression(value)
