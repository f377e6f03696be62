"""Maxima of the same values: ``max Aᵀ = max A``, ``max(concat(x, y)) = max(max x, max y)``, at every size.

Two maxima are of the same values, each as often, if the sums of every function of them agree: of a function
of which nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.equality.conditions.condition import holds
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import add, cases, compare
from symderiv.expression.kinds import FUNCTION
from symderiv.expression.substitution import free_variables, fresh, substitute
from symderiv.expression.tree import TRUE, Apply, Binder, Call, Cases, Expr, Extremum, Variable

Facts = tuple[Expr, ...]
MAX_PAIRS = 6


def by_values_of_maxima(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with one of two extrema of the same values put for the other, if there are such."""
    changed = problem.b
    kind: Extremum
    for kind in ("max", "min"):
        ours, others = (list(_extrema(side, kind)) for side in (problem.a, problem.b))
        pairs = [(m, w) for m in ours for w in others if m != w]
        for one, other in pairs[:MAX_PAIRS]:
            if _same_values(one, other, kind, problem, prove):
                changed = substitute(changed, {other: one})
    proof = None if changed == problem.b else prove(replace(problem, b=changed))
    return proof and proof.through("maxima of the same values")


def _extrema(expr: Expr, kind: Extremum) -> Iterator[Expr]:
    """The outermost maxima (or minima) that no binder's variable stands in."""
    if _is_extremum(expr, kind):
        yield expr
    elif not isinstance(expr, Binder):
        for child in expr.children:
            yield from _extrema(child, kind)


def _is_extremum(expr: Expr, kind: Extremum) -> bool:
    return (isinstance(expr, Apply) and expr.head == kind) or (isinstance(expr, Binder) and expr.kind == kind)


def _same_values(one: Expr, other: Expr, kind: Extremum, problem: Problem, prove: Prove) -> bool:
    names = {v.name for v in free_variables(one) | free_variables(other)}
    of = Variable(fresh("f", names), FUNCTION)
    try:
        a, b = (_summed(m, kind, of, problem.facts) for m in (one, other))
    except _MayBeEmpty:
        return False
    proof = prove(replace(problem, a=a, b=b, defined_a=TRUE, defined_b=TRUE))
    return proof is not None and not proof.exceptions


class _MayBeEmpty(Exception):
    """Of no values there is no maximum, but a sum."""


def _summed(expr: Expr, kind: Extremum, of: Variable, facts: Facts) -> Expr:
    """The sum of ``of`` over the values that an extremum is taken of."""
    if isinstance(expr, Apply) and expr.head == kind:
        return add(*(_summed(arg, kind, of, facts) for arg in expr.args))
    if isinstance(expr, Binder) and expr.kind == kind:
        return _over_range(expr, kind, of, facts)
    if isinstance(expr, Cases) and expr.otherwise is not None:
        branches = tuple((c, _summed(value, kind, of, facts)) for c, value in expr.branches)
        return cases(branches, _summed(expr.otherwise, kind, of, facts))
    return Call(of, (expr,))


def _over_range(expr: Binder, kind: Extremum, of: Variable, facts: Facts) -> Expr:
    if expr.lower is None or expr.upper is None or expr.condition != TRUE:
        raise _MayBeEmpty
    if holds(compare("le", expr.lower, expr.upper), facts) is not True:
        raise _MayBeEmpty
    inside = (compare("le", expr.lower, expr.variable), compare("le", expr.variable, expr.upper))
    body = _summed(expr.body, kind, of, (*facts, *inside))
    return Binder("sum", body, expr.variable, expr.lower, expr.upper)
