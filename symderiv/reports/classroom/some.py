"""A few of many students, for a line on the terminal or in a table."""

from __future__ import annotations

from collections.abc import Sequence

NAMED = 5
"""How many students of many are named."""


def some(students: Sequence[str], count: int | None = None) -> str:
    """The first of them, and how many more there are.

    >>> some(["a", "b", "c", "d", "e", "f", "g"])
    'a, b, c, d, e and 2 more'
    """
    more = (len(students) if count is None else count) - NAMED
    return ", ".join(students[:NAMED]) + (f" and {more} more" if more > 0 else "")
