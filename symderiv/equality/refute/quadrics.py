"""Rational points of circles, spheres and other quadrics: where a line through one of them meets it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import product

from flint import fmpq

from symderiv.equality.evaluate.evaluator import Evaluator
from symderiv.equality.evaluate.point import Point
from symderiv.equality.evaluate.values import NotDecided, NoValue
from symderiv.equality.rationals import fraction
from symderiv.equality.refute.coordinates import coordinate, real_coordinates, variable_of
from symderiv.expression.build import subtract
from symderiv.expression.tree import Apply, Expr

MAX_COORDINATES, MAX_MOVED = 8, 3
MAX_FEET = 6
_SMALL = tuple(map(fmpq, (0, 1, -1, 2, -2)))


def points_on_quadric(point: Point, fact: Expr) -> Iterator[Point]:
    """Points on the quadric that an equation states, on lines from small points of it to this point.

    Whether it is one, and whether all else that is asked of the points holds, is for the caller to see.

    >>> from symderiv.expression.build import add, compare, mul
    >>> from symderiv.expression.tree import ONE, Variable
    >>> x, y = Variable("x"), Variable("y")
    >>> circle = compare("eq", add(mul(x, x), mul(y, y)), ONE)
    >>> found = next(points_on_quadric(Point({x: fmpq(1), y: fmpq(2)}), circle))
    >>> str(found.values[x]), str(found.values[y])
    ('-1', '0')
    """
    if not isinstance(fact, Apply) or fact.head != "eq":
        return
    gap = subtract(*fact.args)
    atoms = real_coordinates(point, gap)
    if not 1 < len(atoms) <= MAX_COORDINATES:
        return
    with suppress(NoValue, NotDecided):
        here = [coordinate(point, atom) for atom in atoms]
        for foot in _feet(point, gap, atoms):
            met = _met_again(point, gap, atoms, foot, [b - a for a, b in zip(foot, here, strict=True)])
            if met is not None and _are_allowed(atoms, met):
                yield _at(point, atoms, met)


def _feet(point: Point, gap: Expr, atoms: list[Expr]) -> Iterator[list[fmpq]]:
    """Small points at which the gap is 0, whether the names may be there or not."""
    rest = [fmpq(0)] * (len(atoms) - MAX_MOVED)
    count = 0
    for small in product(_SMALL, repeat=min(len(atoms), MAX_MOVED)):
        foot = [*small, *rest]
        if _height(point, gap, atoms, foot) == 0:
            yield foot
            count += 1
            if count == MAX_FEET:
                return


def _met_again(
    point: Point, gap: Expr, atoms: list[Expr], foot: list[fmpq], way: list[fmpq]
) -> list[fmpq] | None:
    """Where the line from a foot meets the quadric once more: ``a t + b t² = 0`` at ``t = -a/b``."""
    ahead, behind = (
        _height(point, gap, atoms, [start + sign * step for start, step in zip(foot, way, strict=True)])
        for sign in (1, -1)
    )
    slope, bend = (ahead - behind) / 2, (ahead + behind) / 2
    if slope == 0 or bend == 0:
        return None
    return [start - slope / bend * step for start, step in zip(foot, way, strict=True)]


def _are_allowed(atoms: list[Expr], values: list[fmpq]) -> bool:
    pairs = zip(atoms, values, strict=True)
    return all(variable_of(atom).kind.domain.contains(fraction(value)) for atom, value in pairs)


def _at(point: Point, atoms: list[Expr], values: list[fmpq]) -> Point:
    moved: dict[Expr, fmpq] = dict(zip(atoms, values, strict=True))
    return Point({**point.values, **point.reads, **moved}, point.functions, point.pattern)


def _height(point: Point, gap: Expr, atoms: list[Expr], values: list[fmpq]) -> fmpq:
    found = Evaluator(_at(point, atoms, values)).value(gap)
    if not isinstance(found, fmpq):
        raise NotDecided("no exact value", sharper=False)
    return found
