"""Deltas of factors: ``δ(n², m²) = 1 − (1 − δ(n, m)) (1 − δ(n, −m))``: a product is 0 where a factor is."""

from __future__ import annotations

from dataclasses import replace

from symderiv.equality.cells.deltas import gap_of
from symderiv.equality.normal_forms.generators import Decline
from symderiv.equality.normal_forms.reading import to_expr
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import mul, subtract
from symderiv.expression.tree import ONE, ZERO, Apply, Expr, transform


def by_factored_deltas(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with each delta said of the factors of what has to be 0, if there is one with several."""
    a, b = (transform(side, of_factors) for side in (problem.a, problem.b))
    return None if (a, b) == (problem.a, problem.b) else prove(replace(problem, a=a, b=b))


def of_factors(node: Expr) -> Expr:
    """A delta between integers by the factors of the difference.

    >>> from symderiv.expression.kinds import SIZE
    >>> from symderiv.expression.tree import Variable
    >>> n, delta = Variable("n", SIZE), lambda a: Apply("delta", (a, ZERO))
    >>> of_factors(delta(mul(n, n))) == delta(n)
    True
    """
    if not isinstance(node, Apply) or node.head != "delta":
        return node
    found = gap_of(node)
    if found is None or found[1].den or found[1].num.is_constant() or found[1].num.total_degree() < 2:
        return node
    field, gap = found
    try:
        factors = [to_expr(field, field.poly(number)) for number, _ in field.factor(gap.num)[1]]
    except Decline:
        return node
    deltas = [Apply("delta", (factor, ZERO)) for factor in factors]
    return deltas[0] if len(deltas) == 1 else subtract(ONE, mul(*(subtract(ONE, each) for each in deltas)))
