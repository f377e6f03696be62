"""Points moved onto several equations at once: ``A x = b`` solved for x, b or the entries of A.

Of an array, or of the numbers by themselves, in which all gaps are affine: M δ = -g, by elimination, whatever
stays free left as it was. Whether the equations hold at the point found is for the caller to see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice

from flint import fmpq, fmpq_mat

from symderiv.equality.evaluate.evaluator import Evaluator
from symderiv.equality.evaluate.point import Coordinate, Point
from symderiv.equality.evaluate.values import NotDecided, NoValue
from symderiv.equality.refute.coordinates import coordinate, real_coordinates, variable_of
from symderiv.expression.build import subtract
from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import TRUE, Apply, Binder, Expr, Index, Number

MAX_EQUATIONS = 12
MAX_ARRAYS = 4
MAX_CELLS = 300  # of the system: what needs more is found at smaller sizes

Reads = dict[Expr, None]


def points_on_all(point: Point, facts: Sequence[Expr]) -> Iterator[Point]:
    """The point moved along one array after the other until all equations among the facts hold."""
    try:
        gaps = list(islice((gap for fact in facts for gap in _gaps(point, fact)), MAX_EQUATIONS + 1))
        if not 0 < len(gaps) <= MAX_EQUATIONS:
            return
        reads = [dict.fromkeys(real_coordinates(point, gap)) for gap in gaps]
    except (NoValue, NotDecided):
        return
    for unknowns in _groups(reads)[:MAX_ARRAYS]:
        if len(unknowns) * len(gaps) <= MAX_CELLS:
            with suppress(NoValue, NotDecided):
                moved = _solved(point, list(zip(gaps, reads, strict=True)), unknowns)
                if moved is not None:
                    yield moved


def _gaps(point: Point, fact: Expr) -> Iterator[Expr]:
    """What is 0 where the equations hold of which a fact is made, each for one value of an index."""
    match fact:
        case Apply(head="eq", args=sides):
            yield subtract(*sides)
        case Apply(head="and", args=parts):
            for part in parts:
                yield from _gaps(point, part)
        case Binder(kind="forall", lower=Expr() as lower, upper=Expr() as upper) if fact.condition == TRUE:
            low, high = (Evaluator(point).value(end) for end in (lower, upper))
            if isinstance(low, fmpq) and isinstance(high, fmpq):
                for k in range(int(low), int(high) + 1):
                    yield from _gaps(point, instantiate(fact.body, {fact.variable: Number(k)}))


def _groups(reads: list[Reads]) -> list[list[Expr]]:
    """The coordinates that the gaps read, array by array; numbers by themselves are one more group."""
    found: defaultdict[object, Reads] = defaultdict(dict)
    for atom in (atom for read in reads for atom in read):
        found[variable_of(atom) if isinstance(atom, Index) else None][atom] = None
    return [list(group) for group in found.values()]


def _solved(point: Point, gaps: list[tuple[Expr, Reads]], unknowns: list[Expr]) -> Point | None:
    """The point at which affine gaps are 0; None where they never are all, or aren't exact."""
    here = [coordinate(point, atom) for atom in unknowns]
    start = [_height(point, gap) for gap, _ in gaps]
    columns = []
    for atom, value in zip(unknowns, here, strict=True):
        there = _moved(point, [atom], [value + 1])
        column = [
            _height(there, gap) - low if atom in reads else fmpq(0)
            for (gap, reads), low in zip(gaps, start, strict=True)
        ]
        columns.append(column)
    rows = [[*(column[r] for column in columns), -low] for r, low in enumerate(start)]
    steps = _eliminated(rows)
    if steps is None:
        return None
    return _moved(point, unknowns, [v + step for v, step in zip(here, steps, strict=True)])


def _eliminated(rows: list[list[fmpq]]) -> list[fmpq] | None:
    """A solution of the system with these augmented rows, its free unknowns 0."""
    width = len(rows[0]) - 1
    reduced, rank = fmpq_mat(rows).rref()
    steps = [fmpq(0)] * width
    for r in range(rank):
        lead = next(c for c in range(width + 1) if reduced[r, c] != 0)
        if lead == width:
            return None
        steps[lead] = reduced[r, width]
    return steps


def _height(point: Point, gap: Expr) -> fmpq:
    found = Evaluator(point).value(gap)
    if not isinstance(found, fmpq):
        raise NotDecided("no exact value", sharper=False)
    return found


def _moved(point: Point, unknowns: list[Expr], values: list[fmpq]) -> Point:
    changed: dict[Expr, Coordinate] = dict(zip(unknowns, values, strict=True))
    return Point({**point.values, **point.reads, **changed}, point.functions, point.pattern)
