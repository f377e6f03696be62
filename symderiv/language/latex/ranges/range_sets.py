"""Sets that an index runs over: ``\\{1, 2, \\dots, n\\}`` and ``\\{0, 1\\}``."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from symderiv.language.latex.lexing.symbols import DOTS
from symderiv.language.latex.pieces import Fence, Row
from symderiv.language.source import Misread
from symderiv.language.syntax import Name, Node, Numeral, Operation

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Reader


def dotted(reader: Reader, items: list[Row], base: Fence) -> tuple[Node, Node]:
    """``\\{1, 2, \\dots, n\\}`` counts by ones."""
    first, last = reader.row(items[0]), reader.row(items[-1])
    shown = [reader.row(item) for item in items[:-2]]
    steps = [
        b.value - a.value
        for a, b in itertools.pairwise(shown)
        if isinstance(a, Numeral) and isinstance(b, Numeral)
    ]
    is_dots = items[-2].units and items[-2].units[0].base.key[-1] in DOTS
    if not is_dots or any(step != 1 for step in steps) or (len(shown) > 2 and len(steps) < len(shown) - 1):
        raise Misread(
            "how this set goes on isn't clear",
            base.start,
            base.end,
            expected=r"\{1, \dots, n\}",
            cure="write its first and last member",
        )
    return first, last


def listed(reader: Reader, items: list[Row], name: Name, base: Fence) -> tuple[Node, Node, Node | None]:
    """``\\{0, 1\\}``: its ends, and which of the integers between belong to it."""
    nodes = [reader.row(item) for item in items]
    values = [node.value for node in nodes if isinstance(node, Numeral)]
    if len(values) != len(nodes) or not all(isinstance(value, int) for value in values):
        raise Misread(
            "this set isn't made of integers",
            base.start,
            base.end,
            expected=r"\{0, 1\}",
            cure="write integers, or sum over an index of the set",
        )
    first, last = min(values), max(values)
    ends = Numeral(first, base.start, base.end), Numeral(last, base.start, base.end)
    if len(set(values)) == last - first + 1:
        return *ends, None
    members = tuple(Operation("eq", (name, node), node.start, node.end) for node in nodes)
    return *ends, Operation("or", members, base.start, base.end)
