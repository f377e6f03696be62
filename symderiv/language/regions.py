"""Where a number may lie: intervals, listed numbers, several of these together, and what is left out.

``x ∈ (0, 1] ∪ {3}`` is the condition ``0 < x and x <= 1 or x in {3}``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from symderiv.language.source import Misread
from symderiv.language.syntax import Group, Interval, Node, Operation

UNION, WITHOUT = "∪", "∖"


class Reals(Node):
    """All numbers: what a set is taken out of."""


@dataclass(frozen=True, slots=True)
class Region:
    """The sets that a number may lie in one of, and the set that it may not lie in."""

    sets: tuple[Node, ...]
    left_out: Node | None
    end: int


def region(first: Node, more: Sequence[tuple[str, Node]]) -> Region:
    """``A ∪ B ∪ C``, or ``A ∖ B``; of both side by side it isn't clear what is left out of what."""
    without = [each for sign, each in more if sign == WITHOUT]
    sets = (first, *(each for sign, each in more if sign == UNION))
    end = more[-1][1].end if more else first.end
    if without and len(more) > 1:
        message = "what is left out of what isn't clear"
        raise Misread(message, first.start, end, cure="write it with and, or, not, and inequalities")
    return Region(sets, without[0] if without else None, end)


def lies_in(node: Node, where: Region, *, outside: bool = False) -> Group:
    """The condition that ``node ∈ where`` is, or ``node ∉ where``."""
    start, end = node.start, where.end
    said = _any([_inside(node, each) for each in where.sets], start, end)
    left_out = None if where.left_out is None else _inside(node, where.left_out)
    if left_out is not None:
        rest = Operation("not", (Group(left_out, start, end),), start, end)
        said = rest if said is None else Operation("and", (Group(said, start, end), rest), start, end)
    if said is None:
        raise Misread("every number lies there", start, end, cure="leave it out")
    return Group(Operation("not", (Group(said, start, end),), start, end) if outside else said, start, end)


def _inside(node: Node, where: Node) -> Node | None:
    """The condition of lying in one set; None where all numbers do."""
    if isinstance(where, Reals):
        return None
    if not isinstance(where, Interval):
        return Operation("in", (node, where), node.start, where.end)
    above = Operation("lt" if where.low_open else "le", (where.low, node), node.start, where.end)
    below = Operation("lt" if where.high_open else "le", (node, where.high), node.start, where.end)
    return Operation("and", (above, below), node.start, where.end)


def _any(said: list[Node | None], start: int, end: int) -> Node | None:
    if len(said) == 1 or None in said:
        return None if None in said else said[0]
    return Operation("or", tuple(Group(each, start, end) for each in said if each is not None), start, end)


def no_value(_: object, node: Interval) -> NoReturn:
    """Raise Misread: an interval by itself says of nothing where it lies."""
    message = "a half-open interval is no value"
    raise Misread(message, node.start, node.end, cure="write x ∈ (0, 1], or 0 < x <= 1")
