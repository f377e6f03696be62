"""What looks like something else on paper: a sign in braces, a Δ that belongs to the letter after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.language.latex.pieces import (
    Atom,
    Braced,
    Environment,
    Fence,
    Fraction,
    Piece,
    Root,
    Row,
    Styled,
    Unit,
)
from symderiv.language.source import Misread

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Reader

_OPERANDS = frozenset(("LETTER", "GREEK", "NUMBER"))
_LETTERS = frozenset(("LETTER", "GREEK"))
_SIGNS = frozenset((("SIGN", "+"), ("SIGN", "-")))


def refuse_sign_inside(before: Unit | None, inside: Row) -> None:
    """Refuse ``x{-3}``, a product that looks like x - 3: braces are invisible."""
    sign = inside.units[0] if inside.units else None
    if sign is None or before is None or sign.base.key not in _SIGNS or not _is_operand(before.base):
        return
    message = "braces can't be seen: a product, or a sum?"
    raise Misread(message, sign.start, sign.end, cure="write (…) around a factor with a sign")


def _is_operand(piece: Piece) -> bool:
    word = isinstance(piece, Atom) and piece.kind == "WORD" and len(piece.value) == 1  # no function
    return (
        word
        or piece.key[0] in _OPERANDS
        or isinstance(piece, (Braced, Environment, Fence, Fraction, Root, Styled))
    )


def refuse_change(reader: Reader, unit: Unit, following: Unit | None, name: str) -> None:
    """Refuse ``\\Delta x`` where no Δ is declared: a change of x, or Δ times x?"""
    if name not in ("Delta", "delta") or not unit.bare or reader.look_up(name) is not None:
        return
    if following is not None and following.base.key[0] in _LETTERS:
        message = f"\\{name} before a name: a change of it, or a product?"
        cure = f"declare {name} for the product, write one letter for the change"
        raise Misread(message, unit.start, unit.end, cure=cure)
