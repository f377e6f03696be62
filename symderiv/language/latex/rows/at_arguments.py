"""``f(x)`` of a name that is no function: f itself where x defines it, and refused where f is a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.language.latex.names.spelling import spellings
from symderiv.language.latex.pieces import Fence, Unit
from symderiv.language.names import behind
from symderiv.language.source import Misread

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Reader


def is_at_its_arguments(reader: Reader, name: str, bracket: Unit) -> bool:
    """Is it ``f(x)`` of a name that is defined by x, f itself? Raises on its value elsewhere, ``f(y)``."""
    base, known = bracket.base, reader.look_up(name)
    given = behind(known) if known is not None else frozenset()
    if known is None or not isinstance(base, Fence) or base.opening != "(":
        return False
    units = [unit for unit in base.row.units if unit.base.key != ("PUNCT", ",")]
    if not given and not reader.rank(name):
        _refuse_argument(reader, name, bracket, units)
    if not given:
        return False
    found = [reader.look_up(each) for unit in units for each in spellings(unit.base)[:1] if unit.bare]
    said = [variable.name for variable in found if variable is not None and not variable.kind.index]
    if not said or len(said) != len(units) or 2 * len(units) - 1 != len(base.row.units):
        return False
    if not given.issuperset(said):
        raise Misread(
            f"{name} before this bracket: its value there, or a product?",
            bracket.start,
            bracket.end,
            cure=r"write the value that is meant, or \cdot for a product",
        )
    return True


def _refuse_argument(reader: Reader, name: str, bracket: Unit, units: list[Unit]) -> None:
    """``p(x)`` of a declared number p: as a factor, x would need no bracket."""
    inside = [reader.look_up(each) for unit in units for each in spellings(unit.base)[:1] if unit.sup is None]
    if len(units) == 1 and inside and inside[0] is not None:
        raise Misread(
            f"{name} is a number; {name} before this bracket: its value there, or a product?",
            bracket.start,
            bracket.end,
            cure=rf"write {name} alone, or \cdot for a product",
        )
