"""The refuter: a point at which two answers provably differ, or nothing.

It never says that two answers are equal. Where it looks is a matter of taste (small human numbers first,
then the neighbourhood of kinks, then far out); that the two differ there is shown by exact or ball
arithmetic.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from itertools import islice

from flint import fmpq

from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.evaluate.point import Coordinate, Point
from symderiv.equality.evaluate.precision import PRECISIONS, precision
from symderiv.equality.evaluate.values import UNDEFINED, NotDecided
from symderiv.equality.refute.adapted import adapted_points
from symderiv.equality.refute.atoms import Atoms, atoms
from symderiv.equality.refute.curves import equations_in, points_on
from symderiv.equality.refute.facts import repaired, within_domains
from symderiv.equality.refute.inside import points_in_cases
from symderiv.equality.refute.points import (
    far_integers,
    far_points,
    human_points,
    is_far_out,
    with_flat_functions,
    without_signs,
)
from symderiv.equality.refute.remainders import all_remainders
from symderiv.equality.refute.separate import Outcome, Pair, differ_around, separated
from symderiv.equality.refute.smaller import smaller_points
from symderiv.equality.refute.witness import witness_at
from symderiv.equality.verdict import ALMOST_EVERYWHERE, EVERYWHERE, Policy, Witness
from symderiv.expression.parts import conjuncts
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import TRUE, Expr, Variable
from symderiv.index import sampled_differences

MAX_POINTS = 400
FIRST = 3  # points, before those where a condition holds
SHARP_POINTS = 3
COST_OF_MOVING = 7  # in points looked at
COST_OF_QUADRATURE = 4
MAX_LEFT_OVER = 8
PATIENCE_AT = 4  # the same at some sizes, one point after the other: ``A A = 0`` holds for few A
PATIENCE = 16  # points that could not be moved to where the facts hold, before any could


def refute(
    a: Expr,
    b: Expr,
    defined_a: Expr = TRUE,
    defined_b: Expr = TRUE,
    facts: tuple[Expr, ...] = (),
    deadline: float | None = None,
    *,
    policy: Policy = ALMOST_EVERYWHERE,
    max_points: int = MAX_POINTS,
) -> Witness | None:
    """A point where ``a`` and ``b`` differ, or where just one of them is defined; ``None`` if none was found.

    Under the policy "almost everywhere" the difference fills a set of positive measure in the real names
    (an integer point counts by itself); under "everywhere" any point will do. ``deadline`` is a moment of
    `time.thread_time`; ``max_points`` bounds the search (3 is a glance).

    >>> from symderiv.expression.tree import Apply, Variable
    >>> x = Variable("x")
    >>> str(refute(Apply("abs", (x,)), x))
    'at x = -1: 1 ≠ -1'
    """
    return Search(Pair(a, b, defined_a, defined_b, facts), policy, deadline).among(max_points)


class Search:
    """A search that goes on where it was left."""

    def __init__(self, pair: Pair, policy: Policy, deadline: float | None) -> None:
        self.pair = pair
        self.policy = policy
        self.deadline = deadline
        self.left = 0
        self.points = self._points()
        self.blurred: list[Point] = []
        self.admitted: list[Point] = []
        self.refused = 0
        self.refused_at: Counter[tuple[Coordinate | None, ...]] = Counter()

    @cached_property
    def atoms(self) -> Atoms:
        return atoms(self.pair.all).within(self.pair.facts)

    @cached_property
    def null_sets(self) -> bool:
        return self.policy != EVERYWHERE and self.atoms.continuous

    @cached_property
    def sizes(self) -> tuple[Expr, ...]:
        """The names of the sizes of arrays of which something is given."""
        arrays = {name for fact in self.pair.facts for name in free_variables(fact)}
        sizes = {size for array in arrays for size in array.kind.shape if isinstance(size, Variable)}
        return tuple(sorted(sizes, key=lambda size: size.name))

    def among(self, max_points: int) -> Witness | None:
        """A witness among the next points."""
        self.left = max_points
        while self.left > 0 and self.refused < PATIENCE and self._in_time():
            point = next(self.points, None)
            if point is None:
                return self._sharpened()
            self.left -= 1
            witness = self._look(point)
            if witness is not None:
                return self._smaller(point, witness) or witness
        return None

    def _points(self) -> Iterator[Point]:
        for number, point in enumerate(human_points(self.atoms, self.pair.facts), start=1):
            yield point
            if number == FIRST:
                yield from self._where_one_holds()
                yield from self._on_curves()
        yield from self._adapted()

    def _where_one_holds(self) -> Iterator[Point]:
        """Points moved to where one of two conditions holds: ``x = 7 and y = 11``."""
        if not self.null_sets:
            for base in self.admitted[:FIRST]:
                yield from self._moved_to_where_one_holds(base)

    def _moved_to_where_one_holds(self, base: Point) -> Iterator[Point]:
        for condition in filter(is_condition, (self.pair.left, self.pair.right)):
            with precision(PRECISIONS[0]):
                moved = repaired(base, (*self.pair.facts, *conjuncts(condition)))
            if moved is not None:
                yield moved

    def _on_curves(self) -> Iterator[Point]:
        """Points on the equations of which two conditions are made."""
        if self.null_sets or not self.admitted:
            return
        base = self.admitted[0]
        for condition in filter(is_condition, (self.pair.left, self.pair.right)):
            for equation in equations_in(condition):
                for found in points_on(equation, self.atoms.reals):
                    yield Point({**base.values, **found}, base.functions, base.pattern)

    def _smaller(self, point: Point, found: Witness) -> Witness | None:
        """A witness of the same sort at smaller sizes and indices."""
        if not atoms(self.pair.sides).integers:  # those of the facts alone say nothing of the difference
            return None
        for smaller in smaller_points(self.atoms, self.pair.facts, point):
            moved = () if self.null_sets else self._moved_to_where_one_holds(smaller)
            for there in (smaller, *moved):
                witness = self._look(there) if self._in_time() else None
                if witness is not None and witness.has_values == found.has_values:
                    return witness
        return None

    def _in_time(self) -> bool:
        return self.deadline is None or time.thread_time() < self.deadline

    def _adapted(self) -> Iterator[Point]:
        for base in self.admitted[:1]:
            yield from with_flat_functions(self.atoms, base)
        yield from points_in_cases(self.admitted[:FIRST], (self.pair.left, self.pair.right))
        for base in self.admitted[:FIRST]:
            yield from adapted_points(base, self.pair.all, not self.null_sets)
        for base in self.admitted[:2]:
            yield from far_points(self.atoms, base)
            yield from far_integers(self.atoms, base)
        for base in self.admitted[:1]:
            yield from all_remainders(base, self.pair.all)
            yield from self._where_summands_differ(base)
            yield from adapted_points(without_signs(self.atoms, base), self.pair.all, not self.null_sets)

    def _where_summands_differ(self, base: Point) -> Iterator[Point]:
        """Sizes and indices at which a summand or a case is left over, however large."""
        if self.atoms.integers:
            left_over = sampled_differences(self.pair.left, self.pair.right, self.pair.facts)
            for found in islice(left_over, MAX_LEFT_OVER):
                integers: dict[Expr, fmpq] = {name: fmpq(value) for name, value in found.items()}
                yield Point({**base.values, **integers}, base.functions, base.pattern)

    def _look(self, point: Point) -> Witness | None:
        """The witness at this point, at the lowest precision."""
        with precision(PRECISIONS[0]):
            if self.pair.facts:
                sizes = tuple(map(point.values.get, self.sizes))
                moved = (
                    None
                    if self.sizes and self.refused_at[sizes] >= PATIENCE_AT
                    else repaired(point, self.pair.facts)
                )
                if moved is None:
                    self.refused += not self.admitted
                    self.refused_at[sizes] += 1
                    return None
                self.refused_at[sizes] = 0
                self.left -= 0 if moved is point else COST_OF_MOVING
                point = moved
            if not within_domains(point):
                return None
            self.admitted.append(point)
            try:
                return self._witness(point)
            except NotDecided as undecided:
                if undecided.sharper and not is_far_out(self.atoms, point):
                    self.blurred.append(point)
                return None

    def _witness(self, point: Point) -> Witness | None:
        """The witness at this point, at the precision that is set; raises `NotDecided`."""
        fresh = Point({**point.values, **point.reads}, point.functions, point.pattern)
        evaluator = self.pair.evaluator(fresh)
        try:
            left, right = self.pair.outcomes(evaluator)
        finally:
            self.left -= COST_OF_QUADRATURE * evaluator.quadratures
        if not separated(left, right) or not self._counts(fresh, left, right):
            return None
        return witness_at(self.pair, fresh, left, right)

    def _counts(self, point: Point, left: Outcome, right: Outcome) -> bool:
        """Whether the difference at this point isn't one on a null set only."""
        if not self.null_sets:
            return True
        values = left is not UNDEFINED and right is not UNDEFINED
        if values and self.pair.is_smooth:
            return True
        if not values and any(function.is_constant for function in point.functions.values()):
            return False  # a named function may be cancelled
        return differ_around(self.pair, point, self._in_time)

    def _sharpened(self) -> Witness | None:
        """The points at which balls could not tell, at higher precision."""
        for bits in PRECISIONS[1:]:
            for point in self.blurred[:SHARP_POINTS]:
                if not self._in_time():
                    return None
                with precision(bits), suppress(NotDecided):
                    witness = self._witness(point)
                    if witness is not None:
                        return witness
        return None
