"""Points moved until the facts hold: ``sum(t) == 1`` is solved for an entry, ``x < y`` by a step."""

from __future__ import annotations

from functools import lru_cache

from flint import fmpq

from symderiv.equality.evaluate.evaluator import Evaluator
from symderiv.equality.evaluate.point import Coordinate, Point
from symderiv.equality.evaluate.values import NotDecided, NoValue, Value
from symderiv.equality.rationals import fraction
from symderiv.equality.refute.coordinates import coordinate, moved_to, real_coordinates, variable_of
from symderiv.equality.refute.patterns import PATTERNS, Pattern, place_of
from symderiv.equality.refute.quadrics import points_on_quadric
from symderiv.equality.refute.systems import points_on_all
from symderiv.expression.build import subtract
from symderiv.expression.kinds import Domain
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Binder, Expr, Index, walk

REAL = Domain()
MAX_FILLED = 40  # entries
Integers = tuple[tuple[Expr, Coordinate], ...]
_TARGETS = {"eq": (fmpq(0),), "lt": (fmpq(-1), fmpq(-1, 10)), "le": (fmpq(-1), fmpq(0))}


def satisfied(facts: tuple[Expr, ...], evaluator: Evaluator) -> bool:
    """Whether all facts certainly hold at the evaluator's point."""
    try:
        return all(evaluator.truth(fact) for fact in facts)
    except (NoValue, NotDecided):
        return False


def within_domains(point: Point) -> bool:
    """Whether every coordinate that the point names is one that its name may have."""
    for atom, value in point.values.items():
        domain = variable_of(atom).kind.domain
        if domain != REAL and not domain.contains(fraction(value)):
            return False
    return True


def repaired(point: Point, facts: tuple[Expr, ...]) -> Point | None:
    """The point itself where it satisfies the facts, else one near by, or nearer to nought, that does."""
    return _repaired(point, facts) or _repaired(_shrunk(point), facts)


def _shrunk(point: Point) -> Point:
    """Its real names a tenth as large, where they may be: positive numbers that add up to less than 1."""
    values = {atom: _tenth(variable_of(atom).kind.domain, value) for atom, value in point.values.items()}
    return Point(values, point.functions, point.pattern)


def _tenth(domain: Domain, value: Coordinate) -> Coordinate:
    return value / 10 if domain.contains(fraction(value / 10)) else value


def _repaired(point: Point, facts: tuple[Expr, ...]) -> Point | None:
    if satisfied(facts, Evaluator(point)):
        return point
    return _one_by_one(point, facts) or _at_once(point, facts)


def _one_by_one(point: Point, facts: tuple[Expr, ...]) -> Point | None:
    """The point moved by one fact after the other; None where that can't be done for all."""
    used: set[Expr] = set()
    for fact in facts:
        if not satisfied((fact,), Evaluator(point)):
            moved = _moved(point, fact, used) or _as_a_whole(point, fact) or _on_quadric(point, fact)
            if moved is None:
                return None
            point = moved
    return point if satisfied(facts, Evaluator(point)) else None


def _as_a_whole(point: Point, fact: Expr) -> Point | None:
    """Patterns first for what is quadratic in one array, where elimination finds nothing."""
    if _is_quadratic(fact):
        return _with_pattern(point, fact) or _at_once(point, (fact,))
    return _at_once(point, (fact,)) or _with_pattern(point, fact)


def _on_quadric(point: Point, fact: Expr) -> Point | None:
    found = points_on_quadric(point, fact)
    return next((moved for moved in found if satisfied((fact,), Evaluator(moved))), None)


@lru_cache(maxsize=2_000)
def _is_quadratic(fact: Expr) -> bool:
    """Does each product in it, of two entries or more, read one array twice: ``Qᵀ Q = I``, ``P P = P``?"""
    products = (node.args for node in walk(fact) if isinstance(node, Apply) and node.head in ("mul", "pow"))
    read = [[part.base for part in factors if isinstance(part, Index)] for factors in products]
    pairs = [arrays for arrays in read if len(arrays) > 1]
    return bool(pairs) and all(len(set(arrays)) == 1 for arrays in pairs)


def _at_once(point: Point, facts: tuple[Expr, ...]) -> Point | None:
    """The point on all of the equations, of several one with few arrays of zeros and short numbers."""
    found = [moved for moved in points_on_all(point, facts) if satisfied(facts, Evaluator(moved))]
    return min(found, key=lambda moved: (_noughts(moved), _length(moved)), default=None)


def _length(point: Point) -> int:
    return sum(value.height_bits() for value in point.values.values())


def _noughts(point: Point) -> int:
    """How many arrays are all zero: ``A x = λ x`` says nothing of A where x is."""
    entries = [(variable_of(atom), value) for atom, value in point.values.items() if isinstance(atom, Index)]
    return len({array for array, _ in entries} - {array for array, value in entries if value})


