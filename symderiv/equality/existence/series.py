"""Infinite sums: geometric ones and that of the exponential have a value, ``Σ g^i = 1/(1 - g)``; of others it
may be known that they converge, by comparing their terms with 1/i and 1/i².
"""

from __future__ import annotations

from typing import TypeGuard

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.existence.integrals import growth, is_small
from symderiv.equality.existence.rational_series import rational_series
from symderiv.equality.existence.weighted_series import exponential_series, geometric_series
from symderiv.expression.build import add, compare, conjunction, function, mul, power
from symderiv.expression.parts import factors_of, terms_of
from symderiv.expression.progressions import parted
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
    INFINITY,
    MINUS_ONE,
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Expr,
    Number,
    Variable,
    walk,
)

Facts = tuple[Expr, ...]
MAX_LEFT_OUT = 10


def series_converges(series: Binder, facts: Facts = ()) -> bool | None:
    """Whether ``Σ_{i≥a} f(i)`` is a number: proved, refuted, or not known (each term is taken to exist).

    >>> from symderiv.expression.tree import index_variable
    >>> i = index_variable("i")
    >>> terms = (power(i, Number(k)) for k in (-2, -1))
    >>> [series_converges(Binder("sum", term, i, ONE, INFINITY)) for term in terms]
    [True, False]
    """
    i = series.variable
    if is_small(series.body, i, INFINITY, facts):
        return True
    if growth(series.body, i, INFINITY, "", facts) or _swings(series.body, i, knowledge(facts)):
        return False
    found = series_value(series, facts)
    return None if found is None else INFINITY not in walk(found)


def _swings(body: Expr, i: Variable, known: Knowledge) -> bool:
    """Is it ``c rⁱ`` or ``c i rⁱ`` with r ≤ -1, whose sums go up and down for ever?"""
    term = parted(body, i)
    if term.others not in ((), (i,)) or not known.implies(compare("ne", term.fixed, ZERO)):
        return False
    return known.implies(compare("le", term.ratio, MINUS_ONE))


def _mounts(series: Binder, known: Knowledge) -> int:
    """1 or -1 where the terms are ``c rⁱ`` or ``c i rⁱ`` with r ≥ 1: their sums pass all bounds."""
    term = parted(series.body, series.variable)
    ratio, least = (term.ratio.args[0], ZERO) if _is_exponential(term.ratio) else (term.ratio, ONE)
    if term.others not in ((), (series.variable,)) or not known.implies(compare("le", least, ratio)):
        return 0
    return next((s for s in (1, -1) if known.implies(compare("lt", ZERO, mul(Number(s), term.fixed)))), 0)


def series_value(series: Binder, facts: Facts = ()) -> Expr | None:
    """The value of ``Σ_{i≥a} f(i)``, ``oo`` or ``-oo`` where it grows without bound, or ``None``.

    >>> from symderiv.expression.tree import index_variable
    >>> i = index_variable("i")
    >>> halves = Binder("sum", power(Number(2), mul(MINUS_ONE, i)), i, ZERO, INFINITY)
    >>> series_value(halves).value
    2
    """
    if series.condition != TRUE or series.lower is None or series.upper != INFINITY:
        return None
    terms = terms_of(series.body)
    found = [_summed(term, series.variable, series.lower, facts) for term in terms]
    values = [value for value in found if value is not None]
    if len(values) == len(terms):
        return add(*values)
    rational = _rational(series.body, series.variable, series.lower)
    if rational is not None:
        return rational
    sign = growth(series.body, series.variable, INFINITY, "", facts) or _mounts(series, knowledge(facts))
    return mul(Number(sign), INFINITY) if sign else None


def _rational(body: Expr, i: Variable, first: Expr) -> Expr | None:
    factors = factors_of(body)
    fixed = [factor for factor in factors if i not in free_variables(factor)]
    found = rational_series(mul(*(factor for factor in factors if factor not in fixed)), i, first)
    return None if found is None else mul(*fixed, found)


def _summed(term: Expr, i: Variable, first: Expr, facts: Facts) -> Expr | None:
    """``Σ_{i≥a} c p(i) rⁱ`` for -1 < r < 1, and ``Σ_{i≥a} c p(i) rⁱ/i!``, with polynomials p."""
    if i in free_variables(first):
        return None
    if term == ZERO:
        return ZERO
    cut = parted(term, i)
    fixed, ratio, others = cut.fixed, cut.ratio, cut.others
    if _over_factorial(i) in others:
        weight = mul(*(other for other in others if other != _over_factorial(i)))
        found = _exponential_series(weight, ratio, i, first)
        return None if found is None else mul(fixed, found)
    if not _is_within_one(ratio, knowledge(facts)):
        return None
    found = geometric_series(mul(*others), ratio, i, first)
    return None if found is None else mul(fixed, found)


def _exponential_series(weight: Expr, ratio: Expr, i: Variable, first: Expr) -> Expr | None:
    """``Σ_{i≥a} p(i) rⁱ/i!`` is the whole series without its first terms."""
    if not isinstance(first, Number) or first.value not in range(MAX_LEFT_OUT):
        return None
    return exponential_series(weight, ratio, i, int(first.value))


def _is_within_one(ratio: Expr, known: Knowledge) -> bool:
    """``-1 < r < 1``; of a product it is so if no factor is larger than 1, and one is smaller."""
    if _is_exponential(ratio):
        return known.implies(compare("lt", ratio.args[0], ZERO))
    if known.implies(conjunction(compare("lt", MINUS_ONE, ratio), compare("lt", ratio, ONE))):
        return True
    match ratio:
        case Apply(head="pow", args=(base, Number(value=int() as exponent))) if exponent > 0:
            return _is_within_one(base, known)
        case Apply(head="mul", args=factors):
            bounded = (conjunction(compare("le", MINUS_ONE, f), compare("le", f, ONE)) for f in factors)
            return all(map(known.implies, bounded)) and any(_is_within_one(f, known) for f in factors)
    return False


def _is_exponential(ratio: Expr) -> TypeGuard[Apply]:
    return isinstance(ratio, Apply) and ratio.head == "exp"


def _over_factorial(i: Variable) -> Expr:
    return power(function("gamma", add(i, ONE)), MINUS_ONE)
