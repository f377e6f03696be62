"""An index that counts, as a condition on it: ``i = 1, \\dots, n`` and ``i = 1..n`` are ``1 <= i <= n``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.language.latex.lexing.symbols import DOTS
from symderiv.language.latex.pieces import Fence, Row, Unit
from symderiv.language.latex.ranges.range_pieces import is_name
from symderiv.language.syntax import Node, Numeral, Operation

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Reader

_POINT = ("PUNCT", ".")


def counted(reader: Reader, row: Row) -> Node | None:
    """``1 <= i and i <= n``; None where the row doesn't count an index."""
    if len(row.units) < 3 or not is_name(row.units[:1]):
        return None
    sign, rest = row.units[1].base.key, row.units[2:]
    if sign == ("SIGN", "in"):
        base = rest[0].base
        if len(rest) > 1 or not isinstance(base, Fence) or base.opening not in ("{", "["):
            return None
        rest = base.row.units
        if base.opening == "[" and _dots(rest) is None:  # [n] is 1, …, n
            if _has_comma(rest):
                return None
            one = Numeral(1, base.start, base.start + 1)
            return _between(one, reader.row(row_of(row.units[:1])), reader.row(base.row))
    elif sign != ("SIGN", "=="):
        return None
    dots = _dots(rest)
    if dots is None or dots[0] == 0 or dots[1] >= len(rest):
        return None
    first = rest[: dots[0]]
    lower = _up_to_comma(first)
    return _between(reader.row(lower), reader.row(row_of(row.units[:1])), reader.row(row_of(rest[dots[1] :])))


def counts(row: Row) -> bool:
    """Is this ``i = 1, …, n``?"""
    return len(row.units) > 2 and is_name(row.units[:1]) and _dots(row.units[2:]) is not None


def _between(lower: Node, name: Node, upper: Node) -> Node:
    start, end = name.start, max(upper.end, name.end)
    left = Operation("le", (lower, name), start, end)
    return Operation("and", (left, Operation("le", (name, upper), start, end)), start, end)


def _dots(units: tuple[Unit, ...]) -> tuple[int, int] | None:
    """Where the dots begin, and what stands behind them: ``\\dots`` between commas, or ``..``."""
    for at, unit in enumerate(units):
        if unit.base.key[-1] in DOTS:
            begin = at - 1 if at and _is_comma(units[at - 1]) else at
            end = at + 2 if at + 1 < len(units) and _is_comma(units[at + 1]) else at + 1
            return begin, end
        if unit.base.key == _POINT and at + 1 < len(units) and units[at + 1].base.key == _POINT:
            end = at + 2
            while end < len(units) and units[end].base.key == _POINT:
                end += 1
            return at, end
    return None


def _is_comma(unit: Unit) -> bool:
    return unit.base.key == ("PUNCT", ",")


def _has_comma(units: tuple[Unit, ...]) -> bool:
    return any(map(_is_comma, units))


def _up_to_comma(units: tuple[Unit, ...]) -> Row:
    """Of ``1, 2`` before the dots the first."""
    cut = next((k for k, unit in enumerate(units) if _is_comma(unit)), len(units))
    return row_of(units[:cut])


def row_of(units: tuple[Unit, ...]) -> Row:
    return Row(units, units[0].start, units[-1].end)
