"""Integers at which something turns, however large: n isn't ``max(n, 10⁵⁰)``, nor ``5 if n == 99 else n``."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from math import lcm

from flint import fmpz_poly

from symderiv.equality.cells.solving import Solution
from symderiv.equality.evaluate.precision import PRECISIONS, precision
from symderiv.equality.problem import Problem
from symderiv.equality.refute.adapted import switches
from symderiv.equality.restricted.restriction import Restriction
from symderiv.expression.coefficients import coefficients_in
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import FALSE, Expr, Number, Variable

MAX_DEGREE, MAX_BORDERS = 4, 12
SMALL = 4  # up to here all integers are looked at anyway


def where_integers_turn(problem: Problem) -> Iterator[Restriction]:
    """The problem with an integer next to a root of one of its switches put in for a name."""
    found = dict.fromkeys(border for switch in switches(problem.sides) for border in _borders(switch))
    for name, value in islice(found, MAX_BORDERS):
        solution = Solution(name, Number(value))
        restricted = problem.mapped(solution.put_in)
        if FALSE not in restricted.facts:
            yield Restriction(restricted, (solution,))


def _borders(switch: Expr) -> Iterator[tuple[Variable, int]]:
    names = free_variables(switch)
    name = next(iter(names)) if len(names) == 1 else None
    if name is not None and _is_integer(name):
        yield from ((name, value) for value in _near_roots(switch, name))


def _is_integer(name: Variable) -> bool:
    """A number, and no index: that asks only about entries that there are."""
    return name.kind.domain.integer and not name.kind.shape and not name.kind.index


def _near_roots(switch: Expr, name: Variable) -> Iterator[int]:
    """Proposals: each is looked at exactly."""
    coefficients = coefficients_in(switch, name)
    if coefficients is None or not 1 < len(coefficients) <= MAX_DEGREE + 1:
        return
    numbers = [Fraction(c.value) for c in coefficients if isinstance(c, Number)]
    if len(numbers) < len(coefficients):
        return
    common = lcm(*(n.denominator for n in numbers))
    whole = [int(n * common) for n in numbers]
    with precision(PRECISIONS[0] + max(map(int.bit_length, whole))):
        roots = [root.real for root, _ in fmpz_poly(whole).complex_roots() if abs(root.imag) < 1]
        middles = [int(real.mid().floor().unique_fmpz() or 0) for real in roots]
    for middle in middles:
        for value in (middle, middle + 1, middle - 1):
            if abs(value) > SMALL and name.kind.domain.contains(value):
                yield value
