"""Limits in other words: powers with letters in exponents as exponentials, products by their logarithms.

``t^(-a)`` as t → ∞ is ``e^(-a u)`` as u → ∞, for t = e^u; ``t^a e^(-t)`` tends to e^c where ``a log t - t``
tends to c.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.conditions.signs import NEGATIVE, POSITIVE
from symderiv.expression.build import add, cases, function, mul, negative
from symderiv.expression.instantiation import refold
from symderiv.expression.parts import factors_of
from symderiv.expression.substitution import free_variables, fresh, substitute
from symderiv.expression.tree import (
    INFINITY,
    ONE,
    ZERO,
    Apply,
    Binder,
    Cases,
    Constant,
    Expr,
    Variable,
    walk,
)

Restated = tuple[tuple[Expr, Variable, Expr, str], Callable[[Expr], Expr | None]]
"""Expression, variable, where that goes, from which side; what the limit says of that of the first one."""


def restated(
    expr: Expr, variable: Variable, point: Expr, side: str, facts: tuple[Expr, ...] = ()
) -> Iterator[Restated]:
    """The same limit in other words, if a power with letters in its exponent stands in it."""
    if not any(_is_letter_power(node, variable) for node in walk(expr)):
        return
    if point == INFINITY or (point == ZERO and side == "+"):
        u = Variable(fresh("u", {v.name for v in free_variables(expr)}))
        exponent = u if point == INFINITY else negative(u)
        yield (_in_exponentials(expr, variable, exponent), u, INFINITY, ""), _same
        fixed, moving = _parted(expr, variable)
        logarithm = _logarithm(moving, variable)
        if logarithm is not None:
            yield (logarithm, variable, point, side), lambda value: _times(fixed, _exponential(value), facts)


def _is_letter_power(node: Expr, variable: Variable) -> bool:
    match node:
        case Apply(head="pow", args=(base, exponent)):
            return variable in free_variables(base) and bool(free_variables(exponent) - {variable})
    return False


def _in_exponentials(expr: Expr, variable: Variable, exponent: Expr) -> Expr:
    """The expression with ``e^exponent`` for its variable, powers and logarithms of it said by the exponent.

    >>> from symderiv.expression.build import power
    >>> a, t, u = (Variable(name) for name in "atu")
    >>> str(_in_exponentials(mul(power(t, a), function("log", t)), t, u))
    'exp(a*u)*u'
    """
    if expr == variable:
        return function("exp", exponent)
    if variable not in free_variables(expr) or not expr.children:
        return expr
    if isinstance(expr, Binder):
        return substitute(expr, {variable: function("exp", exponent)})
    told = refold(expr, tuple(_in_exponentials(child, variable, exponent) for child in expr.children))
    match told:
        case Apply(head="pow", args=(Apply(head="exp", args=(w,)), power)):
            return function("exp", mul(power, w))
        case Apply(head="log", args=(Apply(head="exp", args=(w,)),)):
            return w
    return told


def _parted(expr: Expr, variable: Variable) -> tuple[Expr, tuple[Expr, ...]]:
    """The product of the factors that don't move, of whatever sign, and those that do."""
    factors = factors_of(expr)
    moving = tuple(factor for factor in factors if variable in free_variables(factor))
    return mul(*(factor for factor in factors if factor not in moving)), moving


def _logarithm(factors: tuple[Expr, ...], variable: Variable) -> Expr | None:
    """The logarithm of a product, factor by factor; None where ``xⁿ`` may be a power of a negative number."""
    terms: list[Expr] = []
    for factor in factors:
        match factor:
            case Apply(head="exp", args=(u,)):
                terms.append(u)
            case Apply(head="pow", args=(base, exponent)):
                if variable.kind.domain.integer and variable not in free_variables(base):
                    return None
                terms.append(mul(exponent, function("log", base)))
            case _:
                terms.append(function("log", factor))
    return add(*terms)


def _times(fixed: Expr, value: Expr | None, facts: tuple[Expr, ...]) -> Expr | None:
    """A multiple of a limit: of an infinite one where the sign of the factor is known."""
    if value is None or fixed == ONE:
        return value
    if INFINITY not in walk(value):
        return mul(fixed, value)
    signs = knowledge(facts).signs(fixed) if value == INFINITY else frozenset[int]()
    return value if signs == POSITIVE else negative(value) if signs == NEGATIVE else None


def _same(value: Expr) -> Expr:
    return value


def _exponential(value: Expr) -> Expr | None:
    """e^value, that of ∓∞ being 0 and ∞; nothing where there is no value."""
    if isinstance(value, Cases):
        branches = [(condition, _exponential(each)) for condition, each in value.branches]
        last = None if value.otherwise is None else _exponential(value.otherwise)
        told = tuple((condition, each) for condition, each in branches if each is not None)
        return cases(told, last) if len(told) == len(branches) and last is not None else None
    if value in (INFINITY, negative(INFINITY)):
        return INFINITY if value == INFINITY else ZERO
    return None if isinstance(value, Constant) and value.name == "undefined" else function("exp", value)
