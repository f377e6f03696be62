"""The equations that two conditions state, each solved for a real name: ``b = a(1 + √2)``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.equality.cells.solving import Solution, solve
from symderiv.equality.normal_forms.plain import plain_forms
from symderiv.equality.problem import Problem
from symderiv.equality.refute.curves import equations_in
from symderiv.equality.restricted.restriction import Restriction
from symderiv.expression.build import compare, number, subtract
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import FALSE, Apply, Expr, Variable


def where_equations_hold(problem: Problem) -> Iterator[Restriction]:
    """The problem on each of its equations that says what a real name is: ``b = a(1 + √2)``."""
    equations = [*equations_in(problem.a), *equations_in(problem.b)]
    for equation in dict.fromkeys(equations):
        solution = solved(equation)
        if solution is None or solution.never:
            continue
        if not isinstance(solution.unknown, Variable):  # an entry may be read under another index, too
            continue
        restricted = problem.mapped(solution.put_in)
        allowed = tuple(_allowed(solution.unknown, solution.value))
        if FALSE not in (*restricted.facts, *allowed):
            there_is_one = Apply("eq", (solution.value, solution.value))
            inside = replace(restricted, facts=(*restricted.facts, *allowed, there_is_one))
            yield Restriction(inside, (solution,))


def _allowed(unknown: Variable, value: Expr) -> Iterator[Expr]:
    """That the value is one that the name may have."""
    domain = unknown.kind.domain
    if domain.integer or domain.modulus != 1:
        yield FALSE
    if domain.lower is not None:
        yield compare("lt" if domain.lower_open else "le", number(domain.lower), value)
    if domain.upper is not None:
        yield compare("lt" if domain.upper_open else "le", value, number(domain.upper))


def solved(equation: Apply) -> Solution | None:
    """What an equation says that one of its names is."""
    for unknown, value in (equation.args, equation.args[::-1]):
        if isinstance(unknown, Variable) and unknown not in free_variables(value):
            return Solution(unknown, value)
    found = plain_forms(subtract(*equation.args))
    return None if found is None else solve(found[0].field, found[1][0].num)
