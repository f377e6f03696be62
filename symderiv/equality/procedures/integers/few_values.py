"""Integers that the facts leave a few values: a label y with 0 ≤ y ≤ 1 is 0 or 1, and each is looked at."""

from __future__ import annotations

from functools import partial
from math import ceil, floor

from symderiv.equality.facts import narrowed
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, in_all_cases
from symderiv.expression.instantiation import instantiate
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import FALSE, Expr, Number, Variable

FEW = 8


def by_few_values(problem: Problem, prove: Prove) -> Proof | None:
    """A proof for each value of one integer."""
    for variable in sorted(free_variables(problem.a) | free_variables(problem.b), key=lambda v: v.name):
        values = _values(variable, problem.facts)
        if values:
            return _for_each(problem, variable, values, prove)
    return None


def _values(variable: Variable, facts: tuple[Expr, ...]) -> list[int]:
    kind = variable.kind
    if not kind.domain.integer or kind.shape:
        return []
    domain = narrowed(variable, facts)
    if domain.lower is None or domain.upper is None:
        return []
    between = range(ceil(domain.lower), floor(domain.upper) + 1)
    return list(filter(domain.contains, between)) if len(between) <= FEW + 2 else []


def _for_each(problem: Problem, variable: Variable, values: list[int], prove: Prove) -> Proof | None:
    there = (problem.mapped(partial(instantiate, values={variable: Number(value)})) for value in values)
    possible = (case for case in there if FALSE not in case.facts)
    return in_all_cases(possible, f"each value of {variable.name}", prove)
