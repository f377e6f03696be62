r"""Where a number lies, as a condition: ``x \in [a, b)``, ``x \in (0, 1) \cup \{3\}``, ``x \notin A``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.language.latex.pieces import Fence, Unit
from symderiv.language.latex.ranges.range_pieces import RELATIONS
from symderiv.language.latex.rows.products import Element, join_products
from symderiv.language.regions import UNION, WITHOUT, Reals, Region, lies_in, region
from symderiv.language.resolving.assemble import assemble
from symderiv.language.sign import Sign
from symderiv.language.source import Misread
from symderiv.language.syntax import Interval, Items, Node

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Cursor, Reader

_JOINTS: dict[object, str] = {("SIGN", "cup"): UNION, ("SIGN", "setminus"): WITHOUT}
_BLACKBOARD = frozenset((r"\mathbb", r"\mathds", r"\mathbbm"))


class Place(Node):
    """A region where it stands in a row."""

    __slots__ = ("region",)

    def __init__(self, where: Region, start: int) -> None:
        super().__init__(start, where.end)
        self.region = where


def place_behind(cursor: Cursor, symbol: str) -> Place | None:
    r"""The region behind ``\in`` or ``\notin``; None where a name, or one list, stands behind ``\in``."""
    behind = cursor.peek()
    if behind is None or not (_is_bracket(behind) or _joint(cursor.peek(1)) or symbol == "notin"):
        return None
    first = _set(cursor, behind)
    more: list[tuple[str, Node]] = []
    while (joint := _joint(cursor.peek())) is not None:
        sign = cursor.take()
        following = cursor.peek()
        if following is None:
            raise Misread(
                "no set stands behind this sign", sign.start, sign.end, cure="write it, or delete the sign"
            )
        more.append((joint, _set(cursor, following)))
    return Place(region(first, more), behind.start)


def _joint(unit: Unit | None) -> str | None:
    return None if unit is None or not unit.bare else _JOINTS.get(unit.base.key)


def _is_bracket(unit: Unit) -> bool:
    return isinstance(unit.base, Fence) and unit.base.opening in ("[", "(")


def _set(cursor: Cursor, unit: Unit) -> Node:
    from symderiv.language.latex.rows.row import split

    base = unit.base
    if isinstance(base, Fence) and _is_bracket(unit):
        ends = split(base.row, ",")
        if len(ends) == 2 and unit.bare:
            cursor.take()
            low, high = (cursor.reader.row(end) for end in ends)
            return Interval(low, high, base.opening == "(", base.closing == "(", unit.start, unit.end)
    elif base.key[0] in _BLACKBOARD and base.key[1] == ("LETTER", "R") and unit.bare:
        cursor.take()
        return Reals(unit.start, unit.end)
    elif isinstance(base, Fence) and base.opening == "{" == base.closing and unit.bare:
        cursor.take()
        return Items("set", tuple(cursor.reader.row(each) for each in split(base.row)), unit.start, unit.end)
    raise Misread(
        "what this set is isn't clear",
        unit.start,
        unit.end,
        expected=r"an interval, [0, 1], or a set, \{0, 1\}",
        cure=r"write \{…\} for a set, [a, b] for an interval",
    )


def as_conditions(reader: Reader, elements: list[Element]) -> list[Element]:
    r"""``x``, ``\in`` and a region as one condition, ``a <= x and x <= b``."""
    done: list[Element] = []
    for position, element in enumerate(elements):
        last = element[0] if isinstance(element, list) and len(element) == 1 else None
        if not isinstance(last, Place):
            done.append(element)
            continue
        sign = done.pop()
        start = len(done)
        while start and not _is_loose(done[start - 1]):
            start -= 1
        lying = done[start:]
        around = [*done[max(0, start - 1) : start], *elements[position + 1 : position + 2]]
        if not lying or not all(map(_joins_conditions, around)):
            message = "what lies in this set isn't clear"
            raise Misread(message, last.start, last.end, cure="write inequalities")
        outside = isinstance(sign, Sign) and sign.symbol == "notin"
        node = assemble(join_products(reader, lying))
        done[start:] = [[lies_in(node, last.region, outside=outside)]]
    return done


def _is_loose(element: Element) -> bool:
    return isinstance(element, Sign) and (element.symbol in RELATIONS or _joins_conditions(element))


def _joins_conditions(element: Element) -> bool:
    return isinstance(element, Sign) and element.symbol in ("and", "or", "not")
