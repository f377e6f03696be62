"""Where kinks cancel: x |x|, |x|³ and max(x, 0) - max(-x, 0) have a derivative at 0, though |x| has none.

What is made of smooth functions and of |·|, max and min has derivatives from both sides, found by the chain
rule (`symderiv.calculus.one_sided`); it has a derivative where the two are the same. That is asked only where
the plain conditions may ask too much, and of formulas that can be written out: by a number, or by an array of
given numbers. Source: Scholtes, *Introduction to Piecewise Differentiable Equations* (2012), §3.1.
"""

from __future__ import annotations

from symderiv.calculus.derivative import Differentiation
from symderiv.calculus.functions import EDGES, SLOPES
from symderiv.calculus.kinks import Smoothness
from symderiv.calculus.one_sided import OneSided
from symderiv.errors import MeaningError
from symderiv.expression.build import cases, compare, conjunction, disjunction, subtract
from symderiv.expression.expansion import terms
from symderiv.expression.instantiation import expand
from symderiv.expression.kink_conditions import UNKNOWN, or_on_kinks
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
    TRUE,
    ZERO,
    Apply,
    Binder,
    Call,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
    walk,
)

MAX_TERMS = 400
KINKED = frozenset(("abs", "max", "min"))
_SMOOTH = frozenset(("add", "mul")) | (SLOPES.keys() - EDGES.keys() - {"abs", "sign", "heaviside", "floor"})


def with_cancelled_kinks(
    rules: Differentiation, value: Expr, derivative: Expr, smooth: Expr
) -> tuple[Expr, Expr]:
    """The derivative and where it exists, at points too where the kinks of ``value`` cancel.

    >>> from symderiv.expression.build import function, mul
    >>> from symderiv.expression.instantiation import instantiate
    >>> x = Variable("x")
    >>> value = mul(x, function("abs", x))
    >>> rules = Differentiation(x, ())
    >>> _, there = with_cancelled_kinks(rules, value, rules.of(value), compare("ne", x, ZERO))
    >>> instantiate(there, {x: ZERO}) == TRUE
    True
    """
    written = None if smooth == TRUE else _written_out(rules, value)
    if written is None:
        return derivative, smooth
    if not _asks_too_much(rules, written):
        return rules.of(written), Smoothness(rules).of(written)
    above, below = (OneSided(rules.wrt, rules.at, side).of(written) for side in ("+", "-"))
    alike = compare("eq", subtract(above, below), ZERO)
    if _has_numbers(rules.wrt):
        return cases(((smooth, derivative),), above), disjunction(smooth, alike)
    means_it = compare("eq", subtract(above, derivative), ZERO)  # not where a kink stands on another one
    known = disjunction(smooth, conjunction(alike, means_it))
    return derivative, or_on_kinks(known, conjunction(alike, UNKNOWN))


def _written_out(rules: Differentiation, value: Expr) -> Expr | None:
    """The value without sums over ranges, if it is small enough, and made of what was said."""
    if (rules.at and not _has_numbers(rules.wrt)) or terms(value) > MAX_TERMS:
        return None
    try:
        written = expand(value)
    except MeaningError:  # a maximum over a range that the indices decide
        return None
    if _has_numbers(rules.wrt) and any(_is_open(name, rules.wrt) for name in free_variables(written)):
        return None
    return written if _is_piecewise_smooth(rules, written) else None


def _is_open(name: Variable, wrt: Variable) -> bool:
    """Another name for reals: at given numbers, G |x| has a derivative for G = 0 alone."""
    return name != wrt and not name.kind.domain.integer


def _has_numbers(name: Variable) -> bool:
    return name.value is not None or isinstance(name.definition, Sequence)


def _is_piecewise_smooth(rules: Differentiation, expr: Expr) -> bool:
    """Whether what moves is made of smooth functions and of |·|, max and min alone."""
    if not rules.occurs(expr) or isinstance(expr, Variable):
        return True
    if isinstance(expr, Index):
        return expr.base == rules.wrt
    if isinstance(expr, Apply) and expr.head == "pow":
        exponent = expr.args[1]
        whole = isinstance(exponent, Number) and isinstance(exponent.value, int)
        return whole and _is_piecewise_smooth(rules, expr.args[0])
    known = isinstance(expr, Call) or (isinstance(expr, Apply) and expr.head in _SMOOTH | KINKED)
    return known and all(_is_piecewise_smooth(rules, child) for child in expr.children)


def _asks_too_much(rules: Differentiation, expr: Expr) -> bool:
    """Whether a kink stands beside another one, or inside something that may be flat there."""
    if not rules.occurs(expr):
        return False
    if isinstance(expr, Apply) and expr.head == "add":
        moving = [term for term in expr.args if _has_kink(rules, term)]
        return len(moving) > 1 or any(_asks_too_much(rules, term) for term in moving)
    if isinstance(expr, Apply) and expr.head == "mul":
        rest = [factor for factor in expr.args if not (isinstance(factor, Number) and factor.value != 0)]
        return len(rest) != 1 or _asks_too_much(rules, rest[0])
    return any(_has_kink(rules, child) for child in expr.children)


def _has_kink(rules: Differentiation, expr: Expr) -> bool:
    return any(
        isinstance(node, (Apply, Binder))
        and (node.head if isinstance(node, Apply) else node.kind) in KINKED
        and rules.occurs(node)
        for node in walk(expr)
    )
