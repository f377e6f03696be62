"""Polynomials times exp of a quadratic, by completing the square.

``p(t) exp(a t² + b t + c)`` is ``p(u - b/2a) exp(a u²)`` times ``exp(c - b²/4a)`` at ``u = t + b/2a``.
Proposals, checked by differentiation like all others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from symderiv.equality.integrals.substitution import with_single_powers
from symderiv.expression.build import add, divide, function, mul, power, subtract
from symderiv.expression.coefficients import coefficients_in
from symderiv.expression.instantiation import instantiate
from symderiv.expression.parts import factors_of
from symderiv.expression.substitution import free_variables, fresh
from symderiv.expression.tree import ONE, ZERO, Apply, Expr, Number, Variable, transform

Candidates = Callable[[Expr, Variable], Iterator[Expr]]
TWO, FOUR = Number(2), Number(4)


def centred(factors: Sequence[Expr], t: Variable, candidates: Candidates) -> Iterator[Expr]:
    """The square completed, where exponentials of quadratics stand beside a polynomial."""
    exponents = [_exponent(factor) for factor in factors]
    quadratic = coefficients_in(add(*(u for u in exponents if u is not None)), t)
    if quadratic is None or len(quadratic) != 3 or ZERO in quadratic[2:]:
        return
    c, b, a = quadratic
    if b == c == ZERO and sum(u is not None for u in exponents) == 1:
        return  # it stands around its middle
    weight = mul(*(f for f, u in zip(factors, exponents, strict=True) if u is None))
    middle = divide(b, mul(TWO, a))
    u = Variable(fresh("u", {v.name for v in free_variables(mul(*factors))}), t.kind)
    weights = coefficients_in(instantiate(weight, {t: subtract(u, middle)}), u)
    if weights is None:
        return
    bell = function("exp", mul(a, power(u, TWO)))
    scale = function("exp", subtract(c, divide(mul(b, b), mul(FOUR, a))))
    spread = add(*(mul(w, power(u, Number(k)), bell) if k else mul(w, bell) for k, w in enumerate(weights)))
    for found in candidates(spread, u):
        yield mul(scale, instantiate(found, {u: add(t, middle)}))


def _exponent(factor: Expr) -> Expr | None:
    """u of ``exp(u)``, n u of ``exp(u)ⁿ``."""
    match factor:
        case Apply(head="exp", args=(u,)):
            return u
        case Apply(head="pow", args=(Apply(head="exp", args=(u,)), Number() as n)):
            return mul(n, u)
    return None


def without_logarithms_of_exponentials(expr: Expr) -> Expr:
    """``log(c exp(u))`` as ``u + log c``: both exist where c is positive."""
    return transform(expr, _split)


def _split(node: Expr) -> Expr:
    if not (isinstance(node, Apply) and node.head == "log"):
        return node
    inner = with_single_powers(node.args[0])
    whole = mul(*inner.args) if isinstance(inner, Apply) and inner.head == "mul" else inner
    factors = factors_of(whole)
    exponents = [u for u in map(_exponent, factors) if u is not None]
    if not exponents:
        return node
    rest = mul(*(factor for factor in factors if _exponent(factor) is None))
    return add(*exponents, *(() if rest == ONE else (function("log", rest),)))
