"""Which bar opens and which closes: ``|x|`` is an absolute value, ``||x||`` a norm.

A bar opens where an operand is wanted and closes after one; the grammar gets them told apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lark import Token
from lark.lark import PostLex

from symderiv.language.functions import WITHOUT_BRACKETS
from symderiv.language.limits import MAX_NODES, too_large
from symderiv.language.source import Misread

_BEFORE_OPERAND = frozenset(
    """
    START OPERATOR AND OR NOT IN ROOT LPAR LSQB LBRACE COMMA COLON EQUAL FOR IF ELSE ABS_OPEN NORM_OPEN
    LFLOOR LCEIL
    """.split()
)
_POSTFIX = frozenset("!ᵀ⊤")


class Bars(PostLex):
    """Turns BAR tokens into ABS_OPEN, ABS_CLOSE, NORM_OPEN, NORM_CLOSE, or the ``|`` of two conditions."""

    always_accept = ("BAR",)

    @staticmethod
    def is_double(bar: Token, following: Token) -> bool:
        """Are the two bars, side by side, one of a norm?"""
        return following == bar == "|" and following.start_pos == bar.end_pos

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        opened: list[str] = []
        last: Token | None = None  # what came before, unless it was a bar: that is ``before``
        before, end = "START", 0
        bar: Token | None = None
        for count, token in enumerate(stream):
            if count > MAX_NODES:
                raise too_large(token.start_pos or 0, token.end_pos or 0)
            if bar is None and token.type != "BAR":
                last = token
                yield token
                continue
            if last is not None:
                before, end, last = _place(last), last.end_pos or 0, None
            if bar is not None:
                double = self.is_double(bar, token)
                kind = _kind(bar, double, opened, before, end)
                yield _told(kind, bar, double)
                before, end, bar = kind, bar.end_pos or 0, None
                if double and kind.startswith("NORM"):
                    continue
            if token.type == "BAR":
                bar = token
                continue
            last = token
            yield token
        if bar is not None:
            yield _told(_kind(bar, False, opened, before, end), bar, False)


class SingleBars(Bars):
    """The same where no two bars are a norm's: ``||x| - |y||`` can't be read so."""

    @staticmethod
    def is_double(bar: Token, following: Token) -> bool:
        return False


def told_apart(tokens: list[Token]) -> list[Token]:
    """The tokens with their bars told apart: two side by side are a norm's wherever they can be.

    Of three side by side two may be a norm's, and nobody knows which.
    """
    try:
        return list(Bars().process(iter(tokens)))
    except Misread:
        if any(a == b == c == "|" and c.start_pos - a.start_pos == 2 for a, b, c in _threes(tokens)):
            raise
        return list(SingleBars().process(iter(tokens)))


def _threes(tokens: list[Token]) -> Iterator[tuple[Any, Any, Any]]:
    return zip(tokens, tokens[1:], tokens[2:], strict=False)


def _place(token: Token) -> str:
    """What a token is to the bar after it."""
    if token.type == "NAME" and str(token) in WITHOUT_BRACKETS:  # ln|x|
        return "OPERATOR"
    return "POSTFIX" if str(token) in _POSTFIX else str(token.type)


def _told(kind: str, bar: Token, double: bool) -> Token:
    """The bar as what it is; two bars of a norm are one token."""
    end = (bar.end_pos or 0) + (double and kind.startswith("NORM"))
    return Token(kind, "or" if kind == "OR" else bar.value, start_pos=bar.start_pos, end_pos=end)


def _kind(bar: Token, double: bool, opened: list[str], before: str, end: int) -> str:
    """What a bar is, by the token before it, which ends at ``end``; ``opened`` keeps those still open."""
    double = double or bar == "‖"
    if not opened and before in ("ABS_CLOSE", "NORM_CLOSE") and bar.start_pos == end:  # |x||y|
        before = "OPERATOR"
    if bar == "‖" and not opened:
        before = "OPERATOR"
    if before in _BEFORE_OPERAND or (not opened and before == "NUMBER"):
        opened.append("NORM" if double else "ABS")
        return f"{opened[-1]}_OPEN"
    if not opened:
        return "OR"
    kind = opened.pop()
    if kind == "NORM" and not double:
        start = bar.start_pos or 0
        raise Misread(
            "these bars can be read in two ways",
            start,
            start + 1,
            cure="write abs(x) for an absolute value, norm(x) for a norm",
        )
    return f"{kind}_CLOSE"
