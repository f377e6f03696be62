"""The coordinates of a point: which ones an expression reads, whose they are, how one is changed."""

from __future__ import annotations

from contextlib import suppress

from flint import fmpq

from symderiv.equality.evaluate.evaluator import Evaluator
from symderiv.equality.evaluate.point import Point
from symderiv.equality.evaluate.values import NotDecided, NoValue
from symderiv.expression.tree import Expr, Index, Variable


def real_coordinates(point: Point, expr: Expr) -> list[Expr]:
    """The real scalars and entries that the expression reads at this point."""
    fresh = Point(point.values, point.functions, point.pattern)
    with suppress(NoValue, NotDecided):
        Evaluator(fresh).any_value(expr)
    return [atom for atom in fresh.reads if not variable_of(atom).kind.domain.integer]


def variable_of(atom: Expr) -> Variable:
    """The name that a coordinate belongs to."""
    base = atom.base if isinstance(atom, Index) else atom
    assert isinstance(base, Variable)
    return base


def moved_to(point: Point, atom: Expr, value: fmpq) -> Point:
    """The point with one coordinate changed."""
    return Point({**point.values, **point.reads, atom: value}, point.functions, point.pattern)


def coordinate(point: Point, atom: Expr) -> fmpq:
    """The value of a coordinate, given or filled in."""
    value = Evaluator(point).value(atom)
    assert isinstance(value, fmpq)
    return value
