"""Facts that are equations, put in: Σ t = 1 puts 1 in for the sum, k = 2m puts 2m in for k."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symderiv.equality.cells.solving import Solution, solve
from symderiv.equality.facts import parts
from symderiv.equality.normal_forms.plain import difference, is_zero
from symderiv.equality.problem import Problem
from symderiv.equality.restricted.alternatives import MAX_CHOICES, alternatives
from symderiv.equality.restricted.restriction import Restriction
from symderiv.expression.affine import is_affine
from symderiv.expression.build import subtract
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import FALSE, TRUE, Apply, Binder, Expr, Index, Number, Variable, walk

MAX_EQUATIONS = 12


def with_equations_used(problem: Problem) -> Problem:
    """The problem with each fact that can be solved put in, one after the other."""
    return _used(problem, lambda solution: not solution.never).problem


def where_facts_give_values(problem: Problem) -> Iterator[Restriction]:
    """With each name put in of which the facts say what it is, in each case that they leave.

    There the others have null sets of their own.
    """
    if not problem.facts:
        return
    for case, others in ((problem, ()), *_cases(problem)):
        there = with_values_put_in(case)
        if there.solutions and FALSE not in there.problem.facts and not any(_holds(e, there) for e in others):
            yield there


def _cases(problem: Problem, choices: int = MAX_CHOICES) -> Iterator[tuple[Problem, tuple[Expr, ...]]]:
    """The cases that a fact leaves, each with what the others say, then in each those of the next fact.

    Only where they are equations. A case in which another one holds, too, is a part of that one, and rare
    there: ``x = y = 0``, where ``x in {0, 1}`` and ``x*y == 0`` are given.
    """
    cases = alternatives(problem) if choices else ()
    if not all(map(_is_equation, cases)):
        return
    chosen = [case.facts[-1] for case in cases]
    first = [(case, tuple(other for other in chosen if other is not case.facts[-1])) for case in cases]
    yield from first
    for case, others in first:
        yield from ((inner, (*others, *more)) for inner, more in _cases(case, choices - 1))


def _holds(equation: Expr, there: Restriction) -> bool:
    """Does it hold all over that part of the points?"""
    for solution in there.solutions:
        equation = solution.put_in(equation)
    is_open = isinstance(equation, Apply) and equation.head == "eq"  # numbers put in for integers fold
    return is_zero(subtract(*equation.children)) if is_open else equation == TRUE


def _is_equation(case: Problem) -> bool:
    """Does it differ from the others by an equation, so that none is a null set beside them?"""
    chosen = case.facts[-1]
    return isinstance(chosen, Apply) and chosen.head == "eq"


def with_values_put_in(problem: Problem) -> Restriction:
    """The problem with what facts say of names put in, where these surely may have the values."""
    sides = problem.expressions
    return _used(problem, lambda found: found.is_allowed and _is_read_by_name(found.unknown, sides))


def _is_read_by_name(unknown: Expr, sides: tuple[Expr, ...]) -> bool:
    """Is each entry of its array read by its number, so that none escapes when one is put in?"""
    if not isinstance(unknown, Index):
        return True
    reads = [node for side in sides for node in walk(side) if isinstance(node, Index)]
    fixed = all(isinstance(at, Number) for node in reads if node.base == unknown.base for at in node.indices)
    return fixed and not any(isinstance(node, Binder) for side in sides for node in walk(side))


def _used(problem: Problem, admits: Callable[[Solution], bool]) -> Restriction:
    found: list[Solution] = []
    while len(found) < MAX_EQUATIONS:
        solutions = (solution(fact) for fact in parts(problem.facts) if fact.head == "eq")
        first = next((each for each in solutions if each is not None and admits(each)), None)
        if first is None:
            break
        problem = problem.mapped(first.put_in)
        found.append(first)
    return Restriction(problem, tuple(found))


def solution(fact: Apply) -> Solution | None:
    """What an equation says of one unknown that it can be solved for."""
    for name, value in (fact.args, fact.args[::-1]):
        if _is_defined_by(name, value):
            return Solution(name, value)
    found = difference(*fact.args)
    if found is None or found[1].den or found[1].num.is_constant():
        return None
    return solve(found[0], found[1].num)


def _is_defined_by(name: Expr, value: Expr) -> bool:
    """Is it a real number that stands for a formula: ``p == 1/(1 + exp(-z))``?"""
    if isinstance(value, (Number, Variable, Index)):
        return False
    base = _real_number(name)
    return base is not None and base not in free_variables(value) and not is_affine(value)


def _real_number(name: Expr) -> Variable | None:
    """The name, or the array of an entry that is read by its number, of real values."""
    match name:
        case Variable() if not name.kind.shape:
            found = name
        case Index(base=Variable() as found, indices=at) if all(isinstance(k, Number) for k in at):
            pass
        case _:
            return None
    return None if found.kind.domain.integer else found
