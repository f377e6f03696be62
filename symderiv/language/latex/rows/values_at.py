"""``\\left. f \\right|_{x = 3}``: the value of a formula at a point."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symderiv.expression.substitution import free_variables
from symderiv.language.latex.names.bound import bound_name
from symderiv.language.latex.pieces import Fence, Row, Unit
from symderiv.language.latex.ranges.range_pieces import RELATIONS
from symderiv.language.mentions import mentions, walk
from symderiv.language.rebuilding import rebuilt
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Bound, Comprehension, Group, Items, Name, Node

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Reader

_DERIVATIVES = frozenset("diff gradient jacobian hessian".split())
_BIND = frozenset("limit integral sum prod max min".split())
_CURE = r"write \left. … \right|_{x = 3}"


def with_values_at(row: Row) -> Row:
    """``f \\big|_{x = 3}``: the term before the bar is what the point is put into."""
    for position, unit in enumerate(row.units):
        if unit.base.key == ("BAR", "|") and unit.sub is not None and _is_point(unit.sub):
            first = _side_before(row.units, position)
            term = row.units[first:position]
            if sum(part.base.key == unit.base.key for part in term) % 2 == 0:
                return with_values_at(_gathered(row, first, position))
    return row


def _is_point(sub: Row) -> bool:
    return len(sub.units) > 2 and sub.units[1].base.key == ("SIGN", "==")


def _side_before(units: tuple[Unit, ...], position: int) -> int:
    """Where the term before the bar begins; refused where it is one of several."""
    first = position
    while first and not _parts(units[first - 1]):
        first -= 1
    sign = units[first - 1] if first else None
    if first == position or (
        sign is not None and sign.base.key[1] in ("+", "-") and not _leads(units, first - 1)
    ):
        bar = units[position]
        raise Misread("how much stands before the bar isn't clear", bar.start, bar.end, cure=_CURE)
    return first


def _leads(units: tuple[Unit, ...], position: int) -> bool:
    """Is this the sign in front of the first term of its side?"""
    before = units[position - 1] if position else None
    return before is None or (_parts(before) and before.base.key[1] not in ("+", "-"))


def _parts(unit: Unit) -> bool:
    return unit.base.key[0] == "PUNCT" or (
        unit.base.key[0] == "SIGN" and unit.base.key[1] in RELATIONS | {"+", "-", "and", "or", "not"}
    )


def _gathered(row: Row, first: int, position: int) -> Row:
    units = row.units
    bar = units[position]
    start = units[first].start
    inner = Row(units[first:position], start, bar.start)
    value = Unit(Fence(".", "|", inner, start, bar.base.end), bar.sub, bar.sup, bar.primes, bar.end)
    return Row((*units[:first], value, *units[position + 1 :]), row.start, row.end)


def value_at(reader: Reader, base: Fence, unit: Unit) -> Node:
    """The formula with the numbers of the point for its names; derivatives are taken before it is put in."""
    if unit.sub is None or unit.sup is not None or unit.primes:
        raise _unclear(base, _CURE)
    node = reader.row(base.row)
    point = dict(_coordinate(reader, piece, base) for piece in _one_by_one(unit.sub))
    later = {name for name in point if _is_put_in_later(reader, node, name, base)}
    if later and len(point) > 1 and any(mentions(value, name) for value in point.values() for name in point):
        raise _unclear(base, "write out the derivative, and put the point in")
    node = _put(node, {name: value for name, value in point.items() if name not in later})
    for name in sorted(later):
        args = (node, Name(name, base.start, base.end), point[name])
        node = Applied(Name("value_at", base.start, base.end), args, (), base.start, unit.end)
    return Group(node, base.start, unit.end)


def _one_by_one(point: Row) -> Iterator[Row]:
    """``x = 3, y = 2``; ``(x, y) = (3, 2)`` means the same."""
    from symderiv.language.latex.rows.row import split

    for piece in split(point):
        match piece.units:
            case (Unit(base=Fence(opening="(") as left), equals, Unit(base=Fence(opening="(") as right)) if (
                len(names := split(left.row)) == len(values := split(right.row))
            ):
                for name, value in zip(names, values, strict=True):
                    yield Row((*name.units, equals, *value.units), name.start, value.end)
            case _:
                yield piece


def _coordinate(reader: Reader, piece: Row, base: Fence) -> tuple[str, Node]:
    units = piece.units
    name = bound_name(reader.notations, units[0]) if len(units) > 2 and units[0].bare else None
    if name is None or units[1].base.key != ("SIGN", "=="):
        raise _unclear(base, _CURE)
    value = units[2:]
    return name, Group(reader.row(Row(value, value[0].start, value[-1].end)), value[0].start, value[-1].end)


def _is_put_in_later(reader: Reader, node: Node, name: str, base: Fence) -> bool:
    """Does the name stand in a derivative or a sum, or in what another name stands for?

    Refused where a sum or a limit binds it: then the formula has no value at this point.
    """
    found = False
    for part in walk(node):
        bound = tuple(_bound_by(part))
        if any(other.name == name for other in bound):
            raise _unclear(base, "write out the sum, and put the point in")
        known = reader.look_up(part.name) if isinstance(part, Name) else None
        meant = known.definition if known is not None else None
        stands_for = meant is not None and any(variable.name == name for variable in free_variables(meant))
        found = found or stands_for or ((bool(bound) or _is_derivative(part)) and mentions(part, name))
    return found


def _is_derivative(node: Node) -> bool:
    return isinstance(node, Applied) and isinstance(node.callee, Name) and node.callee.name in _DERIVATIVES


def _bound_by(node: Node) -> Iterator[Name]:
    """The names that a sum, an integral, or a limit runs over."""
    if isinstance(node, Bound):
        yield node.name
    elif isinstance(node, Comprehension):
        yield from (clause.name for clause in node.clauses)
    elif isinstance(node, Applied) and isinstance(node.callee, Name) and node.callee.name in _BIND:
        for place in node.args[1:]:
            first = place.items[0] if isinstance(place, Items) and place.items else place
            if isinstance(first, Name) and (isinstance(place, Items) or node.callee.name == "limit"):
                yield first


def _put(node: Node, point: dict[str, Node]) -> Node:
    if isinstance(node, Name):
        return point.get(node.name, node)
    return rebuilt(node, lambda part: _put(part, point))


def _unclear(base: Fence, cure: str) -> Misread:
    return Misread("what is put in here, and where, isn't clear", base.start, base.end, cure=cure)
