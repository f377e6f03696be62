"""Antiderivatives by substitution: a shifted variable, ``∫ c gᵏ g' = c gᵏ⁺¹/(k + 1)``, and ``c log g``.

Proposals, checked by differentiation like all others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symderiv.equality.conditions.polynomial import TooLarge
from symderiv.equality.limits.coefficients import coefficient, expression
from symderiv.equality.limits.derivative import NotElementary, slope
from symderiv.errors import SymderivError
from symderiv.expression.build import add, divide, function, mul, power
from symderiv.expression.coefficients import coefficients_in
from symderiv.expression.instantiation import instantiate
from symderiv.expression.parts import factors_of
from symderiv.expression.substitution import free_variables, fresh, substitute
from symderiv.expression.tree import (
    EULER,
    MINUS_ONE,
    ONE,
    ZERO,
    Apply,
    Expr,
    Number,
    Variable,
    transform,
    walk,
)

Candidates = Callable[[Expr, Variable], Iterator[Expr]]
SAMPLES = (ZERO, ONE, Number(2))


def shifted(expr: Expr, t: Variable, candidates: Candidates) -> Iterator[Expr]:
    """``F(t - m)`` where the integrand depends on t by ``t - m`` alone, and F is found for m = 0."""
    for node in walk(expr):
        if not isinstance(node, Apply) or node.head != "add" or t not in node.args:
            continue
        rest = substitute(expr, {node: t})
        if t not in free_variables(add(*(arg for arg in node.args if arg != t))) and _gone(expr, node, t):
            for found in candidates(rest, t):
                yield instantiate(found, {t: node})
            return


def recentred(expr: Expr, t: Variable, candidates: Candidates) -> Iterator[Expr]:
    """``t² exp(-(t - m)²)``, which is ``(u + m)² exp(-u²)`` at ``u = t - m``, multiplied out."""
    inner = next((node for node in walk(expr) if isinstance(node, Apply) and _is_shift(node, t)), None)
    if inner is None:
        return
    shift = add(*(arg for arg in inner.args if arg != t))
    u = Variable(fresh("u", {v.name for v in free_variables(expr)}), t.kind)
    moved = instantiate(substitute(expr, {inner: u}), {t: add(u, mul(MINUS_ONE, shift))})
    factors = factors_of(moved)
    bells = [factor for factor in factors if isinstance(factor, Apply) and factor.head == "exp"]
    weights = coefficients_in(mul(*(factor for factor in factors if factor not in bells)), u)
    if len(bells) != 1 or weights is None:
        return
    spread = add(*(mul(c, power(u, Number(k)), bells[0]) for k, c in enumerate(weights) if c != ZERO))
    yield from (instantiate(found, {u: inner}) for found in candidates(spread, u))


def _is_shift(node: Apply, t: Variable) -> bool:
    """``t - m``"""
    return node.head == "add" and t in node.args and sum(t in free_variables(arg) for arg in node.args) == 1


def _gone(expr: Expr, node: Expr, t: Variable) -> bool:
    """Is t nowhere else than in the node?"""
    return t not in free_variables(substitute(expr, {node: ONE}))


def of_inner_function(factors: list[Expr], t: Variable) -> Iterator[Expr]:
    """A power one higher, or the logarithm, of a factor g or of the base g of a factor, times a number."""
    whole = mul(*factors)
    for factor in factors:
        g, k = _base(factor)
        if t not in free_variables(g) or g == t:
            continue
        raised = function("log", g) if k == MINUS_ONE else power(g, add(k, ONE))
        scale = _ratio(whole, raised, t)
        if scale is not None:
            yield mul(scale, raised)


def _base(factor: Expr) -> tuple[Expr, Expr]:
    match factor:
        case Apply(head="pow", args=(base, Number() as exponent)):
            return base, exponent
    return factor, ONE


def _ratio(whole: Expr, raised: Expr, t: Variable) -> Expr | None:
    """The number that the integrand is times the derivative, seen at one point."""
    try:
        quotient = divide(whole, slope(raised, t))
    except NotElementary:
        return None
    for sample in SAMPLES:
        try:
            found = expression(coefficient(instantiate(quotient, {t: sample})))
        except (SymderivError, TooLarge, ZeroDivisionError):
            continue
        if isinstance(found, Number) and found != ZERO:
            return found
    return None


def with_single_powers(expr: Expr) -> Expr:
    """``(g²)⁻¹`` as g⁻², ``(u v)⁻¹`` as u⁻¹ v⁻¹: a proposal is read off factors.

    >>> t = Variable("t")
    >>> with_single_powers(power(power(t, Number(2)), MINUS_ONE)) == power(t, Number(-2))
    True
    """
    return transform(expr, _single)


def _single(node: Expr) -> Expr:
    match node:
        case Apply(head="pow", args=(Apply(head="pow") as inner, Number(value=int() as n))):
            base, k = inner.args
            whole = isinstance(k, Number) and isinstance(k.value, int)
            return power(base, mul(k, Number(n))) if whole else node
        case Apply(head="pow", args=(Apply(head="mul", args=factors), Number(value=int()) as n)):
            return mul(*(_single(power(factor, n)) for factor in factors))
    return node


def with_exponentials(expr: Expr) -> Expr:
    """``e^u`` as exp(u)."""
    return transform(expr, _exponential) if any(node == EULER for node in walk(expr)) else expr


def _exponential(node: Expr) -> Expr:
    match node:
        case Apply(head="pow", args=(base, exponent)) if base == EULER:
            return function("exp", exponent)
    return node
