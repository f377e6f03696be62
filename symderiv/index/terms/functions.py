"""Functions of summation variables by fewer functions, so that equal summands look equal: |x| = x sign x."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.build import add, cases, compare, divide, function, mul, negative, subtract
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import HALF, MINUS_ONE, ONE, ZERO, Apply, Expr, Number
from symderiv.index.integer_sets.integers import affine
from symderiv.index.keys import names
from symderiv.index.session import Session

_TWO = Number(2)
EVEN = frozenset({"abs", "cos", "cosh"})
ODD = frozenset({"sign", "sin", "tan", "sinh", "tanh", "asin", "atan", "asinh", "atanh", "erf"})


def _exp(a: Expr) -> Expr:
    return function("exp", a)


def _sign(a: Expr) -> Expr:
    return function("sign", a)


def _greater(a: Expr, b: Expr, sense: Expr) -> Expr:
    """``max(a, b) = (a + b + (a - b) sign(a - b)) / 2``, min with the other sign."""
    gap = subtract(a, b)
    return mul(HALF, add(a, b, mul(sense, gap, _sign(gap))))


_REALS: dict[str, Callable[..., Expr]] = {
    "abs": lambda a: mul(a, _sign(a)),
    "heaviside": lambda a: mul(HALF, add(ONE, _sign(a))),
    "max": lambda a, b: _greater(a, b, ONE),
    "min": lambda a, b: _greater(a, b, MINUS_ONE),
    "tanh": lambda a: subtract(ONE, divide(_TWO, add(_exp(mul(_TWO, a)), ONE))),
    "sinh": lambda a: mul(HALF, subtract(_exp(a), _exp(negative(a)))),
    "cosh": lambda a: mul(HALF, add(_exp(a), _exp(negative(a)))),
}


def _sides(a: Expr, below: Expr, at: Expr, above: Expr) -> Expr:
    """Three values by the sign of ``a``."""
    return cases(((compare("lt", a, ZERO), below), (compare("eq", a, ZERO), at)), above)


_INTEGERS: dict[str, Callable[..., Expr]] = {
    "abs": lambda a: _sides(a, negative(a), ZERO, a),
    "sign": lambda a: _sides(a, MINUS_ONE, ZERO, ONE),
    "heaviside": lambda a: _sides(a, ZERO, HALF, ONE),
    "max": lambda a, b: cases(((compare("le", b, a), a),), b),
    "min": lambda a, b: cases(((compare("le", a, b), a),), b),
}


def rewritten(session: Session, expr: Apply) -> Expr | None:
    """The function in other words, where that helps and both are equal wherever the function is defined.

    Only functions of summation variables: the others are for those to compare who compare functions.
    """
    if expr.head not in _REALS and expr.head not in _INTEGERS:
        return None
    if len(expr.args) != (2 if expr.head in ("max", "min") else 1):
        return None
    if all(affine(session, arg) is not None for arg in expr.args):
        rule = _INTEGERS.get(expr.head)
        return None if rule is None else rule(*expr.args)
    rule = _REALS.get(expr.head)
    return rule(*expr.args) if rule is not None and mentions_dummy(session, expr) else None


def without_idle_steps(factors: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """``max(0, u) H(u) = max(0, u)``: the factors without steps at which another one vanishes already.

    >>> from symderiv.expression.tree import Variable
    >>> x = Variable("x")
    >>> ramp, step = Apply("max", (ZERO, x)), Apply("heaviside", (x,))
    >>> without_idle_steps((ramp, step)) == (ramp,)
    True
    """
    steps = [f for f in factors if isinstance(f, Apply) and f.head == "heaviside"]
    if not steps:
        return factors
    ramps = {u for factor in factors for u in _vanishes_below(factor)}
    return tuple(f for f in factors if f not in steps or f.children[0] not in ramps)


def _vanishes_below(factor: Expr) -> tuple[Expr, ...]:
    """The u for which the factor is zero where u ≤ 0."""
    match factor:
        case Apply(head="pow", args=(base, Number(value=exponent))) if exponent > 0:
            return _vanishes_below(base)
        case Apply(head="max") if ZERO in factor.args and len(factor.args) == 2:
            return factor.args
    return ()


def mentions_dummy(session: Session, expr: Expr) -> bool:
    """Does a variable of a sum around the expression stand in it? Those of sums inside it don't count."""
    own = session.dummy_names
    if not any(name in own or name.startswith(session.prefix) for name in names(expr)):
        return False
    free = (variable.name for variable in free_variables(expr))
    return any(name in own or name.startswith(session.prefix) for name in free)
