"""The ways in which conditions on reals turn out together: ``y > 0`` and ``y <= 0`` never both hold.

Which entries a case reads hangs on them, so reads are compared in each of the ways.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise, product
from math import prod

from symderiv.expression.build import boolean
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Expr, Number, Variable
from symderiv.index.integer_sets.conditions import condition_set
from symderiv.index.integer_sets.integers import is_integer
from symderiv.index.session import Session

MAX_WAYS = 40
Truths = dict[Expr, bool]
_HOLDS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "lt": operator.lt,
    "le": operator.le,
    "eq": operator.eq,
    "ne": operator.ne,
}


@dataclass(frozen=True)
class RealGuards:
    """What is taken for true of conditions on reals; those ``met`` that aren't known stay as they are.

    One about what a range runs through turns out for each element by itself: it is never known. Such are
    only counted as ``met_in_ranges``, and cases that hang on them are read, or, ``outside_ranges``, not.
    """

    truths: Truths = field(default_factory=dict)
    outside_ranges: bool = False
    met: dict[Expr, None] = field(default_factory=dict)
    met_in_ranges: set[Expr] = field(default_factory=set)

    def settled(self, session: Session, condition: Expr, bound: tuple[Variable, ...]) -> Expr | None:
        """A condition with what is known of its parts; none where its cases aren't read."""
        if isinstance(condition, Apply) and condition.head in ("and", "or", "not"):
            parts = [self.settled(session, part, bound) for part in condition.args]
            known = [part for part in parts if part is not None]
            return condition.rebuild(tuple(known)) if len(known) == len(parts) else None
        if all(map(is_integer, free_variables(condition))) or condition_set(session, condition) is not None:
            return condition
        if not free_variables(condition).isdisjoint(bound):
            self.met_in_ranges.add(condition)
            return None if self.outside_ranges else condition
        self.met[condition] = None
        return boolean(self.truths[condition]) if condition in self.truths else condition


def ways(guards: Iterable[Expr], never: tuple[Expr, ...] = ()) -> list[Truths] | None:
    """How the guards may turn out together where none of the equations ``never`` holds; None: too many.

    >>> from symderiv.expression.tree import ONE, ZERO
    >>> y = Variable("y")
    >>> guards = Apply("lt", (ZERO, y)), Apply("le", (y, ZERO)), Apply("lt", (ONE, y))
    >>> [[*map(int, way.values())] for way in ways(guards) or ()]
    [[0, 1, 0], [1, 0, 0], [1, 0, 1]]
    """
    groups: dict[frozenset[Expr], list[Expr]] = {}
    for guard in guards:
        groups.setdefault(_compared(guard), []).append(guard)
    cells = [
        _cells(key, group, [equation for equation in never if _compared(equation) == key])
        for key, group in groups.items()
    ]
    if prod(map(len, cells)) > MAX_WAYS:
        return None
    return [{guard: truth for cell in way for guard, truth in cell.items()} for way in product(*cells)]


def _compared(guard: Expr) -> frozenset[Expr]:
    """What a comparison is about: the one side beside a number, or both."""
    if not isinstance(guard, Apply) or guard.head not in _HOLDS:
        return frozenset((guard,))
    return frozenset(side for side in guard.args if not isinstance(side, Number))


def _cells(key: frozenset[Expr], group: list[Expr], never: list[Expr]) -> list[Truths]:
    """The ways in which comparisons of the same turn out, each once."""
    if not all(isinstance(guard, Apply) and guard.head in _HOLDS for guard in group):
        return [dict.fromkeys(group, truth) for truth in (True, False)]
    first = next(iter(key), None)
    asked = [(guard, *_sides(guard, first)) for guard in (*group, *never)]
    ends = {end for _, left, right in asked for end in (left, right) if end is not None}
    found: dict[tuple[bool, ...], None] = {}
    for value in _samples(sorted(ends)):
        holding = tuple(
            _HOLDS[_head(guard)](value if left is None else left, value if right is None else right)
            for guard, left, right in asked
        )
        if not any(holding[len(group) :]):
            found[holding[: len(group)]] = None
    return [dict(zip(group, holding, strict=True)) for holding in found]


def _sides(guard: Expr, first: Expr | None) -> tuple[Fraction | None, Fraction | None]:
    """The numbers that are compared, None for what varies: of two terms their difference with 0."""
    left, right = guard.children
    if isinstance(left, Number) or isinstance(right, Number):
        return (
            Fraction(left.value) if isinstance(left, Number) else None,
            Fraction(right.value) if isinstance(right, Number) else None,
        )
    return (None, Fraction(0)) if left == first else (Fraction(0), None)


def _samples(ends: list[Fraction]) -> Iterator[Fraction]:
    """Each number, and one in each of the gaps."""
    yield from (ends[0] - 1, *ends, ends[-1] + 1)
    yield from ((low + high) / 2 for low, high in pairwise(ends))


def _head(guard: Expr) -> str:
    return guard.head if isinstance(guard, Apply) else ""
