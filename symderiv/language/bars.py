"""Which bar opens and which closes: ``|x|`` is an absolute value, ``||x||`` a norm.

A bar opens where an operand is wanted and closes after one; the grammar gets them told apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from lark import Token
from lark.lark import PostLex

from symderiv.language.source import Misread

_BEFORE_OPERAND = frozenset(
    "AND OR NOT IN ROOT LPAR LSQB LBRACE COMMA COLON EQUAL FOR IF ELSE ABS_OPEN NORM_OPEN".split()
)
_POSTFIX = frozenset("!ᵀ⊤")


class Bars(PostLex):
    """Turns BAR tokens into ABS_OPEN, ABS_CLOSE, NORM_OPEN and NORM_CLOSE."""

    always_accept = ("BAR",)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        waiting: Token | None = None
        opened: list[str] = []
        wants_operand = True
        for token in stream:
            if waiting is not None:
                double = token.type == "BAR" and token.start_pos == waiting.end_pos
                kind = _kind(waiting, double, opened, wants_operand)
                yield _retyped(waiting, kind)
                wants_operand = kind.endswith("OPEN")
                waiting = None
                if double and kind.startswith("NORM"):
                    continue
            if token.type == "BAR":
                waiting = token
                continue
            wants_operand = token.type in _BEFORE_OPERAND or (
                token.type == "OPERATOR" and str(token) not in _POSTFIX
            )
            yield token
        if waiting is not None:
            yield _retyped(waiting, _kind(waiting, False, opened, wants_operand))


def _retyped(token: Token, kind: str) -> Token:
    return Token.new_borrow_pos(kind, token.value, token)


def _kind(token: Token, double: bool, opened: list[str], wants_operand: bool) -> str:
    """What a bar is; ``opened`` keeps the brackets of bars that are still open."""
    if wants_operand or not opened:
        opened.append("NORM" if double else "ABS")
        return f"{opened[-1]}_OPEN"
    kind = opened.pop()
    if kind == "NORM" and not double:
        start = token.start_pos or 0
        raise Misread(
            "these bars can be read in two ways",
            start,
            start + 1,
            cure="write abs(x) for an absolute value, norm(x) for a norm",
        )
    return f"{kind}_CLOSE"
