"""Infinite sums: geometric ones and that of the exponential have a value, ``Σ g^i = 1/(1 - g)``; of others it
may be known that they converge, by comparing their terms with 1/i and 1/i².
"""

from __future__ import annotations

from typing import TypeGuard

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.existence.integrals import growth, is_small
from symderiv.equality.integrals.antiderivatives import intercept, line
from symderiv.expression.build import add, compare, divide, function, mul, power, subtract
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
)

Facts = tuple[Expr, ...]


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
    return False if growth(series.body, i, INFINITY, "", facts) else None


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
    terms = (
        series.body.args if isinstance(series.body, Apply) and series.body.head == "add" else (series.body,)
    )
    found = [_summed(term, series.variable, series.lower, facts) for term in terms]
    values = [value for value in found if value is not None]
    if len(values) == len(terms):
        return add(*values)
    sign = growth(series.body, series.variable, INFINITY, "", facts)
    return mul(Number(sign), INFINITY) if sign else None


def _summed(term: Expr, i: Variable, first: Expr, facts: Facts) -> Expr | None:
    """``Σ_{i≥a} c r^i = c r^a/(1 - r)`` and ``Σ c i r^i = c r^a (a (1 - r) + r)/(1 - r)²`` for -1 < r < 1;
    ``Σ_{i≥0} c r^i/i! = c exp(r)``."""
    if i in free_variables(first):
        return None
    if term == ZERO:
        return ZERO
    fixed: Expr = ONE
    ratio: Expr = ONE
    others: list[Expr] = []
    for factor in term.args if isinstance(term, Apply) and term.head == "mul" else (term,):
        found = _as_power(factor, i)
        if i not in free_variables(factor):
            fixed = mul(fixed, factor)
        elif found is None:
            others.append(factor)
        else:
            ratio, fixed = mul(ratio, found[0]), mul(fixed, found[1])
    if others == [_over_factorial(i)] and first == ZERO:
        return mul(fixed, function("exp", ratio))
    known = knowledge(facts)
    below_one = compare("lt", ratio.args[0], ZERO) if _is_exponential(ratio) else compare("lt", ratio, ONE)
    if not (known.implies(below_one) and known.implies(compare("lt", MINUS_ONE, ratio))):
        return None
    rest = subtract(ONE, ratio)
    if not others:
        return mul(fixed, divide(power(ratio, first), rest))
    if others == [i]:
        return mul(fixed, power(ratio, first), add(mul(first, rest), ratio), power(rest, Number(-2)))
    return None


def _is_exponential(ratio: Expr) -> TypeGuard[Apply]:
    return isinstance(ratio, Apply) and ratio.head == "exp"


def _over_factorial(i: Variable) -> Expr:
    return power(function("gamma", add(i, ONE)), MINUS_ONE)


def _as_power(factor: Expr, i: Variable) -> tuple[Expr, Expr] | None:
    """r and c where the factor is ``c rⁱ``: of ``u^(m i + k)`` they are ``u^m`` and ``u^k``."""
    match factor:
        case Apply(head="pow", args=(Apply(head="pow" | "exp") as inner, Number() as exponent)):
            found = _as_power(inner, i)
            return None if found is None else (power(found[0], exponent), power(found[1], exponent))
        case Apply(head="pow", args=(base, exponent)) if i not in free_variables(base):
            m = line(exponent, i)
            return None if m is None else (power(base, m), power(base, intercept(exponent, i)))
        case Apply(head="exp", args=(exponent,)):
            m = line(exponent, i)
            return None if m is None else (function("exp", m), function("exp", intercept(exponent, i)))
    return None
