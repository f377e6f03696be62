"""``\\sum``, ``\\prod``, ``\\max`` and ``\\min`` over indices: how far they reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.expression.tree import BinderKind
from symderiv.language.latex.pieces import Atom, Row, Unit
from symderiv.language.latex.ranges.implied import with_indices
from symderiv.language.latex.ranges.ranges import Below, Range, is_free, read_below
from symderiv.language.mentions import mentions, only_indexes, walk
from symderiv.language.ranks import rank_of
from symderiv.language.source import Misread
from symderiv.language.syntax import (
    Applied,
    Bound,
    Clause,
    Comprehension,
    Indexed,
    Name,
    Node,
    Operation,
)

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Cursor, Reader


_KINDS: dict[str, BinderKind] = {"sum": "sum", "prod": "prod", "max": "max", "min": "min"}


def big(cursor: Cursor) -> Node:
    """The sign with its range and its body; ``\\max(a, b)`` is an ordinary function."""
    from symderiv.language.latex.rows.functions import applied

    after_slash = _is_slash(cursor.peek(-1))
    unit = cursor.take()
    assert isinstance(unit.base, Atom)
    kind = _KINDS.get(unit.base.value)
    if kind is None:
        message = f"\\{unit.base.value} isn't read here"
        raise Misread(message, unit.start, unit.end, cure=r"write \max or \min where it is attained")
    if kind in ("max", "min") and unit.sub is None:
        return applied(cursor, kind, unit.start, unit, None, unit.sup, unit.primes)
    if unit.sub is None:
        return _without_index(cursor, kind, unit)
    below = read_below(cursor.reader, unit)
    with cursor.reader.binding(below.names):
        body = cursor.product()
    _check_declared(cursor.reader, body, below)
    _check_body(kind, body, below, after_slash, unit)
    return _bound(cursor.reader, kind, body, below, unit)


def _is_slash(unit: Unit | None) -> bool:
    return unit is not None and unit.base.key == ("SIGN", "/")


def _bound(reader: Reader, kind: BinderKind, body: Node, below: Below, unit: Unit) -> Node:
    """One binder an index, the first one outermost; conditions sit with the innermost."""
    unbounded = all(r.lower is None and r.members is None for r in below.ranges)
    if unbounded and not any(mentions(body, name) for name in below.names):
        if rank_of(reader, body) == len(below.names):
            return Applied(Name(kind, unit.start, unit.base.end), (body,), (), unit.start, body.end)
        with reader.binding(below.names):
            written = with_indices(reader, body, below.names)
        if written is not None:
            return _bound(reader, kind, written, below, unit)
        raise Misread(
            "the body doesn't carry the index that it is summed over",
            unit.start,
            body.end,
            cure="write the indices of the array: X_{b,c}",
        )
    node = body
    conditions = below.conditions
    for position, item in enumerate(reversed(below.ranges)):
        condition = None
        if position == 0 and conditions:
            condition = (
                conditions[0]
                if len(conditions) == 1
                else Operation("and", tuple(conditions), conditions[0].start, conditions[-1].end)
            )
        if item.members is not None:
            node = _over_members(kind, node, item, condition, unit)
        else:
            node = Bound(kind, node, item.name, item.lower, item.upper, condition, unit.start, body.end)
    return node


def _over_members(kind: BinderKind, body: Node, item: Range, condition: Node | None, unit: Unit) -> Node:
    """``\\max_{x\\in N} f(x)`` over the entries of an array."""
    assert item.members is not None
    clause = Clause(item.name, item.members, condition, item.name.start, item.members.end)
    through = Comprehension("argument", body, (clause,), unit.start, body.end)
    return Applied(Name(kind, unit.start, unit.base.end), (through,), (), unit.start, body.end)


def _check_declared(reader: Reader, body: Node, below: Below) -> None:
    """A declared name that is no index is bound where its range is said, or if it is a number and indexes."""
    for item in below.ranges:
        found = reader.look_up(item.name.name)
        if found is None or found.kind.index or item.lower is not None or item.members is not None:
            continue
        is_number = not (found.kind.shape or found.kind.function)
        if not (is_number and only_indexes(body, item.name.name)):
            raise Misread(
                f"{item.name.name} is declared and no index",
                item.name.start,
                item.name.end,
                cure="use another letter for the index",
            )


def _check_body(kind: BinderKind, body: Node, below: Below, after_slash: bool, unit: Unit) -> None:
    """``\\prod a_i / n`` and ``a / \\sum b_j \\cdot c``: how far the sign reaches would be a guess."""

    def unclear(what: str, cure: str) -> Misread:
        return Misread(f"{what} isn't clear", unit.start, body.end, cure=cure)

    head = body.head if isinstance(body, Operation) else ""
    factors = body.args if isinstance(body, Operation) and head in ("mul", "div") else (body,)
    carries = [any(mentions(factor, name) for name in below.names) for factor in factors]
    if after_slash and len(factors) > 1 and not all(carries):
        raise unclear("how far this sum below a slash reaches", r"write \frac{…}{…}, or brackets")
    if kind == "sum" or (head == "div" and body.start != factors[0].start):
        return
    if head == "mul" and len(factors) > 1 and not carries[-1]:
        raise unclear(f"how far \\{kind} reaches", "write the factor before the sign, or brackets")
    if _has_slash(body):
        raise unclear(f"how far \\{kind} reaches before this slash", r"write \frac{…}{…}, or brackets")


def _has_slash(body: Node) -> bool:
    """A quotient written with a slash (a ``\\frac`` stands by itself)."""
    return (
        isinstance(body, Operation)
        and body.head == "div"
        and body.start == body.args[0].start
        and (body.end == body.args[1].end)
    )


def _without_index(cursor: Cursor, kind: BinderKind, unit: Unit) -> Node:
    """``\\sum x_j``: over the one index that stands nowhere else; ``\\sum X``: over all entries."""
    if unit.sup is not None:
        raise Misread(
            "a sum with an end but no beginning",
            unit.start,
            unit.end,
            expected=r"\sum_{j=1}^{k}",
            cure="write the index and where it begins below the sign",
        )
    reader = cursor.reader
    start = cursor.position
    body = cursor.product()
    indices = _open_indices(reader, body)
    if not indices:
        return Applied(Name(kind, unit.start, unit.end), (body,), (), unit.start, body.end)
    inside = _count(cursor.units[start : cursor.position])
    own = [name for name in indices if inside.get(name, 0) == reader.uses.letters[name]]
    if reader.scope.strict:
        own = [name for name in indices if reader.look_up(name) is None] or own
    if len(own) != 1 or (len(indices) != 1 and not reader.scope.strict):
        raise Misread(
            "which index this sum runs over isn't said",
            unit.start,
            unit.end,
            expected="an index below the sign",
            cure=rf"write \{kind}_{{{indices[0]}}}",
        )
    name = Name(own[0], unit.start, unit.end)
    return Bound(kind, body, name, None, None, None, unit.start, body.end)


def _open_indices(reader: Reader, body: Node) -> list[str]:
    """The names that index in a body and that no sum binds."""
    found: list[str] = []
    for node in walk(body):
        if isinstance(node, Indexed):
            for index in node.indices:
                for inner in walk(index):
                    if isinstance(inner, Name) and is_free(reader, inner.name) and mentions(body, inner.name):
                        found.append(inner.name)
    return list(dict.fromkeys(found))


def _count(units: tuple[Unit, ...]) -> dict[str, int]:
    from symderiv.language.latex.names.context import Uses

    uses = Uses()
    uses.note(Row(units, 0, 0))
    return dict(uses.letters)
