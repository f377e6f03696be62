"""``\\left. f \\right|_{x = 3}``: the value of a formula at a point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.expression.substitution import free_variables
from symderiv.language.latex.names.spelling import spellings
from symderiv.language.latex.pieces import Fence, Row, Unit
from symderiv.language.mentions import mentions, walk
from symderiv.language.rebuilding import rebuilt
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Bound, Comprehension, Group, Name, Node

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Reader

_BIND = frozenset("diff gradient jacobian hessian limit integral sum prod max min".split())


def value_at(reader: Reader, base: Fence, unit: Unit) -> Node:
    """The formula with the numbers of the point for its names; refused where that isn't all it takes.

    A derivative is taken before the point is put in, so none may stand there.
    """
    from symderiv.language.latex.rows.row import split

    if unit.sub is None or unit.sup is not None or unit.primes:
        raise _unclear(base, r"write \left. … \right|_{x = 3}")
    node = reader.row(base.row)
    point = dict(_coordinate(reader, piece, base) for piece in split(unit.sub))
    for name in point:
        _check_plain(reader, node, name, base)
    return Group(_put(node, point), base.start, unit.end)


def _coordinate(reader: Reader, piece: Row, base: Fence) -> tuple[str, Node]:
    units = piece.units
    names = spellings(units[0].base) if len(units) > 2 and units[0].bare else ()
    if not names or units[1].base.key != ("SIGN", "=="):
        raise _unclear(base, r"write \left. … \right|_{x = 3}")
    value = units[2:]
    return names[0], Group(
        reader.row(Row(value, value[0].start, value[-1].end)), value[0].start, value[-1].end
    )


def _check_plain(reader: Reader, node: Node, name: str, base: Fence) -> None:
    """Does the name stand in the formula itself, neither in what another name stands for, nor bound?"""
    for part in walk(node):
        binds = isinstance(part, Bound | Comprehension) or (
            isinstance(part, Applied)
            and isinstance(part.callee, Name)
            and part.callee.name in _BIND
            and len(part.args) > 1
        )
        if binds and mentions(part, name):
            raise _unclear(base, "write out the derivative or the sum, and put the point in")
        known = reader.look_up(part.name) if isinstance(part, Name) else None
        meant = known.definition if known is not None else None
        if meant is not None and any(variable.name == name for variable in free_variables(meant)):
            raise _unclear(base, f"write out what {part.name if isinstance(part, Name) else 'it'} stands for")


def _put(node: Node, point: dict[str, Node]) -> Node:
    if isinstance(node, Name):
        return point.get(node.name, node)
    return rebuilt(node, lambda part: _put(part, point))


def _unclear(base: Fence, cure: str) -> Misread:
    return Misread("what is put in here, and where, isn't clear", base.start, base.end, cure=cure)