def _moved(point: Point, fact: Expr, used: set[Expr]) -> Point | None:
    if not isinstance(fact, Apply) or fact.head not in _TARGETS:
        return None
    gap = subtract(*fact.args)
    for atom in reversed(real_coordinates(point, gap)):
        if atom in used:
            continue
        for target in _TARGETS[fact.head]:
            moved = solve(point, gap, atom, target)
            if moved is not None and satisfied((fact,), Evaluator(moved)):
                used.add(atom)
                return moved
    return None


def _with_pattern(point: Point, fact: Expr) -> Point | None:
    """The point with entries that can't be solved for one by one: a unit vector, an orthogonal matrix."""
    if not isinstance(fact, Binder) and not (isinstance(fact, Apply) and fact.head in ("eq", "and")):
        return None
    turn = point.pattern or 0
    integers = _integers_of(fact, point)
    if integers is not None:
        fitting = _fitting_entries(fact, integers)
        entries = fitting[(turn + _number_of(fact)) % len(fitting)] if fitting else None
        return None if entries is None else _with_entries(point, entries)
    start = turn % len(PATTERNS)
    moved = (_filled(point, fact, pattern) for pattern in (*PATTERNS[start:], *PATTERNS[:start]))
    return next((m for m in moved if m is not None and satisfied((fact,), Evaluator(m))), None)


@lru_cache(maxsize=2_000)
def _fitting_entries(fact: Expr, integers: Integers) -> tuple[dict[Expr, Coordinate], ...]:
    """The patterns that fit a fact about entries alone: once for all points of these sizes."""
    point, known = Point(dict(integers), pattern=0), dict(integers)
    found = [moved for pattern in PATTERNS if (moved := _filled(point, fact, pattern)) is not None]
    return tuple(
        {atom: value for atom, value in moved.values.items() if atom not in known}
        for moved in found
        if satisfied((fact,), Evaluator(moved))
    )


def _number_of(fact: Expr) -> int:
    """A number for the names of a fact, so that two arrays of which the same is said aren't alike."""
    return sum(ord(letter) for name in free_variables(fact) for letter in name.name)


def _integers_of(fact: Expr, point: Point) -> Integers | None:
    """The sizes and other integers that a fact speaks of; None where it speaks of numbers beside entries."""
    names = free_variables(fact)
    arrays = [name for name in names if name.kind.shape and not name.kind.domain.integer]
    sizes = {size for array in arrays for part in array.kind.shape if part for size in free_variables(part)}
    others = (names | sizes).difference(arrays)
    if not all(name.kind.domain.integer and name in point.values for name in others):
        return None
    return tuple((name, point.values[name]) for name in sorted(others, key=lambda name: name.name))


def _filled(point: Point, fact: Expr, pattern: Pattern) -> Point | None:
    """The point with a pattern in all entries that the fact reads; some are read once others are right.

    None where these are many: what a pattern shows, it shows at smaller sizes.
    """
    entries: dict[Expr, Coordinate] = {}
    while True:
        atoms = (atom for atom in real_coordinates(point, fact) if isinstance(atom, Index))
        fresh = {atom: place for atom in atoms if atom not in entries and (place := place_of(atom))}
        if not fresh:
            return point
        entries.update({atom: pattern(place) for atom, place in fresh.items()})
        if len(entries) > MAX_FILLED:
            return None
        point = _with_entries(point, entries)


def _with_entries(point: Point, entries: dict[Expr, Coordinate]) -> Point:
    return Point({**point.values, **point.reads, **entries}, point.functions, point.pattern)


def solve(point: Point, expr: Expr, atom: Expr, target: fmpq) -> Point | None:
    """The point moved along ``atom`` until ``expr`` is ``target``: exactly if it is affine, else nearly."""
    here = coordinate(point, atom)
    there = here + 1
    try:
        low, high = _height(point, expr, atom, here) - target, _height(point, expr, atom, there) - target
        for _ in range(8):
            if low == high:
                return None
            here, there = there, there - high * (there - here) / (high - low)
            there = _short(there)
            low, high = high, _height(point, expr, atom, there) - target
            if high == 0:
                break
    except (NoValue, NotDecided):
        return None
    if not variable_of(atom).kind.domain.contains(fraction(there)):
        return None
    return moved_to(point, atom, there)


def _height(point: Point, expr: Expr, atom: Expr, value: fmpq) -> fmpq:
    found: Value = Evaluator(moved_to(point, atom, value)).value(expr)
    if isinstance(found, fmpq):
        return found
    if not found.is_finite():
        raise NotDecided("too large to be looked at")
    mantissa, exponent = found.mid().man_exp()
    if abs(int(exponent)) > 400:
        raise NotDecided("too large or too small to be looked at")
    return fmpq(int(mantissa)) * fmpq(2) ** int(exponent)


def _short(value: fmpq) -> fmpq:
    """A value of bounded size near by, so that iteration doesn't blow up."""
    if value.height_bits() < 200:
        return value
    near = fraction(value).limit_denominator(10**12)
    return fmpq(near.numerator, near.denominator)
