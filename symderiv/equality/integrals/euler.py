"""Euler's integrals, of the second and of the first kind.

    ∫₀^∞ t^a e^(−bt) dt = Γ(a + 1)/b^(a+1)        ∫₀¹ t^a (1 − t)^c dt = Γ(a + 1) Γ(c + 1)/Γ(a + c + 2)

They exist for a > −1, c > −1 and b > 0. Whittaker, Watson, *A Course of Modern Analysis*, §12.2, §12.41.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symderiv.equality.conditions.condition import knowledge
from symderiv.expression.build import add, compare, divide, function, mul, negative, power
from symderiv.expression.coefficients import coefficients_in
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import INFINITY, MINUS_ONE, ONE, ZERO, Apply, Expr, Number, Variable


@dataclass(frozen=True, slots=True)
class Integrand:
    """``factor t^a (1 − t)^c e^(−b t)``; a, b and c are sums of what was met."""

    factor: Expr
    a: Expr
    b: Expr
    c: Expr


def eulers(body: Expr, t: Variable, lower: Expr, upper: Expr, facts: tuple[Expr, ...] = ()) -> Expr | None:
    """The value of one of Euler's integrals that surely exists, else nothing.

    >>> from symderiv.expression.kinds import SIZE
    >>> t, n = Variable("t"), Variable("n", SIZE)
    >>> print(eulers(mul(power(t, n), function("exp", negative(t))), t, ZERO, INFINITY))
    gamma(n + 1)
    """
    found = _parted(body, t) if lower == ZERO and upper in (ONE, INFINITY) else None
    if found is None:
        return None
    known = knowledge(facts)
    asked = [compare("lt", MINUS_ONE, found.a)]
    if upper == INFINITY:
        if found.c != ZERO:
            return None
        asked.append(compare("lt", ZERO, found.b))
        raised = add(found.a, ONE)
        value = mul(function("gamma", raised), power(found.b, negative(raised)))
    else:
        if found.b != ZERO:
            return None
        asked.append(compare("lt", MINUS_ONE, found.c))
        above = mul(function("gamma", add(found.a, ONE)), function("gamma", add(found.c, ONE)))
        value = divide(above, function("gamma", add(found.a, found.c, Number(2))))
    return mul(found.factor, value) if all(map(known.implies, asked)) else None


def _parted(body: Expr, t: Variable) -> Integrand | None:
    """The integrand taken apart; ``None`` where something else stands in it."""
    factor: list[Expr] = []
    a: list[Expr] = []
    b: list[Expr] = []
    c: list[Expr] = []
    for base, exponent in _powers(body):
        if t not in free_variables(mul(base, exponent)):
            factor.append(power(base, exponent))
        elif t in free_variables(exponent):
            return None
        elif base == t:
            a.append(exponent)
        elif coefficients_in(base, t) in ([ONE, MINUS_ONE], [ONE, negative(ONE)]):
            c.append(exponent)
        elif isinstance(base, Apply) and base.head == "exp":
            line = coefficients_in(mul(base.args[0], exponent), t)
            if line is None or len(line) != 2:
                return None
            factor.append(function("exp", line[0]))
            b.append(negative(line[1]))
        else:
            return None
    return Integrand(mul(*factor), add(*a), add(*b), add(*c))


def _powers(body: Expr) -> Iterator[tuple[Expr, Expr]]:
    """The factors as powers."""
    match body:
        case Apply(head="mul", args=factors):
            for factor in factors:
                yield from _powers(factor)
        case Apply(head="pow", args=(Apply(head="mul", args=factors), Number(value=int()) as exponent)):
            for factor in factors:
                yield from ((base, mul(exponent, inner)) for base, inner in _powers(factor))
        case Apply(head="pow", args=(base, exponent)):
            yield base, exponent
        case _:
            yield body, ONE
