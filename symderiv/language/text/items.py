"""What a single token is in a row of operands and operators."""

from __future__ import annotations

from collections.abc import Callable

from lark import Token

from symderiv.expression.operators import SPELLINGS
from symderiv.language.sign import Sign
from symderiv.language.syntax import Name, Node, Numeral, Quoted
from symderiv.language.text.numerals import numeral

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")


def item(token: Token) -> Node | Sign:
    """The number, word in quotes, operator or superscript that a token is."""
    return _READ[token.type](token.value, token.start_pos or 0, token.end_pos or 0)


def _operator(text: str, start: int, end: int) -> Sign:
    return Sign(SPELLINGS.get(text, text), start, end)


def _superscript(text: str, start: int, end: int) -> Sign:
    exponent: Node = (
        Name("n", start, end) if text == "ⁿ" else Numeral(int(text.translate(_RAISED)), start, end)
    )
    return Sign("^", start, end, exponent)


def _quoted(text: str, start: int, end: int) -> Quoted:
    return Quoted(text[1:-1], start, end)


_READ: dict[str, Callable[[str, int, int], Node | Sign]] = {
    "NUMBER": numeral,
    "STRING": _quoted,
    "SUPERSCRIPT": _superscript,
    **dict.fromkeys(("OPERATOR", "AND", "OR", "NOT", "IN"), _operator),
}
