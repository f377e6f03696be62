"""Extrema of two by absolute values: ``max(u, v) = (u + v + |u − v|)/2``, so that long products fall apart.

A product of twelve ReLUs has 4,096 sign cells, but is one polynomial in twelve values and |values|.
"""

from __future__ import annotations

from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import add, function, mul, negative, subtract
from symderiv.expression.tree import HALF, Apply, Expr, transform


def by_absolute_values(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with absolute values in place of the maxima and minima of two."""
    return with_sides_rewritten(problem, lambda side: transform(side, _said), prove, "absolute values")


def _said(node: Expr) -> Expr:
    match node:
        case Apply(head="max" | "min" as head, args=(u, v)):
            gap = function("abs", subtract(u, v))
            return mul(HALF, add(u, v, gap if head == "max" else negative(gap)))
    return node
