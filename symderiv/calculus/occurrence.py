"""Questions that the conditions of a derivative ask: is it zero here, does the entry occur there?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.expression.build import add, compare, conjunction, disjunction, negation
from symderiv.expression.parts import conjuncts, disjuncts
from symderiv.expression.tree import (
    FALSE,
    ONE,
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
from symderiv.index.every_size.positivity import is_nonnegative

if TYPE_CHECKING:
    from symderiv.calculus.derivative import Differentiation

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


def may_rest(expr: Expr) -> bool:
    """Whether it may be one number on an open set: piecewise, or with an integer that may be 0, as n/x.

    >>> from symderiv.expression.kinds import SIZE
    >>> x, n = Variable("x"), Variable("n", SIZE)
    >>> [may_rest(expr) for expr in (x, Apply("mul", (n, x)), Apply("max", (x, ZERO)))]
    [False, False, True]
    """
    return piecewise(expr) or _has_integer(expr, frozenset())


def may_vanish(expr: Expr) -> bool:
    """Whether it may be 0 on an open set; Σ |x_i|^p is so at no more than a point.

    >>> x = Variable("x")
    >>> cube = Apply("pow", (Apply("abs", (x,)), Number(3)))
    >>> may_vanish(cube), may_vanish(Apply("max", (x, ZERO)))
    (False, True)
    """
    match expr:
        case Number():
            return expr.value == 0
        case Index(base=Variable() as base):
            return base.kind.domain.integer
        case Apply(head="abs", args=(u,)) | Apply(head="pow", args=(u, _)):
            return may_vanish(u)
        case Apply(head="mul", args=factors):
            return any(map(may_vanish, factors))
        case Apply(head="add", args=terms) if all(map(is_nonnegative, terms)):
            return all(map(may_vanish, terms))
        case Binder(kind="sum", body=body) if is_nonnegative(body) and _has_terms(expr):
            return may_vanish(body)
    return may_rest(expr)


def _has_terms(total: Binder) -> bool:
    """Whether it runs from 0 to n - 1 for a size n, or between numbers."""
    if total.lower != ZERO or total.upper is None or total.condition != TRUE:
        return False
    count = add(total.upper, ONE)
    known = isinstance(count, Number) and count.value >= 1
    return known or (isinstance(count, Variable) and count.kind.domain.is_positive)


def _has_integer(expr: Expr, bound: frozenset[Expr]) -> bool:
    """Whether a name for an integer that may be 0 stands in it, other than to say which entry is meant."""
    if isinstance(expr, Variable):
        return expr.kind.domain.integer and expr.kind.domain.contains(0) and expr not in bound
    if isinstance(expr, Binder):
        return _has_integer(expr.body, bound | {expr.variable})
    if isinstance(expr, Index) or (isinstance(expr, Apply) and expr.head == "delta"):
        return False
    return any(_has_integer(child, bound) for child in expr.children)


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
        body = apart(rules, bound.body)
        parts = (every(bound, _off_axis(rules, bound, part)) for part in conjuncts(body))
        return conjunction(*parts)
    if not expr.children:
        return FALSE
    return conjunction(*(apart(rules, child) for child in expr.children))


def _off_axis(rules: Differentiation, bound: Binder, part: Expr) -> Expr:
    """What is left of a condition that can't hold throughout a whole axis: each k on it other than ``at``."""
    if bound.lower != ZERO or bound.upper is None or bound.condition != TRUE:
        return part
    size = add(bound.upper, ONE)
    met = [
        compare("ne", bound.variable, p)
        for s, p in zip(rules.wrt.kind.shape, rules.at, strict=True)
        if s == size
    ]
    return disjunction(*(each for each in disjuncts(part) if each not in met))
