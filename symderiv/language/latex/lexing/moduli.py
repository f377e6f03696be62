r"""Where a modulus follows, ``\equiv`` is the sign of a congruence: ``\pmod``, ``\mod`` and their brackets.

The congruence itself is read in `symderiv.language.latex.rows.congruences`.
"""

from __future__ import annotations

from lark import Token

from symderiv.language.latex.lexing.commands import token

CONGRUENT, MODULO = "congruent", "pmod"
LOOSE = frozenset(("==", "!=", "<", "<=", ">", ">=", "in", "notin", "and", "or", "not", CONGRUENT))

_MODULI = (("SIGN", "%"), ("SIGN", MODULO), ("WORD", "mod"))
_OPENING = frozenset(("LBRACE", "OPEN", "BEGIN", "SQRTN"))
_CLOSING = frozenset(("RBRACE", "CLOSE", "END"))
_ENDS = frozenset(("AMP", "ROWEND", "PUNCT"))


def with_congruences(tokens: list[Token]) -> list[Token]:
    r"""Each ``\equiv`` as a congruence where ``\mod 2`` or ``(\mod 2)`` follows, else as ``=``."""
    if not any(piece.value == "equiv" for piece in tokens):
        return tokens
    found = list(tokens)
    for position in range(len(found) - 1, -1, -1):
        sign = found[position]
        if (sign.type, sign.value) != ("SIGN", "equiv"):
            continue
        modulus = _modulus(found, position + 1)
        found[position] = _renamed(sign, "==" if modulus is None else CONGRUENT)
        if modulus is not None:
            _without_brackets(found, modulus)
    return found


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
