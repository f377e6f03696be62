r"""``a \equiv b \pmod m`` says that m divides a - b; without a modulus, ``\equiv`` is an equals sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lark import Token

from symderiv.language.latex.lexing.commands import token
from symderiv.language.latex.rows.products import Element, join_products
from symderiv.language.resolving.assemble import assemble
from symderiv.language.sign import Sign
from symderiv.language.source import Misread
from symderiv.language.syntax import Group, Node, Numeral, Operation

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Reader

CONGRUENT, MODULO = "congruent", "pmod"

_MODULI = (("SIGN", "%"), ("SIGN", MODULO), ("WORD", "mod"))
_OPENING = frozenset(("LBRACE", "OPEN", "BEGIN", "SQRTN"))
_CLOSING = frozenset(("RBRACE", "CLOSE", "END"))
_ENDS = frozenset(("AMP", "ROWEND", "PUNCT"))
_LOOSE = frozenset(("==", "!=", "<", "<=", ">", ">=", "in", "notin", "and", "or", "not", CONGRUENT))


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
        if depth < 0 or (depth == 0 and (piece.type in _ENDS or piece.value in _LOOSE)):
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


def as_remainders(reader: Reader, elements: list[Element]) -> list[Element]:
    """Each congruence as ``(a - b) % m == 0``."""
    if not any(_is(each, CONGRUENT) for each in elements):
        return elements
    done: list[Element] = []
    statement: list[Element] = []
    for element in elements:
        if _is(element, "and", "or", "not"):
            done += [*_remainder(reader, statement), element]
            statement = []
        else:
            statement.append(element)
    return done + _remainder(reader, statement)


def _remainder(reader: Reader, statement: list[Element]) -> list[Element]:
    places = [k for k, each in enumerate(statement) if _is(each, CONGRUENT)]
    if not places:
        return statement
    at = places[0]
    end = next((k for k, each in enumerate(statement) if _is(each, MODULO)), len(statement))
    sides = statement[:at], statement[at + 1 : end], statement[end + 1 :]
    if not all(sides) or any(_is(each, *_LOOSE, MODULO) for side in sides for each in side):
        sign = statement[at]
        assert isinstance(sign, Sign)
        message = "a congruence has two sides and a modulus"
        raise Misread(message, sign.start, sign.end, cure=r"write a \equiv b \pmod m, or a \bmod m = b")
    a, b, m = (assemble(join_products(reader, side)) for side in sides)
    return [[_divides(a, b, m)]]


def _is(element: Element, *symbols: str) -> bool:
    return isinstance(element, Sign) and element.symbol in symbols


def _divides(a: Node, b: Node, m: Node) -> Group:
    start, end = a.start, m.end
    gap = Group(Operation("sub", (a, b), start, end), start, end)
    remainder = Operation("mod", (gap, m), start, end)
    return Group(Operation("eq", (remainder, Numeral(0, start, end)), start, end), start, end)
