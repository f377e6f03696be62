"""Words in a formula: functions, names, truth values; words of a sentence are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.language.known_elsewhere import KNOWN_ELSEWHERE
from symderiv.language.latex.pieces import Atom
from symderiv.language.latex.rows.functions import applied, is_applied
from symderiv.language.latex.rows.scripts import symbol, symbol_named
from symderiv.language.source import Misread
from symderiv.language.syntax import Name, Node

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Cursor, Reader

_ENDS_AN_OPERAND = frozenset(("SIGN", "PUNCT", "BAR"))
_CONNECTIVES = frozenset("if for when where otherwise else with then unless iff falls sonst wenn für".split())
_VALUES = {"true": "true", "false": "false", "undefined": "undefined", "not defined": "undefined"}


def word(cursor: Cursor) -> Node:
    """``\\operatorname{diag}``, ``\\text{softmax}``, ``\\mathrm{loss}``."""
    unit = cursor.take()
    assert isinstance(unit.base, Atom)
    text = unit.base.value
    reader = cursor.reader
    if text in _VALUES and reader.look_up(text) is None and unit.bare:
        return Name(_VALUES[text], unit.start, unit.base.end)
    if len(text) == 1:
        if text == "d" and reader.look_up(text) is None and _stands_before_an_operand(cursor):
            cure = "write the derivative alone, or declare d for the product"
            raise Misread("a differential stands here", unit.start, unit.end, cure=cure)
        cursor.position -= 1
        return symbol(cursor)
    if text in _CONNECTIVES and reader.look_up(text) is None:
        raise Misread(
            f"'{text}' stands outside of a case",
            unit.start,
            unit.end,
            cure=r"write \begin{cases} … & \text{if } … \end{cases}",
        )
    if " " in text:
        raise Misread(
            f"the words '{text}' aren't a formula",
            unit.start,
            unit.end,
            expected="a formula",
            cure="leave the words out",
        )
    if reader.look_up(text) is not None:
        return symbol_named(cursor, text, unit.start, unit)
    if reader.scope.head(text) is None and _stands_before_an_operand(cursor):
        text = _in_small_letters(reader, text)
    if reader.scope.head(text) is not None or is_applied(cursor) or _is_known_at(cursor, text):
        return applied(cursor, text, unit.start, unit, unit.sub, unit.sup, unit.primes)
    return symbol_named(cursor, text, unit.start, unit)


def _stands_before_an_operand(cursor: Cursor) -> bool:
    following = cursor.peek()
    return following is not None and following.base.key[0] not in _ENDS_AN_OPERAND


def _is_known_at(cursor: Cursor, text: str) -> bool:
    """``\\mathrm{argmax}_i x_i``: no factor, though what it is has no reading here."""
    return text in KNOWN_ELSEWHERE and _stands_before_an_operand(cursor)


def _in_small_letters(reader: Reader, text: str) -> str:
    """``\\operatorname{Softmax}`` is ``softmax``."""
    small = text.lower()
    return small if reader.look_up(small) is None and reader.scope.head(small) is not None else text
