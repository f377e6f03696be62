"""``\\int_a^b f\\,dx`` and ``\\lim_{x\\to 0^+} f``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.language.latex.names.bound import bound_name
from symderiv.language.latex.names.spelling import spellings
from symderiv.language.latex.pieces import Row, Styled, Unit
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Bound, Name, Node, Numeral, Quoted

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Cursor, Reader


_SIGN = ("BIG", "integral")


def integral(cursor: Cursor) -> Node:
    """Everything between the sign and its ``dx``."""
    unit = cursor.take()
    if unit.sub is None or unit.sup is None:
        raise Misread(
            "this integral has no bounds",
            unit.start,
            unit.end,
            expected=r"\int_{a}^{b} f \, dx",
            cure="write both bounds, or the antiderivative itself",
        )
    reader = cursor.reader
    lower, upper = reader.row(unit.sub), reader.row(unit.sup)
    end = _differential(cursor)
    variable = cursor.units[end + 1]
    name = Name(bound_name(reader.notations, variable) or "", variable.start, variable.end)
    inside = cursor.units[cursor.position : end]
    cursor.position = end + 2
    if not inside:
        _refuse_behind(cursor.peek(), variable)
    with reader.binding((name.name,)):
        body: Node = Numeral(1, unit.start, unit.end)
        if inside:
            body = reader.units(inside, unit.start, unit.end)
    return Bound("integral", body, name, lower, upper, None, unit.start, variable.end)


def _refuse_behind(following: Unit | None, variable: Unit) -> None:
    """``\\int_0^1 dx\\, x^2``: the integrand, or a factor beside the integral of 1?"""
    if following is not None and following.base.key[0] not in ("SIGN", "PUNCT"):
        message = "what stands behind this differential may be what is integrated, or a factor"
        raise Misread(message, variable.start, variable.end, cure="write dx behind what is integrated")


def is_d(reader: Reader, unit: Unit) -> bool:
    """The d of a differential: upright, or a letter that isn't declared."""
    if unit.sub is not None or unit.primes:
        return False
    if unit.base.key in (("WORD", "d"), (r"\mathrm", ("LETTER", "d"))):
        return True
    if isinstance(unit.base, Styled) and unit.base.style in (r"\mathrm", r"\operatorname", r"\text"):
        return unit.base.row.key == ("LETTER", "d")
    return unit.base.key == ("LETTER", "d") and reader.look_up("d") is None


def _differential(cursor: Cursor) -> int:
    """Where the ``d`` of ``dx`` stands: each integral inside has its own before it."""
    reader = cursor.reader
    inside = 0
    for position in range(cursor.position, len(cursor.units) - 1):
        unit, following = cursor.units[position : position + 2]
        if unit.base.key == _SIGN:
            inside += 1
        elif is_d(reader, unit) and spellings(following.base) and following.bare:
            if not inside:
                return position
            inside -= 1
    sign = cursor.units[cursor.position - 1]
    cure = (
        r"d is a declared name here: write \mathrm{d}x"
        if reader.look_up("d")
        else r"write \int_{a}^{b} f \, dx"
    )
    raise Misread(
        "what this integral runs over isn't said", sign.start, sign.end, expected="dx at its end", cure=cure
    )


_ARROWS = {"to": "", "down": "+", "up": "-"}
"""How a name goes to its point, and from which side."""


def limit(cursor: Cursor) -> Node:
    """The product after the sign, as the name goes to its point."""
    from symderiv.language.latex.rows.row import sign_of

    unit = cursor.take()
    row = unit.sub
    cut = [k for k, u in enumerate(row.units) if sign_of(u) in _ARROWS] if row is not None else []
    if row is None or cut != [1] or len(row.units) < 3 or not spellings(row.units[0].base):
        raise Misread(
            "where this limit goes isn't said",
            unit.start,
            unit.end,
            expected=r"\lim_{x \to 0} f",
            cure="write below the sign what goes where",
        )
    name = Name(bound_name(cursor.reader.notations, row.units[0]) or "", row.start, row.units[0].end)
    point, side = _point(cursor.reader, row.units[2:], row)
    mark = _ARROWS[str(sign_of(row.units[1]))]
    if mark:
        if side is not None:
            raise Misread(
                "two sides at once",
                row.start,
                row.end,
                expected=r"x \to 0^+, or x \downarrow 0",
                cure="leave one of the two out",
            )
        side = Quoted(mark, row.units[1].start, row.units[1].end)
    with cursor.reader.binding((name.name,)):
        body = cursor.product()
    args = (body, name, point) if side is None else (body, name, point, side)
    return Applied(Name("limit", unit.start, unit.base.end), args, (), unit.start, body.end)


def _point(reader: Reader, units: tuple[Unit, ...], row: Row) -> tuple[Node, Quoted | None]:
    """``0^+`` is 0, from above."""
    if len(units) > 1 and units[-1].key in (("SIGN", "+"), ("SIGN", "-")):
        mark = Quoted(str(units[-1].base.key[1]), units[-1].start, units[-1].end)
        return reader.units(units[:-1], row.start, row.end), mark
    last = units[-1]
    sign = last.sup.key if last.sup is not None else None
    if sign in (("SIGN", "+"), ("SIGN", "-")):
        bare = Unit(last.base, last.sub, None, last.primes, last.base.end)
        mark = Quoted("+" if sign == ("SIGN", "+") else "-", last.base.end, last.end)
        return reader.units((*units[:-1], bare), row.start, row.end), mark
    if (
        units[0].base.key in (("SIGN", "+"), ("SIGN", "-"))
        and len(units) == 2
        and units[1].base.key[-1] == r"\infty"
    ):
        infinity = Name("oo", units[1].start, units[1].end)
        if units[0].base.key[-1] == "+":
            return infinity, None
    return reader.units(units, row.start, row.end), None
