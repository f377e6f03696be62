"""Candidates for antiderivatives: a table for functions of ``m t + c``, parts for ``tⁿ exp``; proposals only.

Whatever is proposed here is checked by differentiation before it is believed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import islice, product

from symderiv.equality.integrals.circles import of_root
from symderiv.equality.integrals.gaussians import centred
from symderiv.equality.integrals.polynomials import of_polynomial
from symderiv.equality.integrals.substitution import of_inner_function, recentred, shifted
from symderiv.expression.build import add, divide, function, mul, negative, power, sqrt, subtract
from symderiv.expression.instantiation import instantiate
from symderiv.expression.parts import all_but
from symderiv.expression.progressions import line
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import MINUS_ONE, ONE, PI, ZERO, Apply, Expr, Number, Variable

TWO = Number(2)
MAX_OF_A_TERM = 3


def _log(u: Expr) -> Expr:
    return function("log", u)


OF_LINEAR: Mapping[str, Callable[[Expr], Expr]] = {
    "exp": lambda u: function("exp", u),
    "sin": lambda u: negative(function("cos", u)),
    "cos": lambda u: function("sin", u),
    "sinh": lambda u: function("cosh", u),
    "cosh": lambda u: function("sinh", u),
    "tanh": lambda u: _log(function("cosh", u)),
    "log": lambda u: subtract(mul(u, _log(u)), u),
    "atan": lambda u: subtract(
        mul(u, function("atan", u)), mul(Number(Fraction(1, 2)), _log(add(ONE, power(u, TWO))))
    ),
    "erf": lambda u: add(
        mul(u, function("erf", u)), divide(function("exp", negative(power(u, TWO))), sqrt(PI))
    ),
}


def candidates(expr: Expr, t: Variable) -> Iterator[Expr]:
    """Expressions whose derivative may be ``expr``; linearity first."""
    if t not in free_variables(expr):
        yield mul(expr, t)
        return
    yield from shifted(expr, t, candidates)
    if isinstance(expr, Apply) and expr.head in ("add", "mul", "pow"):
        yield from of_polynomial(expr, t)
    if isinstance(expr, Apply) and expr.head == "add":
        yield from _sum(expr, t)
    elif isinstance(expr, Apply) and expr.head == "mul":
        yield from _product(expr, t)
    elif expr == t:
        yield mul(Number(Fraction(1, 2)), power(t, TWO))
    elif isinstance(expr, Apply):
        yield from _single(expr, t)


def _sum(expr: Apply, t: Variable) -> Iterator[Expr]:
    """The sums of candidates for the terms, the first ones of each first."""
    parts = [tuple(islice(candidates(arg, t), MAX_OF_A_TERM)) for arg in expr.args]
    yield from (add(*chosen) for chosen in product(*parts))


def _product(expr: Apply, t: Variable) -> Iterator[Expr]:
    fixed = [arg for arg in expr.args if t not in free_variables(arg)]
    moving = [arg for arg in expr.args if t in free_variables(arg)]
    if fixed:
        for found in candidates(mul(*moving), t):
            yield mul(*fixed, found)
        return
    yield from recentred(expr, t, candidates)
    yield from centred(moving, t, candidates)
    yield from _logistic(moving, t)
    yield from of_inner_function(moving, t)
    spread = _distributed(moving)
    if spread is not None:
        yield from candidates(spread, t)
    else:
        yield from _by_parts(moving, t)


def _distributed(factors: list[Expr]) -> Expr | None:
    """A sum times something, multiplied out."""
    for k, factor in enumerate(factors):
        rest = (*factors[:k], *factors[k + 1 :])
        if isinstance(factor, Apply) and factor.head == "add":
            return add(*(mul(term, *rest) for term in factor.args))
        match factor:
            case Apply(head="pow", args=(Apply(head="add") as base, exponent)) if exponent == TWO:
                return mul(base, base, *rest)
    return None


def _single(expr: Apply, t: Variable) -> Iterator[Expr]:
    if expr.head == "pow":
        yield from _power(expr.args[0], expr.args[1], t)
    elif expr.head == "exp" and (gauss := _gauss(expr.args[0], t)) is not None:
        yield gauss
    elif expr.head == "exp" and line(expr.args[0], t) is None:
        yield from centred((expr,), t, candidates)
    elif expr.head in OF_LINEAR and (m := line(expr.args[0], t)) is not None:
        yield divide(OF_LINEAR[expr.head](expr.args[0]), m)


def _power(base: Expr, exponent: Expr, t: Variable) -> Iterator[Expr]:
    if isinstance(base, Apply) and base.head == "pow" and t not in free_variables(base.args[1]):
        yield from candidates(power(base.args[0], mul(base.args[1], exponent)), t)
        return
    m = line(base, t)
    if m is not None and t not in free_variables(exponent):
        if exponent != MINUS_ONE:
            raised = add(exponent, ONE)
            yield divide(power(base, raised), mul(m, raised))
        else:
            yield divide(_log(base), m)
            yield divide(_log(negative(base)), m)
    if exponent == TWO and isinstance(base, Apply) and base.head == "add":
        yield from candidates(add(*(mul(term, base) for term in base.args)), t)
    if exponent == TWO and isinstance(base, Apply) and base.head in ("tanh", "sin", "cos"):
        yield from _squared(base, t)
    if exponent == MINUS_ONE:
        yield from _reciprocal(base, t)
    yield from of_root(base, exponent, t)


def _squared(base: Apply, t: Variable) -> Iterator[Expr]:
    u = base.args[0]
    m = line(u, t)
    if m is None:
        return
    if base.head == "tanh":
        yield subtract(t, divide(function("tanh", u), m))
        return
    half = Number(Fraction(1 if base.head == "cos" else -1, 2))
    turn = mul(half, function("sin", u), function("cos", u), power(m, MINUS_ONE))
    yield add(mul(Number(Fraction(1, 2)), t), turn)


def _reciprocal(base: Expr, t: Variable) -> Iterator[Expr]:
    """``1/(1+exp u)``, ``1/(c + t²)``."""
    if not (isinstance(base, Apply) and base.head == "add" and len(base.args) == 2):
        return
    for first, second in (base.args, base.args[::-1]):
        if isinstance(first, Apply) and first.head == "exp" and t not in free_variables(second):
            m = line(first.args[0], t)
            if m is not None:
                yield divide(subtract(t, divide(_log(base), m)), second)
        if first == power(t, TWO) and t not in free_variables(second):
            root = sqrt(second) if second != ONE else ONE
            yield divide(function("atan", divide(t, root)), root)


def _by_parts(factors: list[Expr], t: Variable) -> Iterator[Expr]:
    """``∫ p v = p V - ∫ p' V`` for p = t or a power of it, and exp, sin, cos, log beside it."""
    powers = [f for f in factors if _natural_power(f, t)]
    others = [f for f in factors if not _natural_power(f, t)]
    if not powers or len(others) != 1 or not isinstance(others[0], Apply):
        return
    n = sum(_natural_power(f, t) for f in powers)
    other = others[0]
    if other.head == "exp" and _gauss(other.args[0], t) is not None:
        yield from _gauss_moment(n, other, t)
        return
    if other.head == "log":
        yield from _times_logarithm(n, other, t)
        return
    inner = next(candidates(other, t), None) if other.head in ("exp", "sin", "cos", "sinh", "cosh") else None
    if inner is None:
        return
    rest = next(candidates(mul(Number(n), power(t, Number(n - 1)), inner), t), None)
    if rest is not None:
        yield subtract(mul(power(t, Number(n)), inner), rest)


