"""``(f \\circ g)(x)``: functions one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.language.latex.names.spelling import spellings
from symderiv.language.latex.pieces import Atom, Fence, Unit
from symderiv.language.latex.rows.functions import arguments, brackets
from symderiv.language.latex.rows.scripts import refuse_primes, with_scripts
from symderiv.language.syntax import Applied, Name, Node

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Cursor, Reader


def composition(cursor: Cursor) -> Node | None:
    """The composed functions at their argument; None where the bracket holds something else."""
    unit, following = cursor.peek(), cursor.peek(1)
    argument = None if following is None else brackets(following)
    if unit is None or following is None or argument is None or not unit.bare:
        return None
    functions = _functions(cursor.reader, unit)
    if not functions:
        return None
    cursor.position += 2
    refuse_primes(following)
    args, options = arguments(cursor.reader, argument)
    node: Node = Applied(functions[-1], args, options, functions[-1].start, argument.end)
    for function in reversed(functions[:-1]):
        node = Applied(function, (node,), (), function.start, argument.end)
    return with_scripts(cursor.reader, node, following.sub, following.sup, following.end)


def _functions(reader: Reader, bracket: Unit) -> list[Name]:
    base = bracket.base
    units = base.row.units if isinstance(base, Fence) and base.opening == "(" else ()
    signs, members = units[1::2], units[::2]
    if len(units) % 2 == 0 or not signs or any(sign.key != ("SIGN", "circ") for sign in signs):
        return []
    names = [_function(reader, unit) for unit in members]
    return [name for name in names if name is not None] if None not in names else []


def _function(reader: Reader, unit: Unit) -> Name | None:
    if unit.sub is not None or unit.sup is not None:
        return None
    if isinstance(unit.base, Atom) and unit.base.kind in ("FUNCTION", "WORD"):
        is_known = reader.scope.head(unit.base.value) is not None and not unit.primes
        return Name(unit.base.value, unit.start, unit.end) if is_known else None
    found = next((name for name in spellings(unit.base) if reader.is_function(name)), None)
    return None if found is None else Name(found, unit.start, unit.end, unit.primes)
