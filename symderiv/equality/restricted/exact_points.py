"""Conditions at points that no rational number names: ``cos x = -1`` holds at π, ``x² = 2`` at √2.

Where one unknown solves an equation, or an angle is a part of a turn, the value is put in; what is left are
conditions between constants, and each of them is decided like any other pair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice

from symderiv.equality.cells.quadratic_roots import quadratic_roots
from symderiv.equality.cells.solving import solve
from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.equality.normal_forms.plain import difference, irreducible_factors
from symderiv.equality.problem import Problem
from symderiv.equality.verdict import Different, Equal, Verdict, Witness
from symderiv.expression.build import divide, mul, number, subtract
from symderiv.expression.coefficients import coefficients_in
from symderiv.expression.instantiation import refold
from symderiv.expression.printing.display import readable
from symderiv.expression.printing.text import to_text
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import FALSE, PI, TRUE, Apply, Expr, Variable, transform, walk

Decide = Callable[[Problem], Verdict]
ANGLES = frozenset(("sin", "cos", "tan"))
TURNS = tuple(Fraction(n, 12) for n in (12, 6, 3, 4, 2, 24, 18, 15, 9, 8, -12, -6))
COMPARISONS = frozenset(("eq", "ne", "lt", "le"))
MAX_POINTS = 16


def at_exact_points(given: Problem, decide: Decide) -> Witness | None:
    """A point at which just one of two conditions on one real name holds."""
    names = free_variables(given.a) | free_variables(given.b)
    if len(names) != 1 or given.facts or not (is_condition(given.a) and is_condition(given.b)):
        return None
    (name,) = names
    if name.kind.domain.integer or name.kind.shape or name.kind.function:
        return None
    for value in islice(_values(given, name), MAX_POINTS):
        there = [_truth(_put_in(side, name, value), decide) for side in given.sides]
        a, b, defined_a, defined_b = there
        if defined_a and defined_b and None not in (a, b) and a != b and _allowed(name, value):
            return Witness(((name.name, to_text(readable(value))),), _text(a), _text(b))
    return None


def _text(holds: bool | None) -> str:
    return "true" if holds else "false"


def _allowed(name: Variable, value: Expr) -> bool:
    """Does the value surely lie in the domain of the name?"""
    domain = name.kind.domain
    bounds = [Apply("lt", (number(low), value)) for low in (domain.lower,) if low is not None]
    bounds += [Apply("lt", (value, number(high))) for high in (domain.upper,) if high is not None]
    return all(evaluate(bound, {}) is True for bound in bounds)


def _put_in(side: Expr, name: Variable, value: Expr) -> Expr:
    there = substitute(side, {name: value})
    return transform(there, lambda node: refold(node, node.children) if node.children else node)


def _values(given: Problem, name: Variable) -> Iterator[Expr]:
    """Where one of the comparisons may turn."""
    for side in (given.a, given.b):
        for node in walk(side):
            if isinstance(node, Apply) and node.head in COMPARISONS:
                yield from _zeros(node, name)
    for node in (*walk(given.a), *walk(given.b)):
        if isinstance(node, Apply) and node.head in ANGLES:
            line = coefficients_in(node.args[0], name)
            if line is not None and len(line) == 2:
                yield from (divide(subtract(mul(number(turn), PI), line[0]), line[1]) for turn in TURNS)


def _zeros(node: Apply, name: Variable) -> Iterator[Expr]:
    """The numbers at which both sides are the same: of a linear factor, or of a quadratic one."""
    found = difference(*node.args)
    if found is None or found[1].num.is_constant():
        return
    field, gap = found
    for factor in irreducible_factors(field, gap.num):
        solution = solve(field, factor)
        if solution is not None and not solution.never and not free_variables(solution.value):
            yield solution.value
    coefficients = coefficients_in(subtract(*node.args), name)
    if coefficients is not None and len(coefficients) == 3:
        yield from quadratic_roots(coefficients)


def _truth(condition: Expr, decide: Decide) -> bool | None:
    """Whether a condition between constants holds, if that is proved."""
    if condition in (TRUE, FALSE):
        return condition == TRUE
    if not isinstance(condition, Apply) or free_variables(condition):
        return None
    if condition.head == "not":
        inner = _truth(condition.args[0], decide)
        return None if inner is None else not inner
    if condition.head in ("and", "or"):
        parts = [_truth(part, decide) for part in condition.args]
        settles = condition.head == "or"
        return settles if settles in parts else None if None in parts else not settles
    if condition.head not in COMPARISONS:
        return None
    return _compared(condition, decide)


def _compared(condition: Apply, decide: Decide) -> bool | None:
    found = evaluate(condition, {})
    if isinstance(found, bool):
        return found
    left, right = condition.args
    verdict = decide(Problem(left, right))
    if isinstance(verdict, Equal):
        return condition.head in ("eq", "le")
    if isinstance(verdict, Different) and verdict.witness.has_values and condition.head in ("eq", "ne"):
        return condition.head == "ne"
    return None
