"""Functions of numbers, applied to every entry of an array: exp, log, √, |·|, sin, …"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeGuard

from symderiv.expression import build
from symderiv.expression.build import add, compare, conjunction, divide, function, mul, power
from symderiv.expression.tree import MINUS_ONE, ONE, TRUE, ZERO, Expr, Number
from symderiv.operations.declaring.broadcasting import elementwise
from symderiv.operations.declaring.existence import always, is_integer, nonnegative, nonzero, positive
from symderiv.operations.declaring.operation import Operation, array
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.tensor import Meaning, Tensor

Scalar = Callable[[Expr], Expr]


def mapped(t: Tensor, value: Scalar, condition: Scalar | None = None) -> Tensor:
    """``value`` at every entry, defined where the entry is and ``condition`` holds of it."""
    result = Tensor(t.shape, t.indices, value(t.value), t.defined)
    return result if condition is None else result.where(condition(t.value))


def of_scalar(
    name: str, value: Scalar, condition: Scalar | None = None, formula: str = "", kinks: str = ""
) -> Operation:
    def forward(x: Meaning) -> Tensor:
        return mapped(as_tensor(x, name), value, condition)

    return Operation(
        name, (array("x"),), forward, elementary=True, formula=formula or f"{name}(x)", kinks=kinks
    )


def _plain(name: str, condition: Scalar | None = None, kinks: str = "") -> Operation:
    return of_scalar(name, lambda x: function(name, x), condition, kinks=kinks)


def _log_to(base: int) -> Scalar:
    return lambda x: divide(function("log", x), function("log", Number(base)))


def _within_one(x: Expr) -> Expr:
    return conjunction(compare("le", MINUS_ONE, x), compare("le", x, ONE))


def _inside_one(x: Expr) -> Expr:
    return conjunction(compare("lt", MINUS_ONE, x), compare("lt", x, ONE))


def _outside_one(x: Expr) -> Expr:
    return compare("lt", ONE, function("abs", x))


def _beyond_one(x: Expr) -> Expr:
    return compare("le", ONE, function("abs", x))


def _up_to_one(x: Expr) -> Expr:
    return conjunction(compare("lt", ZERO, x), compare("le", x, ONE))


def _above_minus_one(x: Expr) -> Expr:
    return compare("lt", MINUS_ONE, x)


def _between_zero_and_one(x: Expr) -> Expr:
    return conjunction(positive(x), compare("lt", x, ONE))


def _log_odds(x: Expr) -> Expr:
    return function("log", divide(x, build.subtract(ONE, x)))


def _nonzero(x: Expr) -> Expr:
    return compare("ne", x, ZERO)


def _cos_nonzero(x: Expr) -> Expr:
    return nonzero(function("cos", x))


def _sin_nonzero(x: Expr) -> Expr:
    return nonzero(function("sin", x))


def _no_pole_of_gamma(x: Expr) -> Expr:
    """Γ has poles at 0, -1, -2, …: x > 0, or x is no integer."""
    if isinstance(x, Number):
        return build.boolean(x.value > 0 or not isinstance(x.value, int))
    return build.disjunction(positive(x), compare("ne", floor(x), x))


def reciprocal(x: Expr) -> Expr:
    return power(x, MINUS_ONE)


def sigmoid(x: Expr) -> Expr:
    """1 / (1 + e^-x)."""
    return reciprocal(add(ONE, function("exp", build.negative(x))))


def ceil(x: Expr) -> Expr:
    """⌈x⌉ = -⌊-x⌋."""
    return x if is_integer(x) else build.negative(floor(build.negative(x)))


def floor(x: Expr) -> Expr:
    return x if is_integer(x) else function("floor", x)


def factorial(x: Expr) -> Expr:
    """x! for a small number, else Γ(x + 1)."""
    if isinstance(x, Number) and isinstance(x.value, int) and 0 <= x.value <= 200:
        result = 1
        for k in range(2, x.value + 1):
            result *= k
        return Number(result)
    return function("gamma", add(x, ONE))


def _factorial_exists(x: Expr) -> Expr:
    return nonnegative(x)


def _equal_indices(i: Meaning, j: Meaning) -> Tensor:
    return elementwise(as_tensor(i), as_tensor(j), build.delta, always, "delta")


MAX_FALLING = 30


def _binomial(n: Meaning, k: Meaning) -> Tensor:
    """Of integers 0 outside 0 ≤ k ≤ n; for a number k the polynomial n (n-1) … (n-k+1) / k!."""
    return elementwise(as_tensor(n), as_tensor(k), _binomial_value, _binomial_exists, "binomial")


def _binomial_value(n: Expr, k: Expr) -> Expr:
    if _is_small(k):
        falling = (build.subtract(n, Number(step)) for step in range(int(k.value)))
        return divide(mul(*falling), factorial(k))
    value = divide(factorial(n), mul(factorial(k), factorial(build.subtract(n, k))))
    if is_integer(n) and is_integer(k):
        return build.cases(((_between(n, k), value),), ZERO)
    return value


def _binomial_exists(n: Expr, k: Expr) -> Expr:
    if _is_small(k):
        return TRUE
    return nonnegative(n) if is_integer(n) and is_integer(k) else _between(n, k)


def _between(n: Expr, k: Expr) -> Expr:
    return conjunction(nonnegative(k), compare("le", k, n))


def _is_small(k: Expr) -> TypeGuard[Number]:
    """A number for which the product is written out."""
    return isinstance(k, Number) and isinstance(k.value, int) and 0 <= k.value <= MAX_FALLING


def _indicator(condition: Meaning) -> Tensor:
    """1 where the condition holds, else 0."""
    t = as_tensor(condition)
    return Tensor(t.shape, t.indices, build.cases(((t.value, ONE),), ZERO), t.defined)


_ABS_KINK = (
    "|u| has no derivative at u = 0: from the left -1, from the right 1; the subdifferential is [-1, 1]"
)

_FRAC_JUMPS = "the fractional part jumps at whole numbers: no derivative there"

ELEMENTWISE = (
    _plain("exp"),
    _plain("log", positive),
    of_scalar("log2", _log_to(2), positive, "log x / log 2"),
    of_scalar("log10", _log_to(10), positive, "log x / log 10"),
    of_scalar("log1p", lambda x: function("log", add(ONE, x)), _above_minus_one, "log(1 + x)"),
    of_scalar("logit", _log_odds, _between_zero_and_one, "log(x / (1 - x))"),
    of_scalar("expm1", lambda x: add(function("exp", x), MINUS_ONE), formula="exp(x) - 1"),
    of_scalar("sqrt", build.sqrt, nonnegative, "x^(1/2)"),
    of_scalar("cbrt", lambda x: power(x, Number(Fraction(1, 3))), nonnegative, "x^(1/3)"),
    _plain("abs", kinks=_ABS_KINK),
    _plain("sign", kinks="sign jumps at 0: no derivative there"),
    _plain("sin"),
    _plain("cos"),
    _plain("tan", _cos_nonzero),
    of_scalar("cot", lambda x: divide(function("cos", x), function("sin", x)), _sin_nonzero, "cos x / sin x"),
    of_scalar("sec", lambda x: reciprocal(function("cos", x)), _cos_nonzero, "1 / cos x"),
    of_scalar("csc", lambda x: reciprocal(function("sin", x)), _sin_nonzero, "1 / sin x"),
    _plain("asin", _within_one),
    _plain("acos", _within_one),
    _plain("atan"),
    _plain("sinh"),
    _plain("cosh"),
    of_scalar("sech", lambda x: reciprocal(function("cosh", x)), formula="1 / cosh x"),
    of_scalar("csch", lambda x: reciprocal(function("sinh", x)), _nonzero, "1 / sinh x"),
    of_scalar("coth", lambda x: divide(function("cosh", x), function("sinh", x)), _nonzero, "cosh / sinh"),
    _plain("asinh"),
    _plain("acosh", lambda x: compare("le", ONE, x)),
    _plain("atanh", _inside_one),
    of_scalar("asec", lambda x: function("acos", reciprocal(x)), _beyond_one, "acos(1 / x)"),
    of_scalar("acsc", lambda x: function("asin", reciprocal(x)), _beyond_one, "asin(1 / x)"),
    of_scalar("asech", lambda x: function("acosh", reciprocal(x)), _up_to_one, "acosh(1 / x)"),
    of_scalar("acsch", lambda x: function("asinh", reciprocal(x)), _nonzero, "asinh(1 / x)"),
    of_scalar("acoth", lambda x: function("atanh", reciprocal(x)), _outside_one, "atanh(1 / x)"),
    _plain("erf"),
    of_scalar("erfc", lambda x: build.subtract(ONE, function("erf", x)), formula="1 - erf x"),
    _plain("gamma", _no_pole_of_gamma),
    of_scalar("floor", floor, kinks="floor jumps at whole numbers: no derivative there"),
    of_scalar("ceil", ceil, formula="-⌊-x⌋", kinks="ceil jumps at whole numbers: no derivative there"),
    of_scalar("frac", lambda x: build.subtract(x, floor(x)), formula="x - ⌊x⌋", kinks=_FRAC_JUMPS),
    of_scalar("factorial", factorial, _factorial_exists, "x!"),
    Operation(
        "delta", (array("i"), array("j")), _equal_indices, elementary=True, formula="1 if i = j else 0"
    ),
    Operation("binomial", (array("n"), array("k")), _binomial, elementary=True, formula="n! / (k! (n-k)!)"),
    Operation(
        "indicator", (array("condition"),), _indicator, elementary=True, formula="1 if condition else 0"
    ),
)
