"""What stands below a sum sign, cut into its pieces: one index or one condition each."""

from __future__ import annotations

from symderiv.language.latex.lexing.symbols import DOTS
from symderiv.language.latex.names.spelling import spellings
from symderiv.language.latex.pieces import Environment, Row, Unit

RELATIONS = frozenset(("==", "!=", "<", "<=", ">", ">=", "in"))


def pieces_below(row: Row) -> list[Row]:
    """The lines of a ``\\substack``, cut at commas; ``i=1,\\dots,n`` stays one."""
    from symderiv.language.latex.rows.row import split

    lines = [row]
    if len(row.units) == 1 and isinstance(row.units[0].base, Environment):
        lines = [cell for line in row.units[0].base.rows for cell in line]
    pieces = [piece for line in lines for piece in split(line, ",", ";", ":")]
    dots = [
        k for k, piece in enumerate(pieces) if len(piece.units) == 1 and piece.units[0].base.key[-1] in DOTS
    ]
    for k in reversed(dots):
        if 0 < k < len(pieces) - 1:
            joined = pieces[k - 1].units + pieces[k].units + pieces[k + 1].units
            pieces[k - 1 : k + 2] = [Row(joined, pieces[k - 1].start, pieces[k + 1].end)]
    return pieces


def jointly_bounded(pieces: list[Row]) -> list[Row]:
    """``0\\le a,b<2`` as ``0\\le a<2`` and ``0\\le b<2``: names between a number and an end share both."""
    for first, piece in enumerate(pieces):
        begins = relations_in(piece)
        if len(begins) != 1 or begins[0] != (1, begins[0][1]) or piece.units[0].key[0] != "NUMBER":
            continue
        last = first + 1
        while last < len(pieces) and is_name(pieces[last].units):
            last += 1
        ends = relations_in(pieces[last]) if last < len(pieces) else []
        signs = {sign for _, sign in (*begins, *ends)}
        if len(ends) != 1 or ends[0][0] != 1 or not signs <= {"<", "<="}:
            continue
        names = [piece.units[2:], *(p.units for p in pieces[first + 1 : last]), pieces[last].units[:1]]
        if all(is_name(units) for units in names):
            lower, upper = piece.units[:2], pieces[last].units[1:]
            joint = [(*lower, *units, *upper) for units in names]
            rows = [Row(units, units[2].start, units[2].end) for units in joint]
            return [*pieces[:first], *rows, *pieces[last + 1 :]]
    return pieces


def relations_in(piece: Row) -> list[tuple[int, str]]:
    """Where relations stand in a piece."""
    from symderiv.language.latex.rows.row import sign_of

    signs = ((k, sign_of(unit)) for k, unit in enumerate(piece.units))
    return [(k, sign) for k, sign in signs if sign in RELATIONS and sign is not None]


def is_name(units: tuple[Unit, ...]) -> bool:
    return len(units) == 1 and units[0].bare and bool(spellings(units[0].base))
