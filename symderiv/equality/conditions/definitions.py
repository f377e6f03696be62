"""What |u|, max, min, ⌊u⌋, √u and heaviside say about themselves, as alternatives of relations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from symderiv.equality.conditions.polynomial import (
    Polynomial,
    TooLarge,
    atom,
    constant,
    minus,
    plus,
    polynomial,
    power,
    product,
    scaled,
)
from symderiv.equality.conditions.relations import NO_INFORMATION, Alternatives, Relation
from symderiv.expression.tree import Apply, Expr, Number


def definition(base: Expr) -> Alternatives:
    """The relations between an atom and its arguments."""
    if not isinstance(base, Apply):
        return NO_INFORMATION
    try:
        rule = _RULES.get(base.head)
        return NO_INFORMATION if rule is None else rule(base, [polynomial(arg) for arg in base.args])
    except TooLarge:
        return NO_INFORMATION


def _ge(a: Polynomial, b: Polynomial) -> Relation:
    return Relation(minus(a, b), "ge")


def _gt(a: Polynomial, b: Polynomial) -> Relation:
    return Relation(minus(a, b), "gt")


def _eq(a: Polynomial, b: Polynomial) -> Relation:
    return Relation(minus(a, b), "eq")


_ZERO = constant(0)


def _absolute(base: Apply, args: list[Polynomial]) -> Alternatives:
    (u,) = args
    return [[_ge(u, _ZERO), _eq(atom(base), u)], [_gt(_ZERO, u), _eq(atom(base), scaled(u, -1))]]


def _maximum(base: Apply, args: list[Polynomial]) -> Alternatives:
    return [[_eq(atom(base), u), *(_ge(u, v) for v in args if v is not u)] for u in args]


def _minimum(base: Apply, args: list[Polynomial]) -> Alternatives:
    return [[_eq(atom(base), u), *(_ge(v, u) for v in args if v is not u)] for u in args]


def _floor(base: Apply, args: list[Polynomial]) -> Alternatives:
    (u,) = args
    return [[_ge(u, atom(base)), _gt(plus(atom(base), constant(1)), u)]]


def _stepped(
    low: Fraction, middle: Fraction, high: Fraction
) -> Callable[[Apply, list[Polynomial]], Alternatives]:
    def rule(base: Apply, args: list[Polynomial]) -> Alternatives:
        (u,) = args
        return [
            [_gt(_ZERO, u), _eq(atom(base), constant(low))],
            [_eq(u, _ZERO), _eq(atom(base), constant(middle))],
            [_gt(u, _ZERO), _eq(atom(base), constant(high))],
        ]

    return rule


def _delta(base: Apply, args: list[Polynomial]) -> Alternatives:
    i, j = args
    one, none = _eq(atom(base), constant(1)), _eq(atom(base), _ZERO)
    return [[_eq(i, j), one], [_gt(i, j), none], [_gt(j, i), none]]


def _power(base: Apply, args: list[Polynomial]) -> Alternatives:
    """√u is at least 0 and its square is u; 1/u times u is 1."""
    exponent = base.args[1]
    if not isinstance(exponent, Number):
        return NO_INFORMATION
    value = Fraction(exponent.value)
    if value == -1:
        return [[_eq(product(atom(base), args[0]), constant(1))]]
    if value.numerator == 1 and value.denominator <= 4:
        return [
            [_ge(atom(base), _ZERO), _ge(args[0], _ZERO), _eq(power(atom(base), value.denominator), args[0])]
        ]
    return NO_INFORMATION


_RULES: Mapping[str, Callable[[Apply, list[Polynomial]], Alternatives]] = {
    "abs": _absolute,
    "max": _maximum,
    "min": _minimum,
    "floor": _floor,
    "sign": _stepped(Fraction(-1), Fraction(0), Fraction(1)),
    "heaviside": _stepped(Fraction(0), Fraction(1, 2), Fraction(1)),
    "delta": _delta,
    "pow": _power,
}
