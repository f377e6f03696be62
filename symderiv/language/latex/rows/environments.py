"""Matrices and cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.language.latex.lexing.symbols import LINES
from symderiv.language.latex.pieces import Atom, Braced, Environment, Row, Unit
from symderiv.language.latex.rows.functions import condition_of
from symderiv.language.latex.rows.scripts import scripted
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Choice, Items, Name, Node

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Cursor, Reader

_CASES = frozenset(("cases", "dcases", "rcases"))
_IF = frozenset(("if", "for", "when", "where", "falls", "für", "wenn", "provided"))
_ELSE = frozenset(("otherwise", "else", "sonst", "elsewhere", "in all other cases"))


def environment(cursor: Cursor) -> Node:
    """``\\begin{…}``: cases, lines, a determinant, a matrix."""
    unit = cursor.take()
    base = unit.base
    assert isinstance(base, Environment)
    if base.name in _CASES:
        return scripted(cursor, cases(cursor.reader, base), unit)
    if base.name in LINES or base.name in ("aligned", "alignedat", "gathered", "split"):
        return _one_line(cursor, base, unit)
    node = matrix(cursor.reader, base)
    if base.name == "vmatrix":
        node = Applied(Name("det", base.start, base.start + 1), (node,), (), base.start, base.end)
    elif base.name in ("Vmatrix", "substack"):
        raise Misread(
            f"{base.name} isn't read here",
            base.start,
            base.end,
            expected="bmatrix or pmatrix",
            cure="leave the environment out",
        )
    return scripted(cursor, node, unit)


def _one_line(cursor: Cursor, base: Environment, unit: Unit) -> Node:
    """An ``align`` with one line is that line."""
    lines = [row for row in base.rows if any(cell.units for cell in row)]
    if len(lines) != 1:
        raise Misread(
            "several lines stand where one expression was expected",
            base.start,
            base.end,
            cure="give the last line, or a matrix",
        )
    return scripted(cursor, cursor.reader.row(joined(lines[0])), unit)


def joined(cells: tuple[Row, ...]) -> Row:
    """The cells of a line side by side."""
    units = tuple(unit for cell in cells for unit in cell.units)
    return Row(units, units[0].start if units else 0, units[-1].end if units else 0)


def matrix(reader: Reader, base: Environment) -> Node:
    """Rows of equal length; a last row without anything in it is none."""
    rows = _at_commas([row for row in base.rows if len(row) > 1 or row[0].units])
    if not rows:
        raise Misread(
            "a matrix without entries", base.start, base.end, expected="entries", cure="write its entries"
        )
    width = len(rows[0])
    lines: list[Node] = []
    for row in rows:
        if len(row) != width:
            place = next((cell for cell in row if cell.units), row[0])
            raise Misread(
                f"this row has {len(row)} entries",
                place.start,
                place.end or place.start + 1,
                expected=f"{width}, as in the first row",
                cure="write 0 for an empty entry",
            )
        if not all(cell.units for cell in row):
            raise Misread(
                "an entry of this matrix is missing",
                base.start,
                base.end,
                expected="0 for an empty entry",
                cure="write 0 for an empty entry",
            )
        cells = tuple(reader.row(cell) for cell in row)
        lines.append(Items("list", cells, cells[0].start, cells[-1].end))
    return Items("list", tuple(lines), base.start, base.end)


def _at_commas(rows: list[tuple[Row, ...]]) -> list[tuple[Row, ...]]:
    """Rows whose entries stand between commas; ``0,5`` may be one number, and stays as it is."""
    from symderiv.language.latex.rows.row import split

    cut = [tuple(split(row[0])) if len(row) == 1 else () for row in rows]
    if any(len(cells) < 2 for cells in cut) or any(_may_be_decimal(row[0]) for row in rows):
        return rows
    return cut


def _may_be_decimal(cell: Row) -> bool:
    return any(
        comma.base.key == ("PUNCT", ",")
        and before.base.key[0] == behind.base.key[0] == "NUMBER"
        and before.end == comma.start
        and comma.end == behind.start
        for before, comma, behind in zip(cell.units, cell.units[1:], cell.units[2:], strict=False)
    )


def cases(reader: Reader, base: Environment) -> Node:
    """``value & \\text{if } condition``; a last line with *otherwise* holds everywhere else."""
    branches: list[tuple[Node, Node]] = []
    otherwise: Node | None = None
    for row in (row for row in base.rows if any(cell.units for cell in row)):
        if otherwise is not None:
            raise Misread("a case after 'otherwise'", row[0].start, row[-1].end, cure="put 'otherwise' last")
        value, condition = _parts(row)
        meant = reader.row(value)
        if condition is None:
            otherwise = meant
        else:
            branches.append((condition_of(reader, condition), meant))
    if not branches:
        raise Misread(
            "cases without a condition",
            base.start,
            base.end,
            expected=r"value & \text{if } x > 0",
            cure="write the condition behind an &",
        )
    if isinstance(otherwise, Name) and otherwise.name == "undefined":
        otherwise = None
    if otherwise is None and isinstance(branches[-1][1], Name) and branches[-1][1].name == "undefined":
        branches.pop()
    return Choice(tuple(branches), otherwise, base.start, base.end)


def _parts(row: tuple[Row, ...]) -> tuple[Row, Row | None]:
    """A line's value and its condition (None: otherwise); a word or comma does for a missing ``&``."""
    row = tuple(_without_braces(cell) for cell in row if cell.units)
    value, rest = row[0], joined(row[1:])
    if not rest.units:
        value, rest = _cut_at_word(row[0])
    units = list(value.units)
    while units and units[-1].base.key == ("PUNCT", ","):
        units.pop()
    value = Row(tuple(units), value.start, value.end)
    words = [unit for unit in rest.units if _word(unit)]
    if words and _word(words[0]).rstrip(":,.") in _ELSE:
        return value, None
    kept = tuple(unit for unit in rest.units if _word(unit).rstrip(":,") not in _IF)
    while kept and kept[-1].base.key[0] == "PUNCT":
        kept = kept[:-1]
    if not kept:
        raise Misread(
            "this case has no condition",
            row[0].start,
            max(row[-1].end, row[0].end),
            expected=r"& \text{if } x > 0, or & \text{otherwise}",
            cure="write the condition behind an &",
        )
    return value, Row(kept, kept[0].start, kept[-1].end)


def _without_braces(cell: Row) -> Row:
    """``{ \\text{if } x > 0 }``: a group that is all of a cell says nothing."""
    only = cell.units[0] if len(cell.units) == 1 and cell.units[0].bare else None
    return only.base.row if only is not None and isinstance(only.base, Braced) else cell


def _word(unit: Unit) -> str:
    base = unit.base
    return base.value.lower() if isinstance(base, Atom) and base.kind == "WORD" else ""


def _cut_at_word(row: Row) -> tuple[Row, Row]:
    from symderiv.language.latex.rows.row import has_relation, split

    for position, unit in enumerate(row.units):
        if _word(unit).rstrip(":,") in _IF | _ELSE:
            rest = row.units[position:]
            return Row(row.units[:position], row.start, unit.start), Row(rest, unit.start, row.end)
    pieces = split(row)
    if len(pieces) == 2 and has_relation(pieces[1]):
        return pieces[0], pieces[1]
    return row, Row((), row.end, row.end)
