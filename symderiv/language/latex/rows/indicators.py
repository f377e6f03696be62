"""Bold and blackboard digits: indicators, ``\\mathbb{1}_{i=j}``, and constant vectors, ``\\mathbf 1_n``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.language.latex.names.spelling import spellings
from symderiv.language.latex.pieces import Fence, Row, Styled, Unit
from symderiv.language.latex.rows.functions import brackets, condition_of
from symderiv.language.latex.rows.identities import unsized
from symderiv.language.latex.rows.powers import raised
from symderiv.language.latex.rows.scripts import refuse_primes
from symderiv.language.regions import lies_in
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Choice, Name, Node, Numeral, Operation

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Cursor, Reader

_BOLD = frozenset((r"\mathbf", r"\boldsymbol", r"\bm", r"\symbf", r"\pmb"))
_BLACKBOARD = frozenset((r"\mathbb", r"\mathds", r"\mathbbm"))


def is_one(cursor: Cursor, unit: Unit) -> bool:
    """Is it a one or an I that a condition makes an indicator, or the 1 in bold of a vector of ones?

    ``\\mathbb{1}``, ``\\mathbf 1``, ``1_{i=j}``, ``1\\{i=j\\}``; ``I[i=j]`` where no I is declared.
    """
    base = unit.base
    if isinstance(base, Styled) and base.style in _BOLD | _BLACKBOARD:
        key = base.row.key
        if key == ("NUMBER", "1") or (key == ("LETTER", "I") and base.style == r"\mathbb"):
            return True
    if spellings(base)[:1] == ("I",) and cursor.reader.look_up("I") is None:
        return _has_condition(cursor, unit, {"(", "[", "{"})
    return base.key == ("NUMBER", "1") and _has_condition(cursor, unit, {"[", "{"})


def _has_condition(cursor: Cursor, unit: Unit, opening: set[str]) -> bool:
    """Does a condition stand below, or in a bracket behind?"""
    from symderiv.language.latex.rows.row import has_relation

    below, following = _unbraced(unit.sub), cursor.peek(1)
    if below is not None:
        return has_relation(below)
    fence = brackets(following) if following is not None and unit.bare else None
    return fence is not None and fence.opening in opening and has_relation(fence.row)


def indicator(cursor: Cursor) -> Node:
    """``\\mathbb{1}_{i=j}``: 1 where the condition holds, else 0;
    ``\\mathbf 1_n`` is all ones, ``\\mathbb I`` an identity."""
    from symderiv.language.latex.rows.row import has_relation

    unit = cursor.take()
    refuse_primes(unit)
    following = cursor.peek()
    fence = brackets(following) if following is not None else None
    reader = cursor.reader
    below = _unbraced(unit.sub)
    if below is not None and has_relation(below):
        return _chosen(reader, below, unit.start, unit.end, unit.sup)
    if unit.sub is None and fence is not None and has_relation(fence.row) and following is not None:
        cursor.take()
        refuse_primes(following)
        return _chosen(reader, fence.row, unit.start, following.end, following.sup)
    if unit.sub is not None and fence is not None and fence.opening == "(":
        chosen = _of_a_set(cursor, unit, unit.sub, fence)
        if chosen is not None:
            return chosen
    name = "eye" if isinstance(unit.base, Styled) and unit.base.row.key == ("LETTER", "I") else "ones"
    if unit.sub is None:
        return _unsized(reader, name, unit)
    return _constant(reader, name, unit)


def _of_a_set(cursor: Cursor, unit: Unit, below: Row, fence: Fence) -> Node | None:
    """``\\mathbb{1}_{[0, 1)}(x)``: does x lie there? None where a size stands below, ``\\mathbf 1_n(x)``."""
    from symderiv.language.latex.ranges.intervals import place_behind
    from symderiv.language.latex.rows.row import Cursor, split

    first = below.units[0].base if below.units else None
    reader = cursor.reader
    if not isinstance(first, Fence):
        name = spellings(below.units[0].base)[:1] if len(below.units) == 1 else ()
        if name and reader.look_up(name[0]) is None:
            message = "the indicator of a set, or ones times what stands in this bracket?"
            cure = r"write \mathbb{1}[x \in A], or \mathbf{1}_n \cdot (…)"
            raise Misread(message, unit.start, fence.end, cure=cure)
        return None
    if first.opening in ("(", "[") and len(split(first.row, ",")) != 2:
        return None
    place = place_behind(Cursor(reader, below), "in")
    following = cursor.peek()
    if place is None or following is None or len(split(fence.row, ",")) != 1:
        return None
    cursor.take()
    refuse_primes(following)
    condition = lies_in(reader.row(fence.row), place.region)
    return _one_where(reader, condition, unit.start, following.end, unit.sup or following.sup)


def is_bold_zero(unit: Unit) -> bool:
    """``\\mathbf 0``"""
    base = unit.base
    return isinstance(base, Styled) and base.style in _BOLD and base.row.key == ("NUMBER", "0")


def bold_zero(cursor: Cursor) -> Node:
    """``\\mathbf 0_n``: n zeros; without its size it would be a number to the language."""
    unit = cursor.take()
    refuse_primes(unit)
    if unit.sub is None:
        return _unsized(cursor.reader, "zeros", unit)
    return _constant(cursor.reader, "zeros", unit)


def _unsized(reader: Reader, name: str, unit: Unit) -> Node:
    node: Node = unsized(reader, name, unit.start, unit.base.end)
    return node if unit.sup is None else raised(reader, node, unit.sup, unit.end)


def _constant(reader: Reader, name: str, unit: Unit) -> Node:
    assert unit.sub is not None
    sizes = reader.row(unit.sub)
    args = sizes.args if isinstance(sizes, Operation) and sizes.head == "mul" else (sizes,)
    node: Node = Applied(Name(name, unit.start, unit.base.end), args, (), unit.start, unit.end)
    return node if unit.sup is None else raised(reader, node, unit.sup, unit.end)


def _unbraced(row: Row | None) -> Row | None:
    """``\\{x > 0\\}`` below an indicator is the condition itself."""
    fence = brackets(row.units[0]) if row is not None and len(row.units) == 1 and row.units[0].bare else None
    return row if fence is None else fence.row


def _chosen(reader: Reader, row: Row, start: int, end: int, sup: Row | None) -> Node:
    return _one_where(reader, condition_of(reader, row), start, end, sup)


def _one_where(reader: Reader, condition: Node, start: int, end: int, sup: Row | None) -> Node:
    node: Node = Choice(((condition, Numeral(1, start, end)),), Numeral(0, start, end), start, end)
    return node if sup is None else raised(reader, node, sup, end)
