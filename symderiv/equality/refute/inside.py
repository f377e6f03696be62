"""Points moved into a region: along one coordinate after the other to where more of its conditions hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from flint import fmpq

from symderiv.equality.evaluate.evaluator import Evaluator
from symderiv.equality.evaluate.point import Point
from symderiv.equality.evaluate.values import NotDecided, NoValue
from symderiv.equality.rationals import fraction
from symderiv.equality.refute.adapted import MAX_COORDINATES, MAX_SWITCHES, between
from symderiv.equality.refute.coordinates import coordinate, moved_to, real_coordinates, variable_of
from symderiv.equality.refute.facts import solve
from symderiv.expression.build import subtract
from symderiv.expression.parts import conjuncts
from symderiv.expression.tree import Apply, Cases, Expr

COMPARISONS = frozenset(("lt", "le", "ne", "eq"))
MAX_REGIONS = 4
MAX_ROUNDS = 3
WIDTH = 12  # points that are moved on beside each other
MAX_TRIED = 2000  # points for all regions: no more than a search for a witness is worth

Conditions = tuple[Apply, ...]


def points_in_cases(bases: Sequence[Point], sides: tuple[Expr, ...]) -> Iterator[Point]:
    """A point in each of the cases that the sides are made of, as far as one is found from these."""
    cases = [condition for side in sides if isinstance(side, Cases) for condition, _ in side.branches]
    tries = iter(range(MAX_TRIED))
    for base in bases if cases else ():
        for condition in list(dict.fromkeys(cases))[:MAX_REGIONS]:
            found = moved_inside(base, condition, tries)
            if found is not None:
                yield found


def moved_inside(point: Point, region: Expr, tries: Iterator[int] | None = None) -> Point | None:
    """The point moved to where all comparisons of a conjunction hold, if that is reached step by step.

    >>> from symderiv.expression.build import compare, conjunction, number
    >>> from symderiv.expression.tree import Variable
    >>> x, y = Variable("x"), Variable("y")
    >>> strip = conjunction(compare("lt", number(3), x), compare("lt", x, y), compare("lt", y, number(4)))
    >>> found = moved_inside(Point({x: fmpq(0), y: fmpq(0)}), strip)
    >>> str(found.values[x]), str(found.values[y])
    ('301/100', '7/2')
    """
    parts = conjuncts(region)
    conditions = tuple(each for each in parts if isinstance(each, Apply) and each.head in COMPARISONS)
    if not 0 < len(conditions) == len(parts) <= MAX_SWITCHES:
        return None
    left = count() if tries is None else tries
    beam = [point]
    for _ in range(MAX_ROUNDS):
        for atom in _coordinates(point, conditions):
            ranked = sorted(_ranked(beam, atom, conditions, left), key=lambda found: found[:2])
            if not ranked:
                return None
            if ranked[0][0] == 0:
                return ranked[0][2]
            beam = [there for _, _, there in ranked[:WIDTH]]
    return None


def _ranked(
    beam: list[Point], atom: Expr, conditions: Conditions, tries: Iterator[int]
) -> Iterator[tuple[int, int, Point]]:
    """Points along a coordinate, each with the number of conditions that fail, and its length there."""
    met: set[tuple[object, ...]] = set()
    for there in (there for point in beam for there in _along(point, atom, conditions)):
        key = tuple(there.values.items())
        if key not in met:
            if next(tries, None) is None:
                return
            met.add(key)
            yield _failing(there, conditions), there.values[atom].height_bits(), there


def _coordinates(point: Point, conditions: Conditions) -> list[Expr]:
    read = dict.fromkeys(atom for condition in conditions for atom in real_coordinates(point, condition))
    return list(read)[:MAX_COORDINATES]


def _along(point: Point, atom: Expr, conditions: Conditions) -> Iterator[Point]:
    """The point, and moved along a coordinate to between, and beyond, the borders of the conditions."""
    yield moved_to(point, atom, coordinate(point, atom))
    gaps = (subtract(*condition.args) for condition in conditions)
    borders = {moved.values[atom] for gap in gaps if (moved := solve(point, gap, atom, fmpq(0))) is not None}
    for value in between(sorted(borders)) if borders else ():
        if variable_of(atom).kind.domain.contains(fraction(value)):
            yield moved_to(point, atom, value)


def _failing(point: Point, conditions: Conditions) -> int:
    """How many of the conditions aren't sure to hold at the point."""
    return sum(not _holds(Evaluator(point), condition) for condition in conditions)


def _holds(evaluator: Evaluator, condition: Expr) -> bool:
    try:
        return evaluator.truth(condition)
    except (NoValue, NotDecided):
        return False
