"""No limit: ``A sin(u) + B``, where u grows without bound, A stays away from 0 and B has a limit."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.build import add, mul
from symderiv.expression.parts import factors_of, terms_of
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import INFINITY, ZERO, Apply, Expr, Number, Variable, walk

LimitOf = Callable[[Expr], Expr | None]


def oscillates(expr: Expr, variable: Variable, limit_of: LimitOf) -> bool:
    """Whether there is certainly no limit, finite or infinite, by a sine or cosine in one summand.

    u is made of continuous functions, so that it passes all large values, and sin(u) all from -1 to 1.

    >>> from symderiv.expression.tree import ONE
    >>> x = Variable("x")
    >>> oscillates(Apply("sin", (x,)), x, {Apply("sin", (x,)): None, x: INFINITY, ONE: ONE, ZERO: ZERO}.get)
    True
    """
    terms = terms_of(expr)
    swinging = [term for term in terms if any(map(_is_wave, factors_of(term)))]
    if len(swinging) != 1:
        return False
    rest = limit_of(add(*(term for term in terms if term is not swinging[0])))
    if rest is None or not _is_finite(rest):
        return False
    waves = [factor for factor in factors_of(swinging[0]) if _is_wave(factor)]
    weight = mul(*(factor for factor in factors_of(swinging[0]) if factor is not waves[0]))
    if len(waves) > 1 or not _is_continuous(weight, variable):
        return False
    inside, outside = _inside(waves[0]), limit_of(weight)
    grows = _is_continuous(inside, variable) and limit_of(inside)
    if not isinstance(outside, Expr) or not isinstance(grows, Expr):
        return False
    bounded_away = isinstance(outside, Number) and outside != ZERO
    return _is_infinite(grows) and (bounded_away or _is_infinite(outside))


def _is_wave(factor: Expr) -> bool:
    """sin, cos, or a whole power of one."""
    match factor:
        case Apply(head="sin" | "cos"):
            return True
        case Apply(head="pow", args=(base, Number(value=int() as exponent))):
            return exponent > 0 and _is_wave(base)
    return False


def _inside(wave: Expr) -> Expr:
    assert isinstance(wave, Apply)
    return wave.args[0] if wave.head in ("sin", "cos") else _inside(wave.args[0])


_CONTINUOUS = frozenset("add mul pow exp log sinh cosh tanh atan asinh erf abs".split())


def _is_continuous(expr: Expr, variable: Variable) -> bool:
    """Continuous wherever it is defined."""
    if variable not in free_variables(expr) or expr == variable:
        return True
    if not isinstance(expr, Apply) or expr.head not in _CONTINUOUS:
        return False
    return all(_is_continuous(arg, variable) for arg in expr.args)


def _is_infinite(value: Expr) -> bool:
    return value == INFINITY or value == mul(Number(-1), INFINITY)


def _is_finite(value: Expr) -> bool:
    return not any(node == INFINITY for node in walk(value))
