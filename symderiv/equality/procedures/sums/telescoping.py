"""Polynomials before a geometric term: the q with ``r q(i ± 1) − q(i) = p(i)``, from the top degree down."""

from __future__ import annotations

from math import comb

from symderiv.expression.build import add, divide, mul, number, power, subtract
from symderiv.expression.parts import factors_of
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ONE, ZERO, Apply, Expr, Number, Variable

MAX_DEGREE = 4

Coefficients = list[Expr]


def separated(body: Expr, i: Variable) -> tuple[Coefficients | None, Expr]:
    """The coefficients of the polynomial in i among the factors, and the other factors.

    >>> from symderiv.expression.tree import index_variable
    >>> i, r = index_variable("i"), Variable("r")
    >>> polynomial, rest = separated(mul(i, power(r, i)), i)
    >>> polynomial == [ZERO, ONE], rest == power(r, i)
    (True, True)
    """
    factors = factors_of(body)
    polynomial: Coefficients | None = [ONE]
    rest: list[Expr] = []
    for factor in factors:
        found = _coefficients(factor, i) if i in free_variables(factor) else None
        if found is None:
            rest.append(factor)
        elif polynomial is not None:
            polynomial = _times(polynomial, found)
    return polynomial, mul(*rest)


def telescoped(p: Coefficients, ratio: Expr, step: int) -> Coefficients:
    """The q with ``ratio · q(i + step) − q(i) = p(i)``; the ratio isn't 1."""
    q: Coefficients = [ZERO] * len(p)
    for k in reversed(range(len(p))):
        above = (mul(number(comb(m, k) * step ** (m - k)), q[m]) for m in range(k + 1, len(p)))
        q[k] = divide(subtract(p[k], mul(ratio, add(*above))), subtract(ratio, ONE))
    return q


def value_at(polynomial: Coefficients, point: Expr) -> Expr:
    powers = (ONE if k == 0 else power(point, number(k)) for k in range(len(polynomial)))
    return add(*(mul(c, at) for c, at in zip(polynomial, powers, strict=True)))


def _coefficients(expr: Expr, i: Variable) -> Coefficients | None:
    if i not in free_variables(expr):
        return [expr]
    if expr == i:
        return [ZERO, ONE]
    match expr:
        case Apply(head="add", args=terms):
            total: Coefficients = []
            for term in terms:
                found = _coefficients(term, i)
                if found is None:
                    return None
                total = _plus(total, found)
            return total
        case Apply(head="mul", args=factors):
            product: Coefficients | None = [ONE]
            for factor in factors:
                found = _coefficients(factor, i)
                product = None if found is None or product is None else _times(product, found)
            return product
        case Apply(head="pow", args=(base, Number(value=int() as exponent))) if 0 < exponent <= MAX_DEGREE:
            return _coefficients(mul(*(base,) * exponent), i) if base == i else None
    return None


def _plus(a: Coefficients, b: Coefficients) -> Coefficients:
    length = max(len(a), len(b))
    padded = [[*side, *[ZERO] * (length - len(side))] for side in (a, b)]
    return [add(x, y) for x, y in zip(*padded, strict=True)]


def _times(a: Coefficients, b: Coefficients) -> Coefficients | None:
    if len(a) + len(b) - 2 > MAX_DEGREE:
        return None
    result: Coefficients = [ZERO] * (len(a) + len(b) - 1)
    for j, x in enumerate(a):
        for k, y in enumerate(b):
            result[j + k] = add(result[j + k], mul(x, y))
    return result
