"""Do two answers differ at a point, and on a neighbourhood of it?

Over the reals a difference counts where it fills a set of positive measure: both sides are evaluated on a
small box around the point, every switch decided for the whole box.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from flint import arb, fmpq

from symderiv.equality.evaluate.evaluator import Evaluator
from symderiv.equality.evaluate.point import Point
from symderiv.equality.evaluate.precision import PRECISIONS, precision
from symderiv.equality.evaluate.values import UNDEFINED, Missing, NotDecided, NoValue, Value, ball
from symderiv.equality.refute.smooth import is_open, is_smooth
from symderiv.expression.affine import is_affine
from symderiv.expression.tree import TRUE, Apply, Binder, Expr
from symderiv.index import ended_indices

Outcome: TypeAlias = Value | bool | Missing
MARGIN_BITS = 20


@dataclass(frozen=True)
class Pair:
    """Two answers, each with the condition under which it is defined, and the facts about both."""

    left: Expr
    right: Expr
    left_defined: Expr = TRUE
    right_defined: Expr = TRUE
    facts: tuple[Expr, ...] = ()

    @property
    def all(self) -> tuple[Expr, ...]:
        return (*self.sides, *self.facts)

    @property
    def sides(self) -> tuple[Expr, ...]:
        return (self.left, self.right, self.left_defined, self.right_defined)

    @cached_property
    def is_smooth(self) -> bool:
        """Whether a difference of two values at a point is one around it, too."""
        return (
            is_open(self.left_defined)
            and is_open(self.right_defined)
            and is_smooth(self.left)
            and is_smooth(self.right)
            and all(map(_leaves_no_single_points, self.facts))
        )

    def evaluator(self, point: Point) -> Evaluator:
        """What evaluates at a point, and knows which of the indices end."""
        return Evaluator(point, self._ended)

    @cached_property
    def _ended(self) -> frozenset[Expr]:
        return frozenset(ended_indices(self.facts))

    def outcomes(self, evaluator: Evaluator) -> tuple[Outcome, Outcome]:
        return (
            outcome(self.left, self.left_defined, evaluator),
            outcome(self.right, self.right_defined, evaluator),
        )


def _leaves_no_single_points(fact: Expr) -> bool:
    """Whether no point that a fact leaves is a null set beside the others: continuous values that differ at
    one differ around it, among the points that are left.

    An equation has no inner points that could outweigh the others; ``x^2 (x - 1) >= 0`` does, beside x = 0.
    """
    if isinstance(fact, Binder):
        return fact.kind == "forall" and _leaves_no_single_points(fact.body)
    if isinstance(fact, Apply) and fact.head == "and":
        return all(map(_leaves_no_single_points, fact.args))
    if isinstance(fact, Apply) and fact.head == "eq":
        return all(is_smooth(side) for side in fact.args)
    return all(map(is_affine, fact.children))


def outcome(expr: Expr, defined: Expr, evaluator: Evaluator) -> Outcome:
    """The value, the truth of a condition, or ``UNDEFINED``; raises `NotDecided`."""
    try:
        if defined != TRUE and not evaluator.truth(defined):
            return UNDEFINED
        return evaluator.any_value(expr)
    except NoValue:
        return UNDEFINED


def separated(left: Outcome, right: Outcome) -> bool:
    """Whether two outcomes certainly differ; raises `NotDecided` where balls overlap."""
    if isinstance(left, (Missing, bool)) or isinstance(right, (Missing, bool)):
        return left is not right
    if isinstance(left, fmpq) and isinstance(right, fmpq):
        return bool(left != right)
    if ball(left).overlaps(ball(right)):
        raise NotDecided("the values can't be told apart")
    return True


def differ_around(pair: Pair, point: Point, in_time: Callable[[], bool]) -> bool:
    """Whether the two certainly differ on a whole neighbourhood of the point.

    The neighbourhood is that of the point among all points that satisfy the facts.
    """
    for bits in PRECISIONS:
        if not in_time():
            return False
        with precision(bits):
            box = point.around(arb(0, arb(2) ** (MARGIN_BITS - bits)))
            try:
                evaluator = pair.evaluator(box)
                if not (separated(*pair.outcomes(evaluator)) and _fills_space(pair.facts, evaluator)):
                    return False
                point.reads.update(box.reads)  # an integer may matter on the neighbourhood only
                return True
            except NotDecided as undecided:
                if not undecided.sharper:
                    return False
    return False


def _fills_space(facts: tuple[Expr, ...], evaluator: Evaluator) -> bool:
    """Whether the points near by that satisfy the facts are no null set among all that do.

    Points of a convex set never are, nor those of an equation; any other fact has to hold on the whole box.
    """
    return all(_leaves_no_single_points(fact) or evaluator.truth(fact) for fact in facts)
