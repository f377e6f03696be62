"""Terms of sums over i, cut into what is fixed, what is raised to the i-th power, and the rest; lines."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.expression.build import add, function, mul, power
from symderiv.expression.instantiation import instantiate
from symderiv.expression.parts import factors_of
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ONE, ZERO, Apply, Expr, Number, Variable


@dataclass(frozen=True, slots=True)
class Term:
    """``fixed · ratioⁱ`` times other factors in which i stands."""

    fixed: Expr
    ratio: Expr
    others: tuple[Expr, ...]


def parted(term: Expr, i: Variable) -> Term:
    """A product cut into what is fixed, what is raised to the i-th power, and other factors in i."""
    fixed: Expr = ONE
    ratio: Expr = ONE
    others: list[Expr] = []
    for factor in factors_of(term):
        found = _as_power(factor, i)
        if i not in free_variables(factor):
            fixed = mul(fixed, factor)
        elif found is None:
            others.append(factor)
        else:
            ratio, fixed = mul(ratio, found[0]), mul(fixed, found[1])
    return Term(fixed, ratio, tuple(others))


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


def line(u: Expr, t: Variable) -> Expr | None:
    """m where ``u = m t + c``, with m and c free of t."""
    if u == t:
        return ONE
    if t not in free_variables(u):
        return None
    if isinstance(u, Apply) and u.head == "add":
        slopes = [line(arg, t) for arg in u.args if t in free_variables(arg)]
        return add(*(m for m in slopes if m is not None)) if all(m is not None for m in slopes) else None
    if isinstance(u, Apply) and u.head == "mul":
        moving = [f for f in u.args if t in free_variables(f)]
        inner = line(moving[0], t) if len(moving) == 1 else None
        return None if inner is None else mul(*(f for f in u.args if f is not moving[0]), inner)
    return None


def intercept(u: Expr, t: Variable) -> Expr:
    """c where ``u = m t + c``."""
    return instantiate(u, {t: ZERO})
