r"""Where a modulus follows, ``\equiv`` is the sign of a congruence: ``\pmod``, ``\mod`` and their brackets.

The congruence itself is read in `symderiv.language.latex.rows.congruences`.
"""

from __future__ import annotations

from lark import Token

from symderiv.language.latex.lexing.commands import token
from symderiv.language.source import Misread

CONGRUENT, MODULO, MOD = "congruent", "pmod", "mod"
LOOSE = frozenset(("==", "!=", "<", "<=", ">", ">=", "in", "notin", "and", "or", "not", CONGRUENT))

_INFIX = (("SIGN", "%"), ("SIGN", MOD))
_MODULI = (*_INFIX, ("SIGN", MODULO), ("WORD", MOD))
_SAME = (("SIGN", "equiv"), ("SIGN", "=="))
_OPENING = frozenset(("LBRACE", "OPEN", "BEGIN", "SQRTN"))
_CLOSING = frozenset(("RBRACE", "CLOSE", "END"))
_ENDS = frozenset(("AMP", "ROWEND", "PUNCT"))


def with_congruences(tokens: list[Token]) -> list[Token]:
    r"""Each ``\equiv`` as a congruence where ``\mod 2`` or ``(\mod 2)`` follows, else as ``=``.

    ``n = 1 \pmod 2`` is one, too; ``n = 1 \mod 2`` may be one, or say that n is 1, and is refused.
    """
    if not any(piece.value in ("equiv", MOD, MODULO, "%") for piece in tokens):
        return tokens
    found = list(tokens)
    for position in range(len(found) - 1, -1, -1):
        sign = found[position]
        if (sign.type, sign.value) not in _SAME:
            continue
        modulus = _modulus(found, position + 1)
        if modulus is None or (sign.value == "==" and _is_remainder(found, position, modulus)):
            found[position] = _renamed(sign, "==")
        else:
            found[position] = _renamed(sign, CONGRUENT)
            _without_brackets(found, modulus)
    return [_renamed(piece, MOD) if _is_infix(found, k) else piece for k, piece in enumerate(found)]


def _is_infix(tokens: list[Token], position: int) -> bool:
    r"""``\mod``; ``\text{mod}``, but for the function ``\operatorname{mod}(a, m)``."""
    piece = tokens[position]
    is_called = any(following.type == "OPEN" for following in tokens[position + 1 : position + 2])
    return (piece.type, piece.value) in _INFIX or (piece.type, piece.value, is_called) == ("WORD", MOD, False)


def _is_remainder(tokens: list[Token], equals: int, modulus: int) -> bool:
    r"""Is ``r = a \bmod m`` what was written? Raises Misread where it may as well be a congruence."""
    piece = tokens[modulus]
    if piece.type == "OPEN" or piece.value == MODULO:
        return False
    of_number = tokens[equals + 1].type == "NUMBER" and modulus == equals + 2
    if piece.value == "%" and not of_number:
        return True
    raise Misread(
        "a congruence, or equal to a remainder?",
        tokens[equals].start_pos or 0,
        piece.end_pos or 0,
        cure=r"write a \equiv b \pmod m, or a \bmod m = b",
    )


def _renamed(piece: Token, value: str) -> Token:
    return token("SIGN", value, piece.start_pos or 0, piece.end_pos or 0)


def _modulus(tokens: list[Token], position: int) -> int | None:
    """Where ``\\mod`` stands, or the bracket around it, before the next comparison."""
    depth = 0
    for at in range(position, len(tokens)):
        piece = tokens[at]
        opens = piece.type == "OPEN" and _is_modulus(tokens[at + 1 : at + 2])
        if depth == 0 and (opens or _is_modulus([piece])):
            return at
        depth += (piece.type in _OPENING) - (piece.type in _CLOSING)
        if depth < 0 or (depth == 0 and (piece.type in _ENDS or piece.value in LOOSE)):
            return None
    return None


def _is_modulus(piece: list[Token]) -> bool:
    return bool(piece) and (piece[0].type, piece[0].value) in _MODULI


def _without_brackets(tokens: list[Token], at: int) -> None:
    r"""``(\mod 2)`` and ``\mod 2`` as ``\pmod 2``."""
    if tokens[at].type == "OPEN":
        depth, close = 1, at + 1
        while depth and close < len(tokens):
            depth += (tokens[close].type in _OPENING) - (tokens[close].type in _CLOSING)
            close += 1
        if not depth:
            del tokens[close - 1]
        del tokens[at]
    tokens[at] = _renamed(tokens[at], MODULO)
