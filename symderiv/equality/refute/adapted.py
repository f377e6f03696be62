"""Points between the places where an expression switches: kinks, case borders, borders of domains."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from flint import fmpq

from symderiv.equality.evaluate.point import Point
from symderiv.equality.rationals import fraction
from symderiv.equality.refute.coordinates import moved_to, real_coordinates, variable_of
from symderiv.equality.refute.facts import solve
from symderiv.expression.build import subtract
from symderiv.expression.tree import ONE, Apply, Expr, Number, walk

MAX_SWITCHES = 12
MAX_COORDINATES = 4


def switches(exprs: tuple[Expr, ...]) -> list[Expr]:
    """Expressions whose sign decides a case: arguments of abs, differences in max, sides of
    comparisons, what an integer part jumps at."""
    found: dict[Expr, None] = {}
    for expr in exprs:
        for node in walk(expr):
            if isinstance(node, Apply):
                found.update(dict.fromkeys(_switches_of(node)))
                if len(found) >= MAX_SWITCHES:
                    return list(found)[:MAX_SWITCHES]
    return list(found)


def _switches_of(node: Apply) -> Iterator[Expr]:
    if node.head in ("abs", "sign", "heaviside", "log"):
        yield node.args[0]
    elif node.head == "floor":
        yield node.args[0]
        yield subtract(node.args[0], ONE)
    elif node.head in ("max", "min"):
        for a, b in pairwise(node.args):
            yield subtract(a, b)
    elif node.head in ("lt", "le", "eq", "ne", "delta"):
        yield subtract(*node.args)
    elif node.head == "pow" and not (isinstance(node.args[1], Number) and node.args[1].value > 0):
        yield node.args[0]


def adapted_points(base: Point, exprs: tuple[Expr, ...], on_the_border: bool) -> Iterator[Point]:
    """Along each real coordinate of the base point: between neighbouring switches, beyond the last ones."""
    found = switches(exprs)
    borders: dict[Expr, set[fmpq]] = {}
    for switch in found:
        for atom in real_coordinates(base, switch)[:MAX_COORDINATES]:
            moved = solve(base, switch, atom, fmpq(0))
            if moved is not None:
                borders.setdefault(atom, set()).add(moved.values[atom])
                if on_the_border:
                    yield moved
    for atom, values in borders.items():
        for value in between(sorted(values)):
            if variable_of(atom).kind.domain.contains(fraction(value)):
                yield moved_to(base, atom, value)


def between(borders: list[fmpq]) -> Iterator[fmpq]:
    """One number in each cell that the borders cut the line into, and some close to each border."""
    for a, b in pairwise(borders):
        quarter = (b - a) / 4
        yield simplest(a + quarter, b - quarter)
    yield simplest(borders[0] - 2, borders[0] - 1)
    yield simplest(borders[-1] + 1, borders[-1] + 2)
    for border in borders:
        for step in (fmpq(1, 100), fmpq(-1, 100)):
            yield simplest(*sorted((border + step, border + step / 2)))


def simplest(low: fmpq, high: fmpq) -> fmpq:
    """The fraction with the smallest denominator in ``[low, high]``, of these the one next to 0.

    >>> [str(simplest(fmpq(*low), fmpq(*high))) for low, high in (((5, 9), (7, 9)), ((-5, 2), (-7, 3)))]
    ['2/3', '-5/2']
    """
    if high < 0:
        return -simplest(-high, -low)
    whole = fmpq(max(low, fmpq(0)).ceil())
    if whole <= high:
        return whole
    return whole - 1 + 1 / simplest(1 / (high - whole + 1), 1 / (low - whole + 1))
