"""Entries that satisfy what can't be solved for one of them: unit vectors, orthogonal matrices, projections.

Small patterns are put in, and the fact is then looked at exactly: they only say where to look.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq

from symderiv.expression.tree import Index, Number

Pattern = Callable[[tuple[int, ...]], fmpq]
_THREE_FIFTHS, _FOUR_FIFTHS = fmpq(3, 5), fmpq(4, 5)


def _rotated(at: tuple[int, ...]) -> fmpq:
    """(3/5, 4/5, 0, …); a rotation of the first two axes."""
    if max(at) > 1:
        return fmpq(int(len(set(at)) == 1 and len(at) > 1))
    if len(at) == 1:
        return (_THREE_FIFTHS, _FOUR_FIFTHS)[at[0]]
    return _THREE_FIFTHS if at[0] == at[-1] else (_FOUR_FIFTHS if at[0] > at[-1] else -_FOUR_FIFTHS)


def _first(at: tuple[int, ...]) -> fmpq:
    """A unit vector; the identity."""
    return fmpq(int(at[0] == (at[-1] if len(at) > 1 else 0)))


def _second(at: tuple[int, ...]) -> fmpq:
    """Another unit vector; the identity with its first two rows exchanged."""
    if len(at) == 1:
        return fmpq(int(at[0] == 1))
    return fmpq(int(at[0] == (1 - at[-1] if at[-1] < 2 else at[-1])))


def _corner(at: tuple[int, ...]) -> fmpq:
    """A projection onto one axis."""
    return fmpq(int(not any(at)))


def _opposite(at: tuple[int, ...]) -> fmpq:
    return -_first(at)


def _symmetric(at: tuple[int, ...]) -> fmpq:
    return fmpq(2 + at[0]) if at[0] == at[-1] else fmpq(1, at[0] + at[-1])


def _antisymmetric(at: tuple[int, ...]) -> fmpq:
    return fmpq(at[0] - at[-1])


def _shifted(at: tuple[int, ...]) -> fmpq:
    """Each axis to the next one, the last to nought: a power of it is 0."""
    return fmpq(int(at[0] == at[-1] + 1 if len(at) > 1 else at[0] == 0))


def _skew_projection(at: tuple[int, ...]) -> fmpq:
    """A projection onto the first axis along (1, -1, 0, …): its own square, not symmetric."""
    return fmpq(int(at[0] == 0 and at[-1] < 2))


def _skew_reflection(at: tuple[int, ...]) -> fmpq:
    """Its own inverse, and neither symmetric nor orthogonal."""
    if at[0] == at[-1]:
        return fmpq((-1) ** at[0])
    return fmpq(int(at == (0, 1)))


PATTERNS: tuple[Pattern, ...] = (
    _rotated,
    _symmetric,
    _second,
    _skew_projection,
    _skew_reflection,
    _shifted,
    _first,
    _opposite,
    _corner,
    _antisymmetric,
)


def place_of(atom: Index) -> tuple[int, ...] | None:
    """The indices of an entry, if they are all known."""
    indices = [index.value for index in atom.indices if isinstance(index, Number)]
    whole = tuple(value for value in indices if isinstance(value, int))
    return whole if len(whole) == len(atom.indices) > 0 else None
