"""Facts that are equations are used up: Σ t = 1 puts 1 in for the sum, k = 2m puts 2m in for k."""

from __future__ import annotations

from symderiv.equality.cells.proof import Problem
from symderiv.equality.cells.solving import Solution, solve
from symderiv.equality.facts import parts
from symderiv.equality.normal_forms.plain import difference
from symderiv.equality.procedures.deltas import mapped
from symderiv.expression.tree import Apply

MAX_EQUATIONS = 12


def with_equations_used(problem: Problem) -> Problem:
    """The problem with each fact that can be solved put in, one after the other."""
    for _ in range(MAX_EQUATIONS):
        for fact in parts(problem.facts):
            solution = _solution(fact) if fact.head == "eq" else None
            if solution is not None and not solution.never:
                problem = mapped(problem, solution.put_in)
                break
        else:
            return problem
    return problem


def _solution(fact: Apply) -> Solution | None:
    found = difference(*fact.args)
    if found is None or found[1].den or found[1].num.is_constant():
        return None
    return solve(found[0], found[1].num)
