"""Where a long formula is broken: before relations and signs of a sum that stand in no brackets."""

from __future__ import annotations

import re

from symderiv.reports.sheets.width import width_of

_TOKENS = re.compile(r"\\(?:[A-Za-z]+|.)|\s+|.", re.DOTALL)
_OPENING = frozenset(["{", "(", "[", r"\left", r"\begin", r"\{"])
_CLOSING = frozenset(["}", ")", "]", r"\right", r"\end", r"\}"])
_BREAKS = frozenset(["+", "-", "=", r"\le", r"\ge", "<", ">", r"\land", r"\lor"])


def broken(latex: str, room: int) -> tuple[str, ...]:
    """The lines of a formula, each begun by its sign; one line where all fits, or nothing can be broken.

    >>> broken("a + b - c", 3)
    ('a + b', '- c')
    """
    if width_of(latex) <= room:
        return (latex,)
    lines: list[str] = []
    for piece in _pieces(latex):
        if lines and width_of(f"{lines[-1]} {piece}") <= room:
            lines[-1] += f" {piece}"
        else:
            lines.append(piece)
    return tuple(lines)


def _pieces(latex: str) -> list[str]:
    """The terms at the top, each with the sign before it."""
    pieces = [""]
    depth = 0
    tokens = _TOKENS.findall(latex)
    for k, token in enumerate(tokens):
        depth += (token in _OPENING) - (token in _CLOSING)
        if depth == 0 and token in _BREAKS and _joins(tokens, k):
            pieces.append("")
        pieces[-1] += token
    return [piece.strip() for piece in pieces if piece.strip()]


def _joins(tokens: list[str], at: int) -> bool:
    """Whether a sign stands between two terms: printed, it has a space at each side."""
    return 0 < at < len(tokens) - 1 and tokens[at - 1].isspace() and tokens[at + 1].isspace()
