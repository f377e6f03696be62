"""``x \\in [a, b]`` and ``x \\in (a, b)``: intervals, as inequalities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.language.latex.pieces import Fence, Unit
from symderiv.language.resolving.assemble import Sign
from symderiv.language.source import Misread
from symderiv.language.syntax import Group, Items, Node, Operation

if TYPE_CHECKING:
    from symderiv.language.latex.row import Reader


class Interval(Items):
    """Two ends in brackets behind ``\\in``; kind ``list`` where they belong to it."""


def interval(reader: Reader, unit: Unit) -> Interval | None:
    """The interval that a bracket behind ``\\in`` is; None where it is none."""
    from symderiv.language.latex.row import split

    base = unit.base
    if not isinstance(base, Fence) or base.opening not in ("[", "("):
        return None
    ends = split(base.row, ",")
    if len(ends) != 2 or not unit.bare:
        raise Misread(
            "what this set is isn't clear",
            unit.start,
            unit.end,
            expected=r"an interval, [0, 1], or a set, \{0, 1\}",
            cure=r"write \{…\} for a set, [a, b] for an interval",
        )
    nodes = tuple(reader.row(end) for end in ends)
    return Interval("list" if base.opening == "[" else "tuple", nodes, unit.start, unit.end)


def as_inequalities(elements: list[list[Node] | Sign]) -> list[list[Node] | Sign]:
    """``x``, ``\\in`` and an interval as one condition, ``a <= x and x <= b``."""
    done: list[list[Node] | Sign] = []
    for position, element in enumerate(elements):
        last = element[0] if isinstance(element, list) and len(element) == 1 else None
        if not isinstance(last, Interval):
            done.append(element)
            continue
        run = done[-2] if len(done) > 1 else None
        around = [*done[-3:-2], *elements[position + 1 : position + 2]]
        if not isinstance(run, list) or len(run) != 1 or not all(map(_joins_conditions, around)):
            message = "what lies in this interval isn't clear"
            raise Misread(message, last.start, last.end, cure="write inequalities")
        done[-2:] = [[_between(run[0], last)]]
    return done


def _joins_conditions(element: list[Node] | Sign) -> bool:
    return isinstance(element, Sign) and element.symbol in ("and", "or", "not")


def _between(node: Node, found: Interval) -> Node:
    head = "le" if found.kind == "list" else "lt"
    low, high = found.items
    start, end = node.start, found.end
    above = Operation(head, (low, node), start, end)
    return Group(Operation("and", (above, Operation(head, (node, high), start, end)), start, end), start, end)
