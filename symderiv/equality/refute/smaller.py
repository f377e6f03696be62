"""From a point at which two answers differ to smaller sizes and indices, as a person would pick them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from flint import fmpq

from symderiv.equality.evaluate.point import Point
from symderiv.equality.evaluate.values import ZERO
from symderiv.equality.refute.atoms import Atoms
from symderiv.equality.refute.integers import Assignment, small_assignments
from symderiv.expression.tree import Expr

MAX_LOOKED_AT = 60
MAX_SMALLER = 8


def smaller_points(atoms: Atoms, facts: tuple[Expr, ...], found: Point) -> Iterator[Point]:
    """The same point at smaller integers, the smallest first."""
    sized = [variable for variable in atoms.integers if variable in found.values]
    here = size_of({variable: found.values[variable] for variable in sized})
    supply = islice(small_assignments(atoms.integers, facts), MAX_LOOKED_AT)
    smaller = sorted((each for each in supply if size_of(each) < here), key=size_of)
    for integers in smaller[:MAX_SMALLER]:
        yield Point({**found.values, **integers}, found.functions, found.pattern)


def size_of(integers: Assignment) -> tuple[fmpq, fmpq]:
    """How large an assignment looks: its largest number, then the sum of all."""
    sizes = [abs(value) for value in integers.values()]
    return max(sizes, default=ZERO), sum(sizes, ZERO)
