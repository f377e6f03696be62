"""Comparisons with a square root, whatever sign the other side has, by squares where the root exists:

t = √u ⟺ t ≥ 0 and t² = u    t < √u ⟺ t < 0 or t² < u    √u < t ⟺ t > 0 and u < t²
"""

from __future__ import annotations

from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import compare, conjunction, disjunction, mul, negation, negative
from symderiv.expression.tree import HALF, MINUS_ONE, ZERO, Apply, Expr, transform


def by_squared_roots(problem: Problem, prove: Prove) -> Proof | None:
    """A proof of conditions whose comparisons are said without roots that stand alone on a side."""
    if not (is_condition(problem.a) and is_condition(problem.b)):
        return None
    return with_sides_rewritten(problem, lambda side: transform(side, _said), prove, "squares")


def _said(node: Expr) -> Expr:
    match node:
        case Apply(head="ne", args=args):
            equal = Apply("eq", args)
            said = _said(equal)
            return node if said is equal else negation(said)
        case Apply(head="eq" | "lt" | "le" as head, args=(low, high)):
            return _below_root(head, low, high) or _above_root(head, low, high) or node
    return node


def _below_root(head: str, low: Expr, high: Expr) -> Expr | None:
    """``t < √u``, and ``-√u < t`` as ``-t < √u``."""
    for t, root in ((low, high), (negative(high), _opposite(low))):
        u = _under_root(root)
        if u is not None:
            squares = compare(head, mul(t, t), u)
            not_below = conjunction(compare("le", ZERO, t), squares)
            return not_below if head == "eq" else disjunction(compare("lt", t, ZERO), squares)
    return None


def _above_root(head: str, low: Expr, high: Expr) -> Expr | None:
    """``√u < t``, and ``t < -√u`` as ``√u < -t``."""
    for root, t in ((low, high), (_opposite(high), negative(low))):
        u = _under_root(root)
        if u is not None:
            bound = "le" if head == "eq" else head
            return conjunction(compare(bound, ZERO, t), compare(head, u, mul(t, t)))
    return None


def _opposite(side: Expr | None) -> Expr | None:
    """The root of ``-√u``."""
    match side:
        case Apply(head="mul", args=(first, rest)) if first == MINUS_ONE:
            return rest
    return None


def _under_root(side: Expr | None) -> Expr | None:
    match side:
        case Apply(head="pow", args=(u, exponent)) if exponent == HALF:
            return u
    return None
