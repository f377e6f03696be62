"""The derivatives of functions of one number, as a table: ``f(x)`` on the left, ``f'(x)`` on the right.

Off its kinks and jumps a derivative is what the table says; `symderiv.calculus.kinks` says where these are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symderiv.expression.build import add, divide, function, mul, negative, power, sqrt, subtract
from symderiv.expression.tree import HALF, MINUS_ONE, ONE, PI, ZERO, Expr, Number

TWO = Number(2)


def _squared(x: Expr) -> Expr:
    return power(x, TWO)


def _reciprocal(x: Expr) -> Expr:
    return power(x, MINUS_ONE)


def _apply(head: str) -> Callable[[Expr], Expr]:
    return lambda x: function(head, x)


SLOPES: Mapping[str, Callable[[Expr], Expr]] = {
    "exp": _apply("exp"),
    "log": _reciprocal,
    "sin": _apply("cos"),
    "cos": lambda x: negative(function("sin", x)),
    "tan": lambda x: add(ONE, _squared(function("tan", x))),
    "asin": lambda x: power(subtract(ONE, _squared(x)), negative(HALF)),
    "acos": lambda x: negative(power(subtract(ONE, _squared(x)), negative(HALF))),
    "atan": lambda x: _reciprocal(add(ONE, _squared(x))),
    "sinh": _apply("cosh"),
    "cosh": _apply("sinh"),
    "tanh": lambda x: subtract(ONE, _squared(function("tanh", x))),
    "asinh": lambda x: power(add(_squared(x), ONE), negative(HALF)),
    "acosh": lambda x: power(subtract(_squared(x), ONE), negative(HALF)),
    "atanh": lambda x: _reciprocal(subtract(ONE, _squared(x))),
    "erf": lambda x: mul(divide(TWO, sqrt(PI)), function("exp", negative(_squared(x)))),
    "abs": _apply("sign"),
    "sign": lambda x: ZERO,
    "heaviside": lambda x: ZERO,
    "floor": lambda x: ZERO,
}

# Where the slope is infinite though the function has a value: what is 0 there.
EDGES: Mapping[str, Callable[[Expr], Expr]] = {
    "asin": lambda x: subtract(ONE, _squared(x)),
    "acos": lambda x: subtract(ONE, _squared(x)),
    "acosh": lambda x: subtract(x, ONE),
}
