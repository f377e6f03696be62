"""Equations between integers (delta(i, j), i = j, i ≠ j) told apart: both cases are proved by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.equality.cells.solving import Solution, solve
from symderiv.equality.normal_forms.generators import Field, Poly
from symderiv.equality.normal_forms.integrality import is_integer
from symderiv.equality.normal_forms.plain import difference
from symderiv.equality.normal_forms.rational import Element
from symderiv.equality.problem import Problem
from symderiv.expression.instantiation import instantiate
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import FALSE, TRUE, ZERO, Apply, Binder, Expr, transform

EQUATIONS = ("delta", "eq", "ne")


def equations(expr: Expr) -> Iterator[Apply]:
    """The equations outside of binders."""
    stack = [expr]
    while stack:
        node = stack.pop()
        if isinstance(node, Apply) and node.head in EQUATIONS:
            yield node
        if not isinstance(node, Binder):
            stack.extend(reversed(node.children))


def undecided_equation(problem: Problem) -> Expr | None:
    """The first equation between integers that one of its unknowns solves."""
    for side in problem.sides:
        for node in equations(side):
            if solution_of(node) is not None:
                return Apply("eq", node.args)
    return None


def gap_of(node: Apply) -> tuple[Field, Element] | None:
    """The difference of the two sides, where it is a polynomial in integers."""
    found = difference(*node.args)
    return found if found is not None and is_integer(*found) else None


def solution_of(node: Apply) -> Solution | None:
    found = gap_of(node)
    if found is None or found[1].num.is_constant():
        return None
    solution = solve(found[0], found[1].num)
    return None if solution is None or solution.never else solution


def told_apart(problem: Problem, equation: Expr) -> list[Problem]:
    """The problem where the equation holds, and where it doesn't."""
    assert isinstance(equation, Apply)
    solution = solution_of(equation)
    assert solution is not None
    equal = problem.mapped(solution.put_in)
    cases = [] if FALSE in equal.facts else [equal]
    different = problem.mapped(_Apart(equation).put_in)
    unequal = Apply("ne", equation.args)
    return [*cases, replace(different, facts=(*different.facts, unequal))]


class _Apart:
    """Every equation that says the same (up to its sign) is made false."""

    def __init__(self, equation: Apply) -> None:
        self.equation = equation
        self.names = free_variables(equation)
        found = gap_of(equation)
        assert found is not None
        self.text = _direction(*found)

    def put_in(self, expr: Expr) -> Expr:
        return instantiate(transform(expr, self._rule), {})

    def _rule(self, node: Expr) -> Expr:
        if not (isinstance(node, Apply) and node.head in EQUATIONS and free_variables(node) == self.names):
            return node
        if node.args != self.equation.args:
            found = gap_of(node)
            if found is None or _direction(*found) != self.text:
                return node
        return {"delta": ZERO, "eq": FALSE, "ne": TRUE}[node.head]


def _direction(field: Field, gap: Element) -> str:
    """The same for a gap and its multiples, whatever the order in which its unknowns were met."""
    used = field.used(gap.num)
    terms: list[tuple[list[tuple[str, int]], Poly]] = []
    for exponents, coefficient in zip(gap.num.monoms(), gap.num.coeffs(), strict=True):
        powers = sorted((g.label, int(exponents[g.position])) for g in used if exponents[g.position])
        terms.append((powers, coefficient))
    terms.sort(key=lambda term: repr(term[0]))
    if not terms:
        return "0"
    lead = terms[0][1]
    return repr([(powers, str(coefficient / lead)) for powers, coefficient in terms])
