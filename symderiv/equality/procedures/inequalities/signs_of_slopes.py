"""The sign of a slope, by its factors: ``-p/q + (1 - p)/(1 - q)`` has that of ``q - p`` for 0 < q < 1.

A difference of two positive products has the sign of the difference of their logarithms:
``l e^x - l e^(l x + (1 - l) y)`` has that of ``(1 - l)(x - y)``. A sum of logarithms has the sign of their
product less 1.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.equality.conditions.condition import Knowledge
from symderiv.equality.conditions.signs import NONNEGATIVE, NONPOSITIVE, POSITIVE
from symderiv.equality.normal_forms.generators import Decline
from symderiv.equality.normal_forms.plain import plain_forms
from symderiv.equality.normal_forms.reading import to_expr
from symderiv.expression.build import add, mul, negative, power, subtract
from symderiv.expression.parts import factors_of, terms_of
from symderiv.expression.tree import ONE, Apply, Expr, Number

MAX_POWER = 8  # of what stands under a logarithm


def factored(expr: Expr) -> tuple[int, list[tuple[Expr, int]]] | None:
    """The sign of the constant, and the irreducible factors with their exponents, negative below.

    None of what is no rational function of its unknowns; a factor 0 for zero.
    """
    forms = plain_forms(expr)
    if forms is None:
        return None
    nf, (element,) = forms
    if any(generator.kind == "tan" for generator in nf.field.generators):
        return None
    if element.num.is_zero():
        return 0, []
    try:
        constant, above = nf.field.factor(element.num)
    except Decline:
        return None
    parts = [*above, *((factor, -times) for factor, times in element.den.items())]
    return (1 if constant > 0 else -1), [(to_expr(nf.field, nf.field.poly(k)), n) for k, n in parts]


def is_nonnegative(expr: Expr, known: Knowledge) -> bool:
    """A proof that an expression is at least 0, factor by factor."""
    return known.signs(expr) <= NONNEGATIVE or _side(expr, lambda factor: _of_factor(factor, known)) > 0


def _side(expr: Expr, of_factor: Callable[[Expr], int]) -> int:
    """1 for what is at least 0, -1 for what is at most 0, by the sides of its factors; 0: not known."""
    found = factored(expr)
    if found is None:
        return 0
    sign, factors = found
    if sign == 0:
        return 1
    for factor, times in factors:
        sign *= of_factor(factor) if times % 2 else 1
    return sign


def _by_signs(factor: Expr, known: Knowledge) -> int:
    signs = known.signs(factor)
    return 1 if signs <= NONNEGATIVE else -1 if signs <= NONPOSITIVE else 0


def _of_factor(factor: Expr, known: Knowledge) -> int:
    side = _by_signs(factor, known)
    if side:
        return side
    told = (_logarithm_of_ratio(factor, known), _gap_under_logarithms(factor, known))
    sides = (_side(each, lambda part: _by_signs(part, known)) for each in told if each is not None)
    return next(filter(None, sides), 0)


def _gap_under_logarithms(total: Expr, known: Knowledge) -> Expr | None:
    """``u v - w²`` of ``log u + log v - 2 log w``, positive all three: both have the same sign."""
    above: list[Expr] = []
    below: list[Expr] = []
    for term in terms_of(total):
        factors = factors_of(term)
        times = [factor.value for factor in factors if isinstance(factor, Number)]
        match [factor for factor in factors if not isinstance(factor, Number)]:
            case [Apply(head="log", args=(u,))] if known.signs(u) == POSITIVE:
                n = times[0] if times else 1
            case _:
                return None
        if len(times) > 1 or not isinstance(n, int) or abs(n) > MAX_POWER:
            return None
        (above if n > 0 else below).append(power(u, Number(abs(n))))
    return subtract(mul(*above), mul(*below)) if above or below else None


def _logarithm_of_ratio(gap: Expr, known: Knowledge) -> Expr | None:
    """``log u - log v`` of a difference u - v of positive products whose other factors are the same."""
    terms = terms_of(gap)
    if len(terms) != 2:
        return None
    higher = [term for term in terms if known.signs(term) == POSITIVE]
    if len(higher) != 1:
        return None
    lower = negative(next(term for term in terms if term is not higher[0]))
    if known.signs(lower) != POSITIVE:
        return None
    (u, rest), (v, other) = _parted(higher[0]), _parted(lower)
    return add(*u, *map(negative, v)) if sorted(map(str, rest)) == sorted(map(str, other)) else None


def _parted(term: Expr) -> tuple[list[Expr], list[Expr]]:
    """The exponents of the exponentials of a product, and its other factors but 1."""
    found = [(factor, _exponent(factor)) for factor in factors_of(term) if factor != ONE]
    exponents = [exponent for _, exponent in found if exponent is not None]
    return exponents, [factor for factor, exponent in found if exponent is None]


def _exponent(factor: Expr) -> Expr | None:
    match factor:
        case Apply(head="exp", args=(u,)):
            return u
        case Apply(head="pow", args=(Apply(head="exp", args=(u,)), Number() as n)):
            return mul(n, u)
    return None
