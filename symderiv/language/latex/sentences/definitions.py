"""``s = …`` beside a value, in LaTeX: what a name of the formula's own stands for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from symderiv.language.latex.names.context import Uses
from symderiv.language.latex.names.spelling import spellings
from symderiv.language.latex.pieces import Row
from symderiv.language.latex.ranges.counted import counts
from symderiv.language.latex.ranges.range_pieces import relations_in
from symderiv.language.source import Misread

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Reader


def check_new(reader: Reader, row: Row) -> None:
    """``where x = 2`` of a declared number, ``where f(x) = …``: another meaning, or a condition?"""
    signs = relations_in(row)
    if [sign for _, sign in signs] != ["=="] or counts(row):
        return
    left = row.units[: signs[0][0]]
    names = spellings(left[0].base)[:1] if len(left) == 1 and left[0].bare else ()
    declared = reader.look_up(names[0]) if names else None
    if declared is not None and (declared.definition is not None or declared.value is not None):
        return  # said once more: a condition that holds
    shown = names[0] if names else "this"
    raise Misread(
        f"{shown} is declared, and stands for itself" if declared else "what stands for what isn't clear",
        row.start,
        row.end,
        cure=rf"write out what {shown} stands for, or \text{{for }} … for a condition",
    )


def is_used(definition: Row, reader: Reader, values: Iterable[Row]) -> bool:
    """Does the name stand in a value before, where it would be a fault if this didn't say what it is?"""
    uses = Uses()
    for value in values if reader.scope.strict else ():
        uses.note(_named(value) if is_naming(value) else value)
    return not uses.letters.keys().isdisjoint(spellings(definition.units[0].base))


def is_naming(row: Row) -> bool:
    """``W_1 = …``"""
    return len(row.units) > 2 and row.units[1].base.key == ("SIGN", "==")


def _named(row: Row) -> Row:
    """What stands behind the name: ``W_1 = …`` doesn't use the W of ``W_2 = …``."""
    units = row.units[2:]
    return Row(units, units[0].start, units[-1].end)


def defines(reader: Reader, row: Row) -> bool:
    """Is this ``s = …`` of a name that is declared nowhere?"""
    if not is_naming(row):
        return False
    first = row.units[0]
    names = spellings(first.base)
    return bool(names) and not first.primes and first.sup is None and reader.look_up(names[0]) is None
