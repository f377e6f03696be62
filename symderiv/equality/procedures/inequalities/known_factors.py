"""Comparisons without the factors whose sign is known: ``n d² ≤ n² d`` of positive n and d says ``d ≤ n``.

What is below goes, too: ``p s/(p s + (1 - p) u) > p`` says ``s > u`` for probabilities.
"""

from __future__ import annotations

from symderiv.equality.conditions.condition import Knowledge
from symderiv.equality.conditions.signs import NEGATIVE, POSITIVE
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.inequalities.claims import with_comparisons_said, without_denominators
from symderiv.equality.procedures.inequalities.signs_of_slopes import factored
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import compare, mul, negative, power, subtract
from symderiv.expression.tree import ZERO, Apply, Expr, Number


def by_known_factors(problem: Problem, prove: Prove) -> Proof | None:
    """A proof of conditions whose comparisons are said of the factors that may have either sign."""
    return with_comparisons_said(problem, prove, _without_known_factors, "factors of comparisons")


def _without_known_factors(node: Expr, known: Knowledge) -> Expr:
    """``u ≤ v`` as ``0 ≤ p``, where v - u is p times positive factors, or over such."""
    assert isinstance(node, Apply)
    asked = without_denominators(node, known)
    assert isinstance(asked, Apply)
    found = factored(subtract(asked.args[1], asked.args[0]))
    if found is None:
        return asked
    sign, factors = found
    left: list[Expr] = []
    for factor, times in factors:
        signs = known.signs(factor)
        if signs not in (POSITIVE, NEGATIVE):
            left.append(power(factor, Number(times)))
        elif signs == NEGATIVE and times % 2:
            sign = -sign
    if len(left) == len(factors):
        return asked
    gap = mul(*left)
    return compare(node.head, ZERO, gap if sign > 0 else negative(gap))
