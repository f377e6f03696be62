"""Where two indices agree the entries x[i], x[j] are one: a place of its own to look for a witness."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from symderiv.equality.cells.proof import Problem
from symderiv.equality.cells.solving import Solution
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.procedures.deltas import mapped, solution_of
from symderiv.expression.tree import FALSE, ZERO, Apply, Expr, Index, Number, Variable, transform, walk

MAX_PAIRS = 6


def cancelled(expr: Expr) -> Expr:
    """Sums that are zero (x[j] − x[j]) written as 0."""
    return transform(expr, lambda node: ZERO if _is_zero_sum(node) else node)


def _is_zero_sum(node: Expr) -> bool:
    return isinstance(node, Apply) and node.head == "add" and is_zero(node)


def coincidences(problem: Problem) -> Iterator[tuple[Solution, Problem]]:
    """The problem restricted to the equality of two symbolic indices of one array."""
    entries: dict[Variable, list[Index]] = {}
    for side in (problem.a, problem.b):
        for node in walk(side):
            if isinstance(node, Index) and isinstance(node.base, Variable):
                found = entries.setdefault(node.base, [])
                if node not in found:
                    found.append(node)
    seen: list[Expr] = []
    for group in entries.values():
        for one, other in combinations(group[:MAX_PAIRS], 2):
            for i, j in zip(one.indices, other.indices, strict=False):
                equation = Apply("eq", (i, j))
                if i == j or (isinstance(i, Number) and isinstance(j, Number)) or equation in seen:
                    continue
                seen.append(equation)
                solution = solution_of(equation)
                restricted = None if solution is None else mapped(mapped(problem, solution.put_in), cancelled)
                if solution is not None and restricted is not None and FALSE not in restricted.facts:
                    yield solution, restricted
