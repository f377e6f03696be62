"""Derivatives in one variable, for quotients in limits and antiderivatives: a table and the chain rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symderiv.expression.build import add, divide, function, mul, negative, power, sqrt, subtract
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import HALF, MINUS_ONE, ONE, PI, ZERO, Apply, Expr, Number, Variable

TWO = Number(2)


class NotElementary(Exception):
    """No rule for this."""


def _square(u: Expr) -> Expr:
    return power(u, TWO)


SLOPES: Mapping[str, Callable[[Expr], Expr]] = {
    "exp": lambda u: function("exp", u),
    "log": lambda u: power(u, MINUS_ONE),
    "sin": lambda u: function("cos", u),
    "cos": lambda u: negative(function("sin", u)),
    "tan": lambda u: add(ONE, _square(function("tan", u))),
    "sinh": lambda u: function("cosh", u),
    "cosh": lambda u: function("sinh", u),
    "tanh": lambda u: subtract(ONE, _square(function("tanh", u))),
    "atan": lambda u: power(add(ONE, _square(u)), MINUS_ONE),
    "asinh": lambda u: power(add(ONE, _square(u)), Number(-HALF.value)),
    "asin": lambda u: power(subtract(ONE, _square(u)), Number(-HALF.value)),
    "acos": lambda u: negative(power(subtract(ONE, _square(u)), Number(-HALF.value))),
    "atanh": lambda u: power(subtract(ONE, _square(u)), MINUS_ONE),
    "erf": lambda u: divide(mul(TWO, function("exp", negative(_square(u)))), sqrt(PI)),
}


def slope(expr: Expr, t: Variable) -> Expr:
    """``d expr / dt`` of an expression without switches; raises `NotElementary`.

    >>> t = Variable("t")
    >>> slope(Apply("sin", (t,)), t) == Apply("cos", (t,))
    True
    """
    if expr == t:
        return ONE
    if t not in free_variables(expr):
        return ZERO
    if not isinstance(expr, Apply):
        raise NotElementary
    args = expr.args
    if expr.head == "add":
        return add(*(slope(arg, t) for arg in args))
    if expr.head == "mul":
        return add(*(mul(*args[:k], slope(args[k], t), *args[k + 1 :]) for k in range(len(args))))
    if expr.head == "pow":
        return _of_power(args[0], args[1], t)
    if expr.head not in SLOPES:
        raise NotElementary
    return mul(SLOPES[expr.head](args[0]), slope(args[0], t))


def _of_power(base: Expr, exponent: Expr, t: Variable) -> Expr:
    if t not in free_variables(exponent):
        return mul(exponent, power(base, subtract(exponent, ONE)), slope(base, t))
    logarithm = mul(exponent, function("log", base))
    return mul(power(base, exponent), slope(logarithm, t))
