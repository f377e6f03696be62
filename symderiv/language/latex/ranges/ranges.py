"""What stands below a sum sign: ``i=1`` (and ``n`` above), ``i<j``, ``a\\in\\{0,1\\}``, ``i``."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from symderiv.language.latex.lexing.symbols import DOTS
from symderiv.language.latex.names.bound import bound_name
from symderiv.language.latex.names.spelling import spellings
from symderiv.language.latex.pieces import Fence, Row, Unit
from symderiv.language.latex.ranges.range_pieces import (
    RELATIONS,
    is_name,
    jointly_bounded,
    pieces_below,
    relations_in,
)
from symderiv.language.latex.ranges.range_sets import dotted, listed
from symderiv.language.ranks import rank_of
from symderiv.language.source import Misread
from symderiv.language.syntax import Name, Node, Numeral, Operation

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Reader


@dataclass(slots=True)
class Range:
    """An index and its inclusive ends; without ends it runs over the array that it indexes.

    With ``members`` it is no index, but each entry of this array in turn.
    """

    name: Name
    lower: Node | None = None
    upper: Node | None = None
    members: Node | None = None


@dataclass(slots=True)
class Below:
    """All indices of a sign, and the conditions on them."""

    ranges: list[Range] = field(default_factory=list)
    conditions: list[Node] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return [item.name.name for item in self.ranges]


def read_below(reader: Reader, unit: Unit) -> Below:
    """The ranges of ``\\sum_{…}^{…}``."""
    assert unit.sub is not None
    below = Below()
    pending: list[Row] = []
    upper = None if unit.sup is None else reader.row(unit.sup)
    for piece in jointly_bounded(pieces_below(unit.sub)):
        kind = relations_in(piece)
        if not kind:
            _bare_names(reader, below, piece)
        elif _is_start(piece, kind):
            _from(reader, below, piece, kind[0], upper, unit)
        elif _is_set(piece, kind):
            _in_set(reader, below, piece, kind[0])
        elif _is_chain(reader, piece, kind):
            _chain(reader, below, piece, kind)
        else:
            pending.append(piece)
    if upper is not None and not any(item.upper is upper for item in below.ranges):
        raise Misread(
            "the sum has an end but no beginning",
            unit.start,
            unit.end,
            expected=r"\sum_{i=1}^{n}",
            cure="write the index and where it begins below the sign",
        )
    for piece in pending:
        _bind_condition(reader, below, piece)
    _check_names(reader, below, unit)
    with reader.binding(below.names):
        below.conditions += [reader.row(piece) for piece in pending]
    return below


def _name(reader: Reader, piece: tuple[Unit, ...], place: Row) -> Name:
    """An index: one symbol without scripts."""
    found = bound_name(reader.notations, piece[0]) if len(piece) == 1 and piece[0].bare else None
    if found is None:
        raise Misread(
            "this is no index",
            place.start,
            place.end,
            expected="a letter such as i",
            cure="write one letter for each index",
        )
    return Name(found, piece[0].start, piece[0].end)


def _bare_names(reader: Reader, below: Below, piece: Row) -> None:
    """An index; or a vector whose entries look otherwise, as in ``\\sum_S X^p`` by ``notation: {S: X}``.

    Without such a look, ``\\max_x f(x)`` may as well be the maximum over all x.
    """
    for unit in piece.units:
        name = _name(reader, (unit,), Row((unit,), unit.start, unit.end))
        has_entries = name.name in reader.scope.notation and rank_of(reader, name) == 1
        below.ranges.append(Range(name, members=name if has_entries else None))


def _is_start(piece: Row, cuts: list[tuple[int, str]]) -> bool:
    return cuts[0][1] == "==" and len(cuts) == 1 and is_name(piece.units[: cuts[0][0]])


def _from(
    reader: Reader, below: Below, piece: Row, cut: tuple[int, str], upper: Node | None, unit: Unit
) -> None:
    """``i=1`` with its end above, or ``i=1,\\dots,n``; names before it (``a,b=1``) share the ends."""
    name = _name(reader, piece.units[: cut[0]], piece)
    rest = piece.units[cut[0] + 1 :]
    if not rest:
        raise Misread(
            "the sum's beginning is missing",
            piece.start,
            piece.end,
            expected="i=1",
            cure="write a number behind the =",
        )
    dots = [k for k, u in enumerate(rest) if u.base.key[-1] in DOTS]
    if dots and 0 < dots[0] < len(rest) - 1:
        lower = reader.units(rest[: dots[0]], piece.start, piece.end)
        end: Node | None = reader.units(rest[dots[0] + 1 :], piece.start, piece.end)
    else:
        lower, end = reader.units(rest, piece.start, piece.end), upper
    if end is None:
        raise Misread(
            f"where {name.name} ends isn't said",
            unit.start,
            unit.end,
            expected=r"\sum_{i=1}^{n}",
            cure=f"write the end above the sign, or {name.name} alone below it for all entries",
        )
    for item in below.ranges:
        if item.lower is None:
            item.lower, item.upper = lower, end
    below.ranges.append(Range(name, lower, end))


def _is_set(piece: Row, cuts: list[tuple[int, str]]) -> bool:
    return cuts[0][1] == "in" and len(cuts) == 1


def _in_set(reader: Reader, below: Below, piece: Row, cut: tuple[int, str]) -> None:
    """``a\\in\\{0,1\\}``, ``i\\in\\{1,\\dots,n\\}``, ``i\\in[n]``; names before it share the set."""
    from symderiv.language.latex.rows.row import split

    name = _name(reader, piece.units[: cut[0]], piece)
    target = piece.units[cut[0] + 1 :]
    base = target[0].base if len(target) == 1 and target[0].bare else None
    if base is not None and len(target) == 1 and spellings(base) and reader.look_up(name.name) is None:
        members = reader.row(Row(target, target[0].start, target[-1].end))
        if rank_of(reader, members) == 1:
            below.ranges.append(Range(name, members=members))
            return
    if not isinstance(base, Fence) or base.opening not in ("{", "["):
        raise Misread(
            f"what {name.name} runs over isn't known",
            piece.start,
            piece.end,
            expected=r"\{0, 1\}, \{1, \dots, n\} or [n]",
            cure="write its first and last value",
        )
    items = split(base.row)
    condition: Node | None = None
    if len(items) == 1 and base.opening == "[":
        lower: Node = Numeral(1, base.start, base.start + 1)
        upper = reader.row(items[0])
    elif any(len(item.units) == 1 and item.units[0].base.key[-1] in DOTS for item in items):
        lower, upper = dotted(reader, items, base)
    else:
        lower, upper, condition = listed(reader, items, name, base)
    for item in below.ranges:
        if item.lower is None and condition is None:
            item.lower, item.upper = lower, upper
    below.ranges.append(Range(name, lower, upper))
    if condition is not None:
        below.conditions.append(condition)


def _is_chain(reader: Reader, piece: Row, cuts: list[tuple[int, str]]) -> bool:
    between = [piece.units[a + 1 : b] for (a, _), (b, _) in pairwise(cuts)]
    if not between or not {sign for _, sign in cuts} <= {"<", "<="} or not all(map(is_name, between)):
        return False
    return len(between) == 1 or all(is_free(reader, _name(reader, units, piece).name) for units in between)


def _chain(reader: Reader, below: Below, piece: Row, cuts: list[tuple[int, str]]) -> None:
    """``1\\le i\\le n``, ``0\\le i<n``; in ``1\\le i<j\\le n`` j begins behind i, and i leaves room for j."""
    names = [_name(reader, piece.units[a + 1 : b], piece) for (a, _), (b, _) in pairwise(cuts)]
    steps = [int(sign == "<") for _, sign in cuts]
    lower = reader.units(piece.units[: cuts[0][0]], piece.start, piece.end)
    upper = reader.units(piece.units[cuts[-1][0] + 1 :], piece.start, piece.end)
    for place, name in enumerate(names):
        last = _shifted(upper, "sub", sum(steps[place + 1 :]))
        below.ranges.append(Range(name, _shifted(lower, "add", steps[place]), last))
        lower = name


def _shifted(node: Node, head: str, steps: int) -> Node:
    if not steps:
        return node
    if isinstance(node, Numeral):
        return Numeral(node.value + (steps if head == "add" else -steps), node.start, node.end)
    return Operation(head, (node, Numeral(steps, node.start, node.end)), node.start, node.end)


def _bind_condition(reader: Reader, below: Below, piece: Row) -> None:
    """``i<j`` binds the names in it that mean nothing yet."""
    from symderiv.language.latex.rows.row import sign_of

    sides: list[list[Unit]] = [[]]
    for unit in piece.units:
        if sign_of(unit) in RELATIONS:
            sides.append([])
        else:
            sides[-1].append(unit)
    candidates = [tuple(side) for side in sides if is_name(tuple(side))]
    free = [_name(reader, units, piece) for units in candidates]
    free = [name for name in free if name.name not in below.names and is_free(reader, name.name)]
    unknown = [name for name in free if reader.look_up(name.name) is None]
    if below.ranges:
        return
    if len(free) == 2 and (not unknown or (len(unknown) == 2 and relations_in(piece)[0][1] == "!=")):
        raise Misread(
            f"whether {free[1].name} is summed over, too, isn't said",
            piece.start,
            piece.end,
            cure=rf"write \sum_{{{free[0].name}}} \sum_{{…}}, one index a sign",
        )
    below.ranges.extend(Range(name) for name in (unknown or free))


def is_free(reader: Reader, name: str) -> bool:
    found = reader.look_up(name)
    return name not in reader.bound and (found is None or found.kind.index)


def _check_names(reader: Reader, below: Below, unit: Unit) -> None:
    assert unit.sub is not None
    if not below.ranges:
        raise Misread(
            "what this sign runs over isn't said",
            unit.start,
            unit.end,
            expected=r"\sum_{i=1}^{n}",
            cure="write its index below",
        )
    seen: set[str] = set()
    for item in below.ranges:
        if item.name.name in seen:
            raise Misread(
                f"{item.name.name} is bound twice",
                item.name.start,
                item.name.end,
                cure="use another letter for one of the two",
            )
        seen.add(item.name.name)
