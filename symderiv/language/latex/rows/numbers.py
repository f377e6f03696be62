"""Numbers: exact, with thousands set apart as ``200{,}640`` or ``200\\,640``."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from symderiv.language.latex.pieces import Atom
from symderiv.language.source import Misread
from symderiv.language.syntax import Node, Numeral

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Cursor

_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:(?:\{,\}|\\,)\d{3})+(?:\.\d+)?")


def number(cursor: Cursor) -> Node:
    """A number, with a power on it if there is one."""
    from symderiv.language.latex.rows.scripts import scripted

    unit = cursor.take()
    assert isinstance(unit.base, Atom)
    node = numeral(unit.base)
    if unit.sub is not None or unit.primes:
        raise Misread(
            "a number has no index",
            unit.start,
            unit.end,
            expected="a name under the script",
            cure="write the index at a name",
        )
    following = cursor.peek()
    _check_exponent(cursor, node)
    if following is not None and following.base.key[0] == "NUMBER":
        raise Misread(
            "two numbers side by side", unit.start, following.end, cure=r"write \cdot for a product"
        )
    return scripted(cursor, node, unit)


def _check_exponent(cursor: Cursor, node: Numeral) -> None:
    """``1e-3``: a power of ten, or e less three?"""
    e, after, last = cursor.peek(), cursor.peek(1), cursor.peek(2)
    if e is None or after is None or e.base.key not in (("LETTER", "e"), ("LETTER", "E")) or not e.bare:
        return
    signed = after.base.key in (("SIGN", "-"), ("SIGN", "+"))
    digits = last if signed else after
    if digits is not None and digits.base.key[0] == "NUMBER" and node.end == e.start and e.end == after.start:
        raise Misread(
            "a power of ten, or the number e?",
            node.start,
            digits.end,
            cure=r"write 2 \cdot 10^{-3}, or spaces around the sign",
        )


def numeral(piece: Atom) -> Numeral:
    """An exact number: ``0.587`` is 587/1000."""
    text = piece.value
    if "{" in text or "\\" in text:
        if not _THOUSANDS.fullmatch(text):
            raise Misread(
                "a comma inside a number can be read in two ways",
                piece.start,
                piece.end,
                cure="write a point for decimals; thousands are groups of three digits",
            )
        text = text.replace("{,}", "").replace("\\,", "")
    return Numeral(Fraction(text) if "." in text else int(text), piece.start, piece.end)
