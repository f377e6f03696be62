"""``asinh(-u) = -asinh(u)`` of a fraction u: its logarithms left and right of 0 are related by norms."""

from __future__ import annotations

from symderiv.equality.normal_forms.plain import plain_forms
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import function, negative
from symderiv.expression.tree import Apply, Expr, transform


def by_odd_functions(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with each asinh of something or of its opposite, whichever leads with a positive number."""
    return with_sides_rewritten(problem, lambda side: transform(side, _turned), prove, "odd functions")


def _turned(node: Expr) -> Expr:
    if not isinstance(node, Apply) or node.head != "asinh":
        return node
    (u,) = node.args
    found = plain_forms(u)
    if found is None or found[1][0].num.is_zero() or found[1][0].num.leading_coefficient() > 0:
        return node
    return negative(function("asinh", negative(u)))
