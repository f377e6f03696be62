"""The borders of cells in which there was nothing to compare: no cell with values need hold them.

Both sides are undefined in such a cell, or nothing given allows a point in it. On its border both may exist:
``√x √-x`` at 0, or what is given as ``x² ≤ 0``. A cell beyond a border covers it, if that cell has values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outside:
    """A cell (polynomial → sign), and the polynomials at whose zeros there may be something to compare."""

    cell: Mapping[int, int]
    borders: frozenset[int]


def uncovered(cells: Sequence[Outside]) -> Iterator[int]:
    """The polynomials with zeros on the border of no cell that has values.

    >>> list(uncovered([Outside({1: -1}, frozenset({1}))]))
    []
    >>> list(uncovered([Outside({1: sign}, frozenset({1})) for sign in (1, -1)]))
    [1]
    """
    found: dict[int, None] = {}
    for one in cells:
        for number in one.borders - found.keys():
            if number not in one.cell or any(
                number in other.borders and _meet(other.cell, _beyond(one.cell, number)) for other in cells
            ):
                found[number] = None
    yield from found


def _beyond(cell: Mapping[int, int], number: int) -> Mapping[int, int]:
    """The cell on the other side of a border."""
    return {**cell, number: -cell[number]}


def _meet(one: Mapping[int, int], other: Mapping[int, int]) -> bool:
    return all(other.get(number, sign) == sign for number, sign in one.items())
