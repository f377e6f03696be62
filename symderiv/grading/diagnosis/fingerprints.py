"""Values at a few fixed points, by which most wrong forms are passed over without a proof.

A fingerprint never judges: it only spares the attempt to prove an answer equal to a form from which it
differs at one of them. Sizes, numbers, entries and functions get their values by their names alone, so that
any two meanings of a question are seen at the same point; it lies where the question's facts hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from math import prod
from typing import TypeAlias

from flint import fmpq

from symderiv.equality.evaluate.evaluator import Evaluator
from symderiv.equality.evaluate.opaque import Polynomial
from symderiv.equality.evaluate.point import Point
from symderiv.equality.evaluate.precision import precision
from symderiv.equality.evaluate.values import UNDEFINED, UNKNOWN, Missing, NotDecided, NoValue, Value, same
from symderiv.equality.refute.atoms import atoms
from symderiv.equality.refute.facts import repaired
from symderiv.equality.refute.integers import assignments
from symderiv.errors import SymderivError
from symderiv.expression.tree import Expr, Variable
from symderiv.grading.diagnosis.generic_point import GenericPoint, generic_number
from symderiv.tensor import Listing, Meaning, Record, Tensor

Seen: TypeAlias = Value | bool | Missing

MAX_ENTRIES = 24
BITS = 128
POINTS = 3
"""Small sizes coincide: floor(n/2) and floor(n/3) are alike at n = 4."""


class Entries:
    """Some entries of an array, each evaluated when it is looked at: mostly the first tells two apart."""

    __slots__ = ("_found", "_point", "_positions", "_seen")

    def __init__(self, found: Tensor, positions: tuple[tuple[int, ...], ...], point: GenericPoint) -> None:
        self._found, self._positions, self._point = found, positions, point
        self._seen: list[Seen] = []

    def __iter__(self) -> Iterator[Seen]:
        for number, at in enumerate(self._positions):
            if number == len(self._seen):
                self._seen.append(_entry(self._found, at, self._point))
            yield self._seen[number]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The sizes other than 1 and some entries of an array; of named results and lists, each one's own."""

    shape: tuple[int, ...]
    entries: Iterable[Seen] = ()
    parts: tuple[tuple[str, Fingerprint | None], ...] = ()


class Fingerprints:
    """What a meaning looks like at the points of its question, each looked at when it is asked for."""

    def __init__(self, found: Meaning, facts: tuple[Expr, ...] = ()) -> None:
        self._found, self._facts = found, facts
        self._seen: list[Fingerprint | None] = []

    def __iter__(self) -> Iterator[Fingerprint | None]:
        for turn in range(POINTS):
            if turn == len(self._seen):
                self._seen.append(fingerprint(self._found, self._facts, turn))
            yield self._seen[turn]


def fingerprint(found: Meaning, facts: tuple[Expr, ...] = (), turn: int = 0) -> Fingerprint | None:
    """What a meaning looks like at a point of its question; None where nothing can be seen.

    >>> list(fingerprint(Tensor.table([1, 2])).entries)
    [1, 2]
    """
    try:
        with precision(BITS):
            if isinstance(found, Tensor):
                return _of_tensor(found, facts, turn)
            return _of_parts(found, facts, turn)
    except (SymderivError, ArithmeticError, RecursionError, NoValue, NotDecided):
        return None


def _of_parts(found: Record | Listing, facts: tuple[Expr, ...], turn: int) -> Fingerprint | None:
    if isinstance(found, Record):
        named = sorted(found.items, key=_name)
        return Fingerprint((), parts=tuple((n, fingerprint(v, facts, turn)) for n, v in named))
    if found.kind == "set":
        return None
    items = enumerate(found.items)
    return Fingerprint((), parts=tuple((str(k), fingerprint(v, facts, turn)) for k, v in items))


def _name(item: tuple[str, Meaning]) -> str:
    return item[0]


