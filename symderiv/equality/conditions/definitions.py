"""What |u|, max, min, ⌊u⌋, √u and heaviside say about themselves, as alternatives of relations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeGuard

from symderiv.equality.conditions.polynomial import (
    Polynomial,
    TooLarge,
    atom,
    atoms_of,
    constant,
    minus,
    plus,
    polynomial,
    power,
    product,
    scaled,
)
from symderiv.equality.conditions.relations import NO_INFORMATION, Alternatives, Relation
from symderiv.equality.conditions.signs import POSITIVE, SignOf
from symderiv.expression.tree import MINUS_ONE, Apply, Expr, Number


def definition(base: Expr, sign_of: SignOf) -> Alternatives:
    """The relations between an atom and its arguments, where those have signs."""
    if not isinstance(base, Apply):
        return NO_INFORMATION
    try:
        rule = _RULES.get(base.head)
        args = [polynomial(arg) for arg in base.args]
        if base.head == "floor":
            return [_floor(base, args[0], sign_of)]
        return NO_INFORMATION if rule is None else rule(base, args)
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


def _floor(base: Apply, u: Polynomial, sign_of: SignOf) -> list[Relation]:
    """``⌊u⌋ ≤ u < ⌊u⌋ + 1``, and ``s ⌊v/s⌋ ≤ v < s ⌊v/s⌋ + s`` for an s > 0 that is no number."""
    step, v = constant(1), u
    for below in atoms_of((u,)):
        if _is_reciprocal(below) and sign_of(below.args[0]) == POSITIVE:
            s = polynomial(below.args[0])
            multiplied = _times(v, below, s)
            if multiplied is not None:
                step, v = product(step, s), multiplied
    steps = product(step, atom(base))
    return [_ge(v, steps), _gt(plus(steps, step), v)]


def _is_reciprocal(base: Expr) -> TypeGuard[Apply]:
    return isinstance(base, Apply) and base.head == "pow" and base.args[1] == MINUS_ONE


def _times(u: Polynomial, below: Apply, s: Polynomial) -> Polynomial | None:
    """``s u``, in which s 1/s is 1; or None where 1/s stands in a power."""
    terms: list[Polynomial] = []
    for monomial, c in u.items():
        exponents = dict(monomial)
        times = exponents.pop(below, 0)
        if times > 1:
            return None
        rest = {frozenset(exponents.items()): c}
        terms.append(rest if times else product(rest, s))
    return plus(*terms)


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
    "sign": _stepped(Fraction(-1), Fraction(0), Fraction(1)),
    "heaviside": _stepped(Fraction(0), Fraction(1, 2), Fraction(1)),
    "delta": _delta,
    "pow": _power,
}
