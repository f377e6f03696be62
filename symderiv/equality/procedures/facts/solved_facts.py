"""Equations that are given, solved by undoing a function or dividing by what is never 0, and put in.

``eˣ = 3`` puts log 3 in for x, ``x y = 1`` for a positive y puts 1/y. Those that are linear with numbers for
coefficients are put in before anything else (`restricted.given_values`).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from symderiv.equality.cells.solving import Solution, solve
from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.facts import parts
from symderiv.equality.normal_forms.generators import Field, Poly
from symderiv.equality.normal_forms.plain import difference
from symderiv.equality.normal_forms.reading import generator_expr, to_expr
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.one_to_one import taken_away
from symderiv.equality.proof import Proof, Prove
from symderiv.equality.rationals import fraction
from symderiv.expression.build import compare, function, mul, negative, number, power
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ZERO, Apply, Expr, Number, Variable

MAX_EQUATIONS = 4
INVERSES = {"exp": "log", "log": "exp", "tanh": "atanh", "atanh": "tanh", "atan": "tan"}


def by_solved_facts(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with the names put in of which such equations say what they are."""
    restated = problem
    for _ in range(MAX_EQUATIONS):
        found = _solved(restated)
        if found is None:
            break
        fact, solution = found
        others = tuple(each for each in parts(restated.facts) if each is not fact)
        restated = replace(restated, facts=others).mapped(solution.put_in)
    if restated.sides == problem.sides:
        return None
    proof = prove(restated)
    return proof and proof.through("equations that are given, solved")


def _solved(problem: Problem) -> tuple[Expr, Solution] | None:
    known = knowledge(problem.facts)
    for fact in parts(problem.facts):
        if fact.head == "eq":
            left, right = fact.args
            solution = _solution(left, right, known)
            if solution is not None and not solution.never:
                return fact, solution
    return None


def _solution(left: Expr, right: Expr, known: Knowledge) -> Solution | None:
    """What an equation says that a name is: functions undone first, a single exponential last."""
    for side, value in ((left, right), (right, left)):
        undone = taken_away(side, value) or _undone(side, value, known)
        if undone is not None:
            return _solution(*undone, known)
        if _is_real_name(side) and not free_variables(side) & free_variables(value):
            return Solution(side, value)
    found = difference(left, right)
    if found is None or found[1].num.is_constant():
        return None
    field, gap = found
    solution = solve(field, gap.num, lambda slope: 0 not in known.signs(to_expr(field, slope)))
    return solution or _of_exponential(field, gap.num, known)


def _is_real_name(side: Expr) -> bool:
    return isinstance(side, Variable) and not side.kind.domain.integer


def _undone(side: Expr, value: Expr, known: Knowledge) -> tuple[Expr, Expr] | None:
    """``f(u) = c`` as ``u = f⁻¹(c)``; c is a value of f wherever the equation holds."""
    match side:
        case Apply(head=head, args=(u,)) if head in INVERSES and free_variables(u):
            return u, function(INVERSES[head], value)
        case Apply(head="pow", args=(Number(value=base), u)) if base > 0 and base != 1 and free_variables(u):
            return mul(u, function("log", number(base))), function("log", value)
        case Apply(head="pow", args=(u, Number(value=n))):
            root = power(value, number(1 / Fraction(n)))
            if known.implies(compare("lt", ZERO, u)):
                return u, root
            if n % 2 == 0 and known.implies(compare("lt", u, ZERO)):
                return u, negative(root)
    return None


def _of_exponential(field: Field, gap: Poly, known: Knowledge) -> Solution | None:
    """Of ``a eᵘ + b = 0``, with numbers a and b of different signs."""
    used = field.used(gap)
    if len(used) != 1 or used[0].kind != "exp" or gap.total_degree() != 1:
        return None
    slope, rest = gap.leading_coefficient(), gap.subs({f"g{used[0].position}": 0})
    value = 0 if rest.is_zero() else fraction(-rest.leading_coefficient() / slope)
    return _solution(generator_expr(field, used[0]), number(value), known) if value > 0 else None
