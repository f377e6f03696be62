"""Integers at which a comparison turns, however large: ``n`` isn't ``5 if n == 1000003 else n``."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from math import lcm

from flint import fmpz_poly

from symderiv.equality.cells.solving import Solution
from symderiv.equality.problem import Problem
from symderiv.equality.restricted.restriction import Restriction
from symderiv.expression.build import subtract
from symderiv.expression.coefficients import coefficients_in
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import FALSE, Apply, Expr, Number, Variable, walk

COMPARISONS = frozenset(("eq", "ne", "lt", "le"))
MAX_DEGREE, MAX_BORDERS = 4, 12
SMALL = 4  # up to here all integers are looked at anyway


def where_integers_turn(problem: Problem) -> Iterator[Restriction]:
    """The problem with an integer next to a root of one of its comparisons put in for a name."""
    found = dict.fromkeys(border for side in problem.sides for border in _borders(side))
    for name, value in islice(found, MAX_BORDERS):
        solution = Solution(name, Number(value))
        restricted = problem.mapped(solution.put_in)
        if FALSE not in restricted.facts:
            yield Restriction(restricted, (solution,))


def _borders(side: Expr) -> Iterator[tuple[Variable, int]]:
    for node in walk(side):
        if isinstance(node, Apply) and node.head in COMPARISONS:
            names = free_variables(node)
            name = next(iter(names)) if len(names) == 1 else None
            if name is not None and _is_integer(name):
                yield from ((name, value) for value in _near_roots(node, name))


def _is_integer(name: Variable) -> bool:
    """A number, and no index: that asks only about entries that there are."""
    return name.kind.domain.integer and not name.kind.shape and not name.kind.index


def _near_roots(comparison: Apply, name: Variable) -> Iterator[int]:
    """Proposals: each is looked at exactly."""
    coefficients = coefficients_in(subtract(*comparison.args), name)
    if coefficients is None or not 1 < len(coefficients) <= MAX_DEGREE + 1:
        return
    numbers = [Fraction(c.value) for c in coefficients if isinstance(c, Number)]
    if len(numbers) < len(coefficients):
        return
    common = lcm(*(n.denominator for n in numbers))
    for root, _ in fmpz_poly([int(n * common) for n in numbers]).complex_roots():
        if abs(root.imag) < 1:
            middle = int(root.real.floor().unique_fmpz() or 0)
            for value in (middle, middle + 1, middle - 1):
                if abs(value) > SMALL and name.kind.domain.contains(value):
                    yield value
