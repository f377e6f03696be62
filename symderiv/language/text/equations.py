"""``x = 1 or x = -1`` in a text: a single = that gives no option of a call states an equation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lark import Token

from symderiv.language.text.tokens import Cut

_CALLED = frozenset("NAME RPAR RSQB PRIMES".split())
"""After these a parenthesis is that of a call."""
_GROUP, _OTHER = "group", "other"


def with_equations(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens, each = outside of calls, lists and sets read as ==: ``{x = 1, y = 2}`` may be a mapping."""
    opened: list[str] = []
    before, end = "", 0
    torn = False  # x ! = y: a factorial, or an unequal sign?
    for token in tokens:
        kind = token.type
        if kind in ("LPAR", "LSQB", "LBRACE"):
            opened.append(_GROUP if kind == "LPAR" and before not in _CALLED else _OTHER)
        elif kind in ("RPAR", "RSQB", "RBRACE") and opened:
            opened.pop()
        if kind == "EQUAL" and _OTHER not in opened and not torn:
            yield Cut("OPERATOR", "==", token.start_pos or 0, token.end_pos or 0)
        else:
            yield token
        torn = token == "!" and token.start_pos != end
        before, end = kind, token.end_pos or 0
