"""Questions that the conditions of a derivative ask: is it zero here, does the entry occur there?"""

from __future__ import annotations

from symderiv.calculus.derivative import Differentiation
from symderiv.expression.build import compare, conjunction, disjunction, negation
from symderiv.expression.tree import (
    FALSE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Cases,
    Constant,
    Expr,
    Index,
    Number,
    Variable,
    walk,
)

_PIECEWISE = frozenset(("max", "min", "abs", "sign", "heaviside", "floor"))


def vanishes(value: Expr) -> Expr:
    """``value = 0``; of a delta ``i ≠ j``, of a product that some factor is zero.

    >>> from symderiv.expression.build import delta, mul
    >>> i, j = Variable("i"), Variable("j")
    >>> vanishes(mul(Number(2), delta(i, j))) == compare("ne", i, j)
    True
    """
    if isinstance(value, Number):
        return TRUE if value.value == 0 else FALSE
    if isinstance(value, Constant):
        return FALSE
    if isinstance(value, Apply):
        if value.head == "delta":
            return compare("ne", *value.args)
        if value.head == "mul":
            return disjunction(*(vanishes(factor) for factor in value.args))
        if value.head == "exp":
            return FALSE
    return compare("eq", value, ZERO)


def piecewise(expr: Expr) -> bool:
    """Whether different formulas hold in different places."""
    return any(
        isinstance(node, Cases)
        or (isinstance(node, Apply) and node.head in _PIECEWISE)
        or (isinstance(node, Binder) and node.kind in ("max", "min"))
        for node in walk(expr)
    )


def whole(exponent: Expr) -> bool:
    """Whether an exponent is a whole number by what it is made of."""
    if isinstance(exponent, Number):
        return isinstance(exponent.value, int)
    if isinstance(exponent, Apply) and exponent.head in ("add", "mul"):
        return all(whole(part) for part in exponent.args)
    return isinstance(exponent, Variable) and exponent.kind.domain.integer


def every(binder: Binder, condition: Expr) -> Expr:
    """The condition for every value of a binder's variable."""
    if condition == TRUE:
        return TRUE
    guarded = disjunction(negation(binder.condition), condition)
    return Binder("forall", guarded, binder.variable, binder.lower, binder.upper)


def apart(rules: Differentiation, expr: Expr) -> Expr:
    """That an expression doesn't contain the entry: each x[i] in it is another one than x[at]."""
    if not rules.occurs(expr):
        return TRUE
    if isinstance(expr, Index) and expr.base == rules.wrt:
        return vanishes(rules.of(expr))
    if isinstance(expr, Binder):
        bound = rules.renamed(expr)
        return every(bound, apart(rules, bound.body))
    if not expr.children:
        return FALSE
    return conjunction(*(apart(rules, child) for child in expr.children))
