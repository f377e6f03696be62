"""Where a long formula is broken: before relations and signs of a sum that stand in no brackets.

A term that is too long by itself is broken inside its last pair of brackets, which stay as large as they are.
"""

from __future__ import annotations

import re

from symderiv.reports.sheets.width import width_of

_TOKENS = re.compile(r"\\(?:[A-Za-z]+|.)|\s+|.", re.DOTALL)
_OPENING = frozenset(["{", "(", "[", r"\left", r"\begin", r"\{"])
_CLOSING = frozenset(["}", ")", "]", r"\right", r"\end", r"\}"])
_BREAKS = frozenset(["+", "-", "=", r"\le", r"\ge", "<", ">", r"\land", r"\lor"])
_FACTORS = frozenset([r"\odot"])


def broken(latex: str, room: int) -> tuple[str, ...]:
    """The lines of a formula, each begun by its sign; one line where all fits, or nothing can be broken.

    >>> broken("a + b - c", 3)
    ('a + b', '- c')
    >>> broken(r"A \\left(b + c\\right)", 3)
    ('A \\\\Bigl( b', '+ c \\\\Bigr)')
    """
    if width_of(latex) <= room:
        return (latex,)
    lines: list[str] = []
    for piece in (part for term in _pieces(latex) for part in _opened(term, room)):
        if lines and width_of(f"{lines[-1]} {piece}") <= room:
            lines[-1] += f" {piece}"
        else:
            lines.append(piece)
    return tuple(lines)


def _pieces(latex: str, signs: frozenset[str] = _BREAKS) -> list[str]:
    """The terms at the top, each with the sign before it."""
    pieces = [""]
    depth = 0
    tokens = _TOKENS.findall(latex)
    for k, token in enumerate(tokens):
        depth += (token in _OPENING) - (token in _CLOSING)
        if depth == 0 and token in signs and _joins(tokens, k):
            pieces.append("")
        pieces[-1] += token
    return [piece.strip() for piece in pieces if piece.strip()]


def _opened(term: str, room: int) -> list[str]:
    """A term that is too long, in pieces at the signs of the sum in its last brackets, or else at its ⊙."""
    tokens = _TOKENS.findall(term)
    found = _last_brackets(tokens) if width_of(term) > room else None
    if found is None:
        return [term]
    start, end = found
    inside = "".join(tokens[start + 1 : end])
    inner = _pieces(inside) if len(_pieces(inside)) > 1 else _pieces(inside, _FACTORS)
    if len(inner) < 2:
        return [term]
    inner[0] = "".join(tokens[: start - 1]) + rf"\Bigl( {inner[0]}"
    inner[-1] += r" \Bigr)" + "".join(tokens[end + 2 :])
    return inner


def _last_brackets(tokens: list[str]) -> tuple[int, int] | None:
    r"""Where the last ``( … \right)`` of ``\left( … \right)`` stand that are in no other brackets."""
    depth, start, found = 0, 0, None
    for k, token in enumerate(tokens):
        if depth == 0 and tokens[k : k + 2] == [r"\left", "("]:
            start = k + 1
        depth += (token in _OPENING) - (token in _CLOSING)
        if depth == 0 and start and tokens[k - 1 : k + 1] == [r"\right", ")"]:
            found, start = (start, k - 1), 0
    return found


def _joins(tokens: list[str], at: int) -> bool:
    """Whether a sign stands between two terms: printed, it has a space at each side."""
    return 0 < at < len(tokens) - 1 and tokens[at - 1].isspace() and tokens[at + 1].isspace()
