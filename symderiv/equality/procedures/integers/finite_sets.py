"""Conditions that few integers fulfil: ``n in {-1, 0, 1}`` is ``n^2 < 2``, for none beyond fulfils either."""

from __future__ import annotations

from functools import partial

from symderiv.equality.conditions.condition import holds
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, in_all_cases
from symderiv.expression.build import compare, number
from symderiv.expression.instantiation import instantiate
from symderiv.expression.parts import disjuncts
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import FALSE, TRUE, Apply, Expr, Number, Variable

MAX_VALUES = 40


def by_finite_sets(problem: Problem, prove: Prove) -> Proof | None:
    """A proof for each integer from the least to the greatest of a set; both conditions fail outside."""
    exist = problem.defined_a == problem.defined_b == TRUE
    for side in (problem.a, problem.b) if exist else ():
        found = _listed(side)
        if found is not None:
            name, least, greatest = found
            beyond = (compare("lt", name, number(least)), compare("lt", number(greatest), name))
            if greatest - least < MAX_VALUES and all(_fails(problem, where) for where in beyond):
                there = (
                    problem.mapped(partial(instantiate, values={name: Number(value)}))
                    for value in range(least, greatest + 1)
                    if name.kind.domain.contains(value)
                )
                possible = (case for case in there if FALSE not in case.facts)
                return in_all_cases(possible, f"each value of {name.name}", prove)
    return None


def _listed(side: Expr) -> tuple[Variable, int, int] | None:
    """The name of which a condition lists the values, the least and the greatest."""
    names = free_variables(side)
    parts = disjuncts(side)
    if len(names) != 1 or len(parts) < 2:
        return None
    (name,) = names
    values = [_value(part, name) for part in parts]
    known = [value for value in values if value is not None]
    if len(known) < len(values) or not name.kind.domain.integer or name.kind.shape:
        return None
    return name, min(known), max(known)


def _value(part: Expr, name: Variable) -> int | None:
    """k of ``n = k``."""
    for one, other in (part.children, part.children[::-1]) if _is_equation(part) else ():
        if one == name and isinstance(other, Number) and isinstance(other.value, int):
            return other.value
    return None


def _is_equation(part: Expr) -> bool:
    return isinstance(part, Apply) and part.head == "eq"


def _fails(problem: Problem, where: Expr) -> bool:
    """Do both conditions surely fail there?"""
    facts = (*problem.facts, where)
    return all(holds(side, facts) is False for side in (problem.a, problem.b))
