"""Subscripts split into indices: at commas, and letter by letter where the rank asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.language.latex.pieces import Atom, Row, Unit
from symderiv.language.source import Misread
from symderiv.language.syntax import Node

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Reader


def indices_of(reader: Reader, row: Row, rank: int | None, name: str) -> tuple[Node, ...]:
    """The indices that a subscript names.

    ``H_{10}`` of an array with two indices is ``H[1,0]``, ``a_{ij}`` is ``a[i,j]``; where the count doesn't
    come out, the subscript is refused.
    """
    from symderiv.language.latex.rows.row import split

    pieces = split(row)
    if rank is None and len(pieces) == 1 and _is_letters(row):
        pieces = _letter_by_letter(row)
    elif rank is None and len(pieces) == 1 and _is_digits(row):
        raise Misread(
            f"how many indices {name} has isn't known", row.start, row.end, cure="set commas: H_{1,0}"
        )
    elif rank is not None and len(pieces) < rank:
        pieces = [part for piece in pieces for part in _letter_by_letter(piece)]
    if rank is not None and len(pieces) != rank:
        plural = "index" if rank == 1 else "indices"
        raise Misread(
            f"{name} has {rank} {plural}, here are {len(pieces)}",
            row.start,
            row.end,
            cure=rf"write {name}_{{{index_letters(rank)}}}, with commas between its indices"
            if rank and name != "this"
            else "write the index at the name of an array, or delete it",
        )
    return tuple(_index(reader, piece, name) for piece in pieces)


def index_letters(rank: int) -> str:
    """Indices as they may be written: ``i,j``."""
    return ",".join("ijklmnopqr"[:rank])


def _index(reader: Reader, piece: Row, name: str) -> Node:
    from symderiv.language.latex.rows.row import has_relation

    if has_relation(piece):
        raise Misread(
            "a condition stands where an index was expected",
            piece.start,
            piece.end,
            expected="an index",
            cure="write the index alone",
        )
    if len(piece.units) > 1 and _is_letters(piece):
        raise Misread(
            f"the indices of {name} run together",
            piece.start,
            piece.end,
            cure=r"set commas between indices, \cdot between factors",
        )
    return reader.row(piece)


def _is_letters(row: Row) -> bool:
    return all(_is_symbol(unit, ("LETTER", "GREEK")) for unit in row.units) and len(row.units) > 1


def _is_digits(row: Row) -> bool:
    return (
        len(row.units) == 1
        and _is_symbol(row.units[0], ("NUMBER",))
        and len(str(row.units[0].base.key[1])) > 1
    )


def _is_symbol(unit: Unit, kinds: tuple[str, ...]) -> bool:
    return unit.bare and isinstance(unit.base, Atom) and unit.base.kind in kinds


def _letter_by_letter(row: Row) -> list[Row]:
    """Each letter and each digit by itself, if there is nothing else."""
    if not row.units or not all(_is_symbol(unit, ("LETTER", "GREEK", "NUMBER")) for unit in row.units):
        return [row]
    pieces: list[Row] = []
    for unit in row.units:
        base = unit.base
        assert isinstance(base, Atom)
        if base.kind != "NUMBER" or not base.value.isdigit():
            pieces.append(Row((unit,), unit.start, unit.end))
            continue
        for offset, digit in enumerate(base.value):
            at = base.start + offset
            pieces.append(Row((Unit(Atom("NUMBER", digit, at, at + 1)),), at, at + 1))
    return pieces
