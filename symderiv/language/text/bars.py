"""Which bar opens and which closes: ``|x|`` is an absolute value, ``||x||`` a norm.

A bar opens where an operand is wanted and closes after one; the grammar gets them told apart.
"""

from __future__ import annotations

from collections.abc import Iterator

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
                double = token == bar == "|" and token.start_pos == bar.end_pos
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