def _times_logarithm(n: int, logarithm: Apply, t: Variable) -> Iterator[Expr]:
    """``∫ tⁿ log(m t + c) = ((tⁿ⁺¹ - rⁿ⁺¹) log(m t + c) - Σ_k r^k tⁿ⁺¹⁻ᵏ/(n + 1 - k))/(n + 1)``, r = -c/m."""
    m = line(logarithm.args[0], t)
    if m is None:
        return
    root = negative(divide(instantiate(logarithm.args[0], {t: ZERO}), m))
    difference = subtract(power(t, Number(n + 1)), power(root, Number(n + 1)))
    orders = range(n + 1)
    terms = (
        divide(mul(power(root, Number(k)), power(t, Number(n + 1 - k))), Number(n + 1 - k)) for k in orders
    )
    yield divide(subtract(mul(difference, logarithm), add(*terms)), Number(n + 1))


def _gauss_moment(n: int, gauss: Apply, t: Variable) -> Iterator[Expr]:
    """``∫ tⁿ exp(a t²)``, by ``∫ t exp(a t²) = exp(a t²)/(2a)`` and parts."""
    a = _curvature(gauss.args[0], t)
    if a is None:
        return
    first = divide(gauss, mul(TWO, a))
    if n == 1:
        yield first
        return
    rest = next(candidates(mul(Number(n - 1), power(t, Number(n - 2)), first), t), None)
    if rest is not None:
        yield subtract(mul(power(t, Number(n - 1)), first), rest)


def _logistic(factors: list[Expr], t: Variable) -> Iterator[Expr]:
    """``±1/(m g)`` and ``±log(g)/m`` for a factor 1/g or 1/g², g made of exp(m t + c)."""
    for f in factors:
        if isinstance(f, Apply) and f.head == "pow" and f.args[1] in (Number(-2), MINUS_ONE):
            g = f.args[0]
            for m in _rates(g, t)[:1]:
                for shape in (power(g, MINUS_ONE), _log(g)):
                    yield from (divide(mul(Number(side), shape), m) for side in (1, -1))


def _rates(base: Expr, t: Variable) -> list[Expr]:
    rates = [line(n.args[0], t) for n in _exponentials(base)]
    return [m for m in rates if m is not None]


def _exponentials(base: Expr) -> list[Apply]:
    if isinstance(base, Apply) and base.head == "exp":
        return [base]
    return [found for child in base.children for found in _exponentials(child)]


def _natural_power(expr: Expr, t: Variable) -> int:
    if expr == t:
        return 1
    if (
        isinstance(expr, Apply)
        and expr.head == "pow"
        and expr.args[0] == t
        and isinstance(expr.args[1], Number)
    ):
        n = expr.args[1].value
        return n if isinstance(n, int) and n > 0 else 0
    return 0


def _gauss(u: Expr, t: Variable) -> Expr | None:
    """``∫ exp(-s t²) = √(π/s)/2 · erf(√s t)``."""
    a = _curvature(u, t)
    if a is None:
        return None
    root = sqrt(negative(a))
    return divide(mul(Number(Fraction(1, 2)), sqrt(PI), function("erf", mul(root, t))), root)


def _curvature(u: Expr, t: Variable) -> Expr | None:
    """a where ``u = a t²``."""
    if u == power(t, TWO):
        return ONE
    if isinstance(u, Apply) and u.head == "mul" and power(t, TWO) in u.args:
        a = mul(*all_but(u.args, power(t, TWO)))
        return a if t not in free_variables(a) else None
    return None
