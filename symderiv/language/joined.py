"""Statements side by side, joined by commas: all of them, or one of them?

``x = 1, y = 0`` says both; of ``x = 1, x = -1`` nobody can say whether it lists two solutions or claims both.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import combinations

COMMA = "a comma between statements about the same may be 'and', or 'or'"
COMMA_CURE = "write and, or or"


def may_mean_or(statements: Sequence[Sequence[Hashable]]) -> bool:
    """Are two statements, each given by its sides, about the same? ``None`` stands for a number.

    >>> may_mean_or([("x", None), ("x", None)]), may_mean_or([("x", None), (None, "x")])
    (True, True)
    >>> may_mean_or([("x", None), ("y", None)]), may_mean_or([("a", "b"), ("b", "c")])
    (False, False)
    """
    return any(_about_the_same(one, other) for one, other in combinations(statements, 2))


def _about_the_same(one: Sequence[Hashable], other: Sequence[Hashable]) -> bool:
    names, others = _named(one), _named(other)
    if one[0] is not None and one[0] == other[0]:
        return True
    return len(names) == len(others) == 1 and names == others


def _named(sides: Sequence[Hashable]) -> set[Hashable]:
    return {side for side in sides if side is not None}
