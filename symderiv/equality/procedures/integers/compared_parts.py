"""Integer parts in comparisons with integers, whatever they are parts of: ``⌊n/k⌋ ≥ m`` is ``n/k ≥ m``.

    ⌊u⌋ ≥ c ⟺ u ≥ c    ⌊u⌋ > c ⟺ u ≥ c + 1    ⌊u⌋ ≤ c ⟺ u < c + 1    ⌊u⌋ < c ⟺ u < c

for every integer c, and ``⌊u⌋ = c`` is the first and the third.
"""

from __future__ import annotations

from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.integers.whole import is_whole
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import add, compare, conjunction, negation, negative
from symderiv.expression.tree import MINUS_ONE, ONE, Apply, Expr, transform


def by_compared_parts(problem: Problem, prove: Prove) -> Proof | None:
    """A proof of conditions whose integer parts stand alone on one side."""
    if not (is_condition(problem.a) and is_condition(problem.b)):
        return None
    return with_sides_rewritten(problem, _said, prove, "integer parts")


def _said(side: Expr) -> Expr:
    return transform(side, without_integer_part)


def without_integer_part(node: Expr) -> Expr:
    """A comparison of an integer part with an integer, said of what it is the part of.

    >>> from symderiv.expression.tree import Variable
    >>> str(without_integer_part(Apply("lt", (Apply("floor", (Variable("x"),)), ONE))))
    'x < 1'
    """
    match node:
        case Apply(head="lt" | "le" | "eq", args=(low, high)) if MINUS_ONE in (_sign(low), _sign(high)):
            turned = Apply(node.head, (negative(high), negative(low)))
            return said if (said := without_integer_part(turned)) is not turned else node
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
            return node if (said := without_integer_part(equal)) is equal else negation(said)
    return node


def _sign(side: Expr) -> Expr | None:
    """-1 for ``-⌊u⌋``, which ``⌈-u⌉`` is."""
    match side:
        case Apply(head="mul", args=(sign, Apply(head="floor"))):
            return sign
    return None
