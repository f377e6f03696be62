"""Where two indices agree the entries x[i], x[j] are one: a place of its own to look for a witness."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from symderiv.equality.cells.deltas import solution_of
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.problem import Problem
from symderiv.equality.restricted.restriction import Restriction
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import FALSE, ZERO, Apply, Binder, Expr, Index, Number, Variable, transform

MAX_PAIRS = 6


def _cancelled(problem: Problem) -> Problem:
    """Sums that are zero (x[j] − x[j]) written as 0, as long as there is time."""

    def plain(node: Expr) -> Expr:
        return ZERO if _is_sum(node) and not problem.is_late and is_zero(node) else node

    return problem.mapped(lambda expr: transform(expr, plain))


def _is_sum(node: Expr) -> bool:
    return isinstance(node, Apply) and node.head == "add"


def where_indices_agree(problem: Problem) -> Iterator[Restriction]:
    """The problem restricted to the equality of two symbolic indices of one array.

    Only an index is put in for: how long an array is can't be changed by a substitution.
    """
    for equation in _equations(_entries((problem.a, problem.b))):
        solution = solution_of(equation)
        if problem.is_late:
            return
        if solution is None or not _is_index(solution.unknown):
            continue
        restricted = _cancelled(problem.mapped(solution.put_in))
        if FALSE not in restricted.facts:
            yield Restriction(restricted, (solution,))


def _is_index(unknown: Expr) -> bool:
    return isinstance(unknown, Variable) and unknown.kind.index


def _equations(entries: dict[Variable, list[Index]]) -> Iterator[Apply]:
    seen: list[Expr] = []
    for group in entries.values():
        for one, other in combinations(group[:MAX_PAIRS], 2):
            for i, j in zip(one.indices, other.indices, strict=False):
                equation = Apply("eq", (i, j))
                if i != j and not (isinstance(i, Number) and isinstance(j, Number)) and equation not in seen:
                    seen.append(equation)
                    yield equation


def _entries(sides: tuple[Expr, ...]) -> dict[Variable, list[Index]]:
    """The entries of each array whose indices no binder binds."""
    entries: dict[Variable, list[Index]] = {}
    for side in sides:
        for node in _outside_binders(side, frozenset()):
            assert isinstance(node.base, Variable)
            found = entries.setdefault(node.base, [])
            if node not in found:
                found.append(node)
    return entries


def _outside_binders(expr: Expr, bound: frozenset[Variable]) -> Iterator[Index]:
    if isinstance(expr, Index) and isinstance(expr.base, Variable) and not bound & free_variables(expr):
        yield expr
    if isinstance(expr, Binder):
        bound |= {expr.variable}
    for child in expr.children:
        yield from _outside_binders(child, bound)
