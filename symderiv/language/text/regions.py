"""Where a number lies, as a condition: ``x ∈ (0, 1]``, ``x in [0, oo)``, ``x ∉ {0, 1}``, ``x ∈ ℝ ∖ {0}``.

``x in (0, 1)`` with *in* may be one of two numbers, as in Python: it is refused where it gets its meaning.
"""

from __future__ import annotations

from collections.abc import Sequence

from symderiv.expression.operators import INFIX
from symderiv.language.regions import UNION, WITHOUT, Reals, Region, lies_in, region
from symderiv.language.resolving.assemble import assemble
from symderiv.language.sign import Sign
from symderiv.language.source import Misread
from symderiv.language.syntax import Interval, Items, Name, Node, Operation

Parts = list[Node | Sign]

_INSIDE, _OUTSIDE = "∈", "∉"
_MEMBERSHIP = frozenset(("in", _INSIDE, _OUTSIDE))
_JOINTS = frozenset((UNION, WITHOUT))
_JOINING = frozenset(("and", "or", "not"))
_LOOSE = _JOINING | _MEMBERSHIP | frozenset(o.symbol for o in INFIX.values() if o.side == "chain")
_SETS = "write an interval, (0, 1], or a set, {0, 1}"
_INFINITE = frozenset(("oo", "∞", "inf", "infinity", "infty"))


def with_conditions(parts: Parts) -> Parts:
    """The row with each statement that something lies in a region written as inequalities."""
    if not any(isinstance(part, Sign) and part.symbol in _MEMBERSHIP for part in parts):
        return parts
    done: Parts = []
    position = 0
    while position < len(parts):
        part = parts[position]
        position += 1
        if not isinstance(part, Sign) or part.symbol not in _MEMBERSHIP:
            done.append(part)
            continue
        outside = part.symbol == _OUTSIDE or _is_denied(done)
        where, behind = _region(parts, position, part.symbol, outside)
        if where is None:
            done.append(_plain(part, outside))
            continue
        if part.symbol != _OUTSIDE and outside:
            done.pop()  # the not of "x not in"
        node = _before(done, part)
        _check_joined(done[-1:], parts[behind : behind + 1], where, node)
        done.append(lies_in(node, where, outside=outside))
        position = behind
    return done


def _is_denied(done: Parts) -> bool:
    """``x not`` before ``in``."""
    if len(done) < 2 or isinstance(done[-2], Sign):
        return False
    return isinstance(done[-1], Sign) and done[-1].symbol == "not"


def _plain(sign: Sign, outside: bool) -> Sign:
    if sign.symbol == _OUTSIDE:
        message = "what stands behind ∉ is no set"
        raise Misread(message, sign.start, sign.end, cure=_SETS)
    return Sign("in", sign.start, sign.end)


def _region(parts: Parts, position: int, symbol: str, outside: bool) -> tuple[Region | None, int]:
    """The region that begins there, and where the row goes on; None where a name or one list stands there."""
    behind = _joint(parts, position + 1)
    first = _set(parts, position, symbol != "in" or behind is not None)
    if first is None or not (isinstance(first, Interval) or behind is not None or outside):
        return None, position
    position += 1
    more: list[tuple[str, Node]] = []
    while (sign := _joint(parts, position)) is not None:
        following = _set(parts, position + 1, True)
        if following is None:
            message = f"no set stands behind this {sign.symbol}"
            raise Misread(message, sign.start, sign.end, cure=_SETS)
        more.append((sign.symbol, following))
        position += 2
    return region(first, more), position


def _joint(parts: Sequence[Node | Sign], position: int) -> Sign | None:
    sign = parts[position] if position < len(parts) else None
    return sign if isinstance(sign, Sign) and sign.symbol in _JOINTS else None


def _set(parts: Parts, position: int, is_set: bool) -> Node | None:
    """The set that a part is; ``is_set`` says that two numbers in brackets can only be an interval."""
    part = parts[position] if position < len(parts) else None
    if isinstance(part, Name) and part.name in ("ℝ", "R") and is_set:
        return Reals(part.start, part.end)
    if not isinstance(part, Items):
        return part if isinstance(part, Interval) else None
    if part.kind == "set":
        return part
    if len(part.items) != 2 or not (is_set or any(map(_is_infinite, part.items))):
        return None
    is_open = part.kind == "tuple"
    return Interval(*part.items, is_open, is_open, part.start, part.end)


def _is_infinite(node: Node) -> bool:
    if isinstance(node, Operation) and node.head in ("neg", "pos"):
        node = node.args[0]
    return isinstance(node, Name) and node.name in _INFINITE


def _before(done: Parts, sign: Sign) -> Node:
    """What lies there: all back to the last comparison, or *and*, taken off the row."""
    start = len(done)
    while start and not (isinstance(done[start - 1], Sign) and done[start - 1].symbol in _LOOSE):  # type: ignore[union-attr]
        start -= 1
    operands = done[start:]
    if not operands:
        message = f"nothing stands before this {sign.symbol}"
        raise Misread(message, sign.start, sign.end, cure="write the number that lies there")
    del done[start:]
    return assemble(operands)


def _check_joined(before: Parts, behind: Parts, where: Region, node: Node) -> None:
    """``0 < x in (0, 1]``: what lies there?"""
    for part in (*before, *behind):
        if not isinstance(part, Sign) or part.symbol not in _JOINING:
            message = "what lies in this set isn't clear"
            raise Misread(message, node.start, where.end, cure="join the conditions with 'and'")
