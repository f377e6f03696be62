"""The elementary functions on exact values and balls, each with its domain.

A rule is ``(special, domain, function)``: the exact values known beforehand, the test that passes,
raises `NoValue`, or raises `NotDecided`, and the enclosure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flint import arb, fmpq, fmpz

from symderiv.equality.evaluate.values import ONE, ZERO, NotDecided, NoValue, Value, certainly, less, sign_of

HALF = fmpq(1, 2)
Domain = Callable[[Value], None]


def _anywhere(x: Value) -> None:
    """Every real."""


def _positive(x: Value) -> None:
    certainly(x > 0, x <= 0)


def _unit(x: Value) -> None:
    certainly(x >= -1 and x <= 1, x < -1 or x > 1)


def _inside_unit(x: Value) -> None:
    certainly(x > -1 and x < 1, x <= -1 or x >= 1)


def _from_one(x: Value) -> None:
    certainly(x >= 1, x < 1)


def _no_pole_of_gamma(x: Value) -> None:
    if isinstance(x, fmpq):
        certainly(x > 0 or x.q != 1, x <= 0 and x.q == 1)
    elif not x > 0 and x.contains_integer():
        raise NotDecided("a ball around a pole of gamma")


Rule = tuple[Mapping[int, fmpq], Domain, Callable[[arb], arb]]

RULES: Mapping[str, Rule] = {
    "exp": ({0: ONE}, _anywhere, arb.exp),
    "log": ({1: ZERO}, _positive, arb.log),
    "sin": ({0: ZERO}, _anywhere, arb.sin),
    "cos": ({0: ONE}, _anywhere, arb.cos),
    "tan": ({0: ZERO}, _anywhere, arb.tan),
    "asin": ({0: ZERO}, _unit, arb.asin),
    "acos": ({1: ZERO}, _unit, arb.acos),
    "atan": ({0: ZERO}, _anywhere, arb.atan),
    "sinh": ({0: ZERO}, _anywhere, arb.sinh),
    "cosh": ({0: ONE}, _anywhere, arb.cosh),
    "tanh": ({0: ZERO}, _anywhere, arb.tanh),
    "asinh": ({0: ZERO}, _anywhere, arb.asinh),
    "acosh": ({1: ZERO}, _from_one, arb.acosh),
    "atanh": ({0: ZERO}, _inside_unit, arb.atanh),
    "erf": ({0: ZERO}, _anywhere, arb.erf),
    "gamma": ({1: ONE, 2: ONE}, _no_pole_of_gamma, arb.gamma),
}


def apply(head: str, x: Value) -> Value:
    """``head(x)`` of an elementary function of one argument."""
    special, domain, enclose = RULES[head]
    if isinstance(x, fmpq):
        if x.q == 1 and (known := special.get(int(x.p))) is not None:
            return known
        domain(x)
        if head == "gamma" and x.q == 1 and x < 500:
            return fmpq(fmpz.fac_ui(int(x.p) - 1))
        x = arb(x)
    else:
        domain(x)
    result = enclose(x)
    if result.is_nan():
        raise NotDecided(f"{head} of a wide ball")
    return result


def absolute(x: Value) -> Value:
    return abs(x)


def sign(x: Value) -> Value:
    return fmpq(sign_of(x))


def heaviside(x: Value) -> Value:
    """1 above zero, 0 below, and ½ at zero."""
    return (ZERO, HALF, ONE)[sign_of(x) + 1]


def floor(x: Value) -> Value:
    if isinstance(x, fmpq):
        return fmpq(x.floor())
    whole = x.floor().unique_fmpz() if x.is_finite() else None
    if whole is None:
        raise NotDecided("the floor of a ball across an integer")
    return fmpq(whole)


def larger(a: Value, b: Value) -> Value:
    """The maximum: the winner itself where that is certain."""
    try:
        return b if less(a, b) else a
    except NotDecided:
        return arb(a).max(arb(b))


def smaller(a: Value, b: Value) -> Value:
    """The minimum: the winner itself where that is certain."""
    try:
        return a if less(a, b) else b
    except NotDecided:
        return arb(a).min(arb(b))


STEPS: Mapping[str, Callable[[Value], Value]] = {
    "abs": absolute,
    "sign": sign,
    "heaviside": heaviside,
    "floor": floor,
}


def extreme(head: str, values: list[Value]) -> Value:
    """``max`` or ``min`` of any number of values; of none it is undefined."""
    if not values:
        raise NoValue
    join = larger if head == "max" else smaller
    best = values[0]
    for value in values[1:]:
        best = join(best, value)
    return best


def constant(name: str) -> Value:
    """π and e as balls, ∞ for the ends of ranges."""
    match name:
        case "pi":
            return arb.pi()
        case "e":
            return arb.const_e()
        case "oo":
            return arb.pos_inf()
        case "undefined":
            raise NoValue
    raise NotDecided(f"{name} is no number", sharper=False)
