"""The points that are looked at, small human ones first."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from symderiv.equality.evaluate.opaque import Polynomial
from symderiv.equality.evaluate.point import Point
from symderiv.equality.rationals import fraction
from symderiv.equality.refute.atoms import Atoms
from symderiv.equality.refute.integers import TELLING, Assignment, assignments
from symderiv.expression.kinds import Domain
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Expr

ROUNDS = 24
MAX_ASSIGNMENTS = 120
_FAR = (
    *("10", "-10", "1/100", "-1/100", "1000", "-1000", "1/1000", "1000000", "-1000000", "7/10", "-17/3"),
    "1/1000000000",
)


_FAR_OUT = (37, -41, 1009)


def human_points(atoms: Atoms, facts: tuple[Expr, ...]) -> Iterator[Point]:
    """Points of small numbers, each a different mixture of signs and sizes."""
    if any(not atoms.numbers(variable) for variable in atoms.reals):
        return
    supply = assignments(atoms.integers, facts)
    known: list[Assignment] = []
    varied = bool(atoms.reals or atoms.arrays or atoms.functions)
    for turn in range(ROUNDS if varied else 400):
        fresh = next(supply, None)
        if fresh is not None:
            known.append(fresh)
        elif not known or not varied:
            return
        integers = known[turn % len(known)]
        reals = _telling(atoms, turn) if turn < TELLING and atoms.integers else _reals(atoms, turn)
        yield Point({**integers, **reals}, atoms.concrete(turn), turn)
    yield from _with_every_assignment(atoms, supply)


def _with_every_assignment(atoms: Atoms, supply: Iterator[Assignment]) -> Iterator[Point]:
    """More sizes and indices, one mixture of reals each."""
    for turn, integers in enumerate(supply):
        if turn > MAX_ASSIGNMENTS:
            return
        reals = _reals(atoms, turn % 3)
        yield Point({**integers, **reals}, atoms.concrete(turn % 3), turn % 3)


def _telling(atoms: Atoms, turn: int) -> Assignment:
    """Numbers that are neutral for no operation, where one point has to tell as much as it can."""
    return {
        variable: _no_unit(atoms.numbers(variable), k + turn) for k, variable in enumerate(atoms.reals, 1)
    }


def _no_unit(numbers: tuple[fmpq, ...], place: int) -> fmpq:
    kept = [number for number in numbers if number not in (0, 1, -1)] or numbers
    return kept[place % len(kept)]


def _reals(atoms: Atoms, turn: int) -> Assignment:
    return {variable: _real(atoms.numbers(variable), k, turn) for k, variable in enumerate(atoms.reals)}


def _real(numbers: tuple[fmpq, ...], place: int, turn: int) -> fmpq:
    """The number for the ``place``-th real name in this turn."""
    count = min(len(numbers), 13)
    return numbers[(place * (turn + 1) + turn + (turn // 13) * place) % count]


def far_points(atoms: Atoms, base: Point) -> Iterator[Point]:
    """Large and tiny values, for differences that hide near nought or far out."""
    for text in _FAR:
        value = fmpq(*map(int, text.split("/")))
        values = dict(base.values)
        moved = False
        for variable in atoms.reals:
            if variable.kind.domain.contains(fraction(value)):
                values[variable] = value
                moved = True
        if moved:
            yield Point(values, base.functions, base.pattern)


def far_integers(atoms: Atoms, base: Point) -> Iterator[Point]:
    """Integers far out, each name another one: at all small ones a polynomial may be zero."""
    sizes = {
        size for array in atoms.arrays for part in array.kind.shape if part for size in free_variables(part)
    }
    free = [name for name in atoms.integers if not name.kind.index and name not in sizes]
    for start in _FAR_OUT if free else ():
        numbers = {name: _from(start + place, name.kind.domain) for place, name in enumerate(free)}
        if all(name.kind.domain.contains(number) for name, number in numbers.items()):
            far: dict[Expr, fmpq] = {name: fmpq(number) for name, number in numbers.items()}
            yield Point({**base.values, **far}, base.functions, base.pattern)


def is_far_out(atoms: Atoms, point: Point) -> bool:
    """Is an integer of it as large as the largest of `far_integers`? A sum up to there takes its time."""
    return any(point.values.get(name, 0) >= max(_FAR_OUT) for name in atoms.integers)


def _from(start: int, domain: Domain) -> int:
    """The first number from here on with the remainder that the domain asks for."""
    return start + (domain.residue - start) % domain.modulus


def with_flat_functions(atoms: Atoms, base: Point) -> Iterator[Point]:
    """Each opaque function 0 everywhere: it may stay at a value at which something jumps."""
    for function, arity, _ in atoms.functions:
        nought = Polynomial(((fmpq(0), (0,) * arity),))
        yield Point(base.values, {**base.functions, function: nought}, base.pattern)


def without_signs(atoms: Atoms, base: Point) -> Point:
    """The point with every real name positive: few mixtures of signs show anything of a product of ReLUs."""
    values: dict[Expr, fmpq] = {variable: abs(base.values[variable]) or fmpq(1) for variable in atoms.reals}
    return Point({**base.values, **values}, base.functions, base.pattern)
