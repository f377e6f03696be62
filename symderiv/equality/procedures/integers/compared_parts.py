"""Integer parts in comparisons with integers, whatever they are parts of: ``⌊n/k⌋ ≥ m`` is ``n/k ≥ m``.

    ⌊u⌋ ≥ c ⟺ u ≥ c    ⌊u⌋ > c ⟺ u ≥ c + 1    ⌊u⌋ ≤ c ⟺ u < c + 1    ⌊u⌋ < c ⟺ u < c

for every integer c, and ``⌊u⌋ = c`` is the first and the third.
"""

from __future__ import annotations

from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.integers.whole import is_whole
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import add, compare, conjunction, negation
from symderiv.expression.tree import ONE, Apply, Expr, transform


def by_compared_parts(problem: Problem, prove: Prove) -> Proof | None:
    """A proof of conditions whose integer parts stand alone on one side."""
    if not (is_condition(problem.a) and is_condition(problem.b)):
        return None
    return with_sides_rewritten(problem, lambda side: transform(side, _said), prove, "integer parts")


def _said(node: Expr) -> Expr:
    match node:
        case Apply(head="lt", args=(Apply(head="floor", args=(u,)), c)) if is_whole(c):
            return compare("lt", u, c)
        case Apply(head="le", args=(Apply(head="floor", args=(u,)), c)) if is_whole(c):
            return compare("lt", u, add(c, ONE))
        case Apply(head="lt", args=(c, Apply(head="floor", args=(u,)))) if is_whole(c):
            return compare("le", add(c, ONE), u)
        case Apply(head="le", args=(c, Apply(head="floor", args=(u,)))) if is_whole(c):
            return compare("le", c, u)
        case Apply(head="eq", args=(Apply(head="floor", args=(u,)), c) | (c, Apply(head="floor", args=(u,)))):
            return conjunction(compare("le", c, u), compare("lt", u, add(c, ONE))) if is_whole(c) else node
        case Apply(head="ne", args=(a, b)):
            equal = Apply("eq", (a, b))
            return node if (said := _said(equal)) is equal else negation(said)
    return node