def _of_tensor(found: Tensor, facts: tuple[Expr, ...], turn: int) -> Fingerprint | None:
    where = _point(facts, turn)
    if where is None:
        return None
    point = _with_functions(where, found)
    shape = tuple(_size(size, point) for size in found.shape)
    return Fingerprint(
        tuple(n for n in shape if n != 1), Entries(found, tuple(_some_positions(shape)), point)
    )


@lru_cache(maxsize=1024)
def _point(facts: tuple[Expr, ...], turn: int) -> GenericPoint | None:
    """A point at which the facts hold; None where none is found at once."""
    if not facts:
        return GenericPoint({}, turn=turn)
    named = atoms(facts)
    integers = next(islice(assignments(named.integers, facts), turn, None), None)
    if integers is None:
        return None
    reals: dict[Expr, fmpq] = {variable: generic_number(variable, (), turn) for variable in named.reals}
    with precision(BITS):
        moved = repaired(Point({**integers, **reals}, named.concrete(1), 1), facts)
    return None if moved is None else GenericPoint({**moved.values, **moved.reads}, moved.functions, turn)


def _with_functions(point: GenericPoint, found: Tensor) -> GenericPoint:
    """The point with a polynomial for each function that occurs, the same for the same name."""
    calls = atoms((found.value,)).functions
    if not calls:
        return point
    functions: dict[Variable, Polynomial] = {f: point.function(f, arity) for f, arity, _ in calls}
    return GenericPoint(point.values, {**functions, **point.functions}, point.turn)


def _size(size: Expr, point: GenericPoint) -> int:
    value = Evaluator(point).value(size)
    if not isinstance(value, fmpq) or value.q != 1:
        raise NotDecided("a size that is no number")
    return int(value.p)


def _some_positions(shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """All positions, row by row, of a small array; of a large one some from all over it."""
    total = prod(shape)
    if total <= MAX_ENTRIES:
        yield from product(*map(range, shape))
        return
    for turn in range(MAX_ENTRIES):
        place, at = turn * (total - 1) // (MAX_ENTRIES - 1), []
        for size in reversed(shape):
            place, k = divmod(place, size)
            at.append(k)
        yield tuple(reversed(at))


def _entry(found: Tensor, at: tuple[int, ...], point: GenericPoint) -> Seen:
    position: dict[Expr, fmpq] = {index: fmpq(k) for index, k in zip(found.indices, at, strict=True)}
    here = GenericPoint({**point.values, **position}, point.functions, point.turn)
    try:
        with precision(BITS):
            return Evaluator(here).any_value(found.value)
    except NoValue:
        return UNDEFINED
    except (NotDecided, SymderivError, ArithmeticError, RecursionError):
        return UNKNOWN


def may_be_equal(a: Fingerprints, b: Fingerprints) -> bool:
    """Whether the values leave it open that the two are equal."""
    return all(map(_alike, a, b))


def _alike(a: Fingerprint | None, b: Fingerprint | None) -> bool:
    if a is None or b is None:
        return True
    if a.parts or b.parts:
        mine, other = dict(a.parts), dict(b.parts)
        return mine.keys() == other.keys() and all(_alike(mine[n], other[n]) for n in mine)
    return a.shape == b.shape and _may_agree(a.entries, b.entries)


def _may_agree(mine: Iterable[Seen], other: Iterable[Seen]) -> bool:
    """No entry differs; and not all that has a value on one side is undefined on the other."""
    seen = alone = False
    for x, y in zip(mine, other, strict=True):
        if (x is UNDEFINED) is not (y is UNDEFINED) and UNKNOWN not in (x, y):
            alone = True
        elif isinstance(x, Missing) or isinstance(y, Missing):
            seen = True
        elif not _may_be_same(x, y):
            return False
        else:
            seen = True
    return seen or not alone


def _may_be_same(x: Value | bool, y: Value | bool) -> bool:
    if isinstance(x, bool) or isinstance(y, bool):
        return x is y
    try:
        return same(x, y)
    except NotDecided:
        return True
