"""The lines of a derivation: rows of text, a list, or ``align*``; ``a = b = c`` is three of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from symderiv.errors import LimitExceeded, ReadError
from symderiv.exercise import Formula
from symderiv.exercise.located import Node

MAX_LINES = 100
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\{(?:align|aligned|equation|gather|split|eqnarray)\*?\}")
_ROW_MARK = re.compile(r"\\begin\b|\\end\b|\\\\(?:\[[^\]]*\])?")
_OPENING, _CLOSING = "([{", ")]}"


@dataclass(frozen=True, slots=True)
class Line:
    """One member of the chain, counted from 1."""

    number: int
    formula: Formula


def lines_of(answer: Formula) -> tuple[Line, ...]:
    """Every member of the chain in order; raises where there is none, or far too many."""
    found = [piece for row in _rows(answer) for piece in _members(row)]
    if not found:
        raise ReadError("no line of a derivation", answer.place_of(None), "formulas joined by =")
    if len(found) > MAX_LINES:
        raise LimitExceeded(f"{len(found)} lines", answer.place_of(None), f"at most {MAX_LINES}")
    return tuple(Line(number, formula) for number, formula in enumerate(found, start=1))


def _rows(answer: Formula) -> Iterator[Formula]:
    if answer.items:
        for item in answer.items:
            yield from _rows(item)
        return
    latex = answer.syntax == "latex" or "\\" in answer.text
    text = answer.text.strip().strip("$") if latex else answer.text
    text = _ENVIRONMENT.sub("", text) if latex else text
    syntax = "latex" if latex else answer.syntax
    for row in _latex_rows(text) if latex else text.split("\n"):
        if row.strip():
            yield replace(
                answer, text=row.strip(), syntax=syntax, items=(), node=_node_of(answer, row.strip())
            )


def _latex_rows(text: str) -> list[str]:
    r"""Rows end at ``\\``, but not inside a matrix or cases.

    >>> _latex_rows(r"a \\ \begin{cases} 1 \\ 2 \end{cases}")
    ['a ', ' \\begin{cases} 1 \\\\ 2 \\end{cases}']
    """
    rows, depth, start = [], 0, 0
    for mark in _ROW_MARK.finditer(text):
        if mark[0].startswith("\\begin"):
            depth += 1
        elif mark[0].startswith("\\end"):
            depth -= 1
        elif depth == 0:
            rows.append(text[start : mark.start()])
            start = mark.end()
    return [_unaligned(row) for row in (*rows, text[start:])]


def _unaligned(row: str) -> str:
    """The row without the marks of ``align``; those of a matrix or of cases stay."""
    pieces = re.split(r"(\\begin\b.*\\end\{\w+\*?\})", row, flags=re.DOTALL)
    return "".join(piece if piece.startswith("\\begin") else piece.replace("&", " ") for piece in pieces)


def _node_of(answer: Formula, row: str) -> Node | None:
    lines = [line for line in replace(answer, items=()).lines() if line.text == row]
    return lines[0].node if lines else answer.node


def _members(row: Formula) -> Iterator[Formula]:
    for piece in split_equations(row.text):
        if piece.strip():
            yield replace(row, text=piece.strip())


def split_equations(text: str) -> list[str]:
    """``text`` cut at each ``=`` outside brackets that is no ``==``, ``<=``, ``>=``, ``!=``.

    >>> split_equations("f(x, k=1) = 2 == y = 3")
    ['f(x, k=1) ', ' 2 == y ', ' 3']
    """
    pieces, depth, start = [], 0, 0
    for offset, character in enumerate(text):
        if text.startswith("\\begin{", offset):
            depth += 1
        elif text.startswith("\\end{", offset):
            depth -= 1
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth -= 1
        elif character == "=" and depth == 0 and not _compares(text, offset):
            pieces.append(text[start:offset])
            start = offset + 1
    return [*pieces, text[start:]]


def _compares(text: str, offset: int) -> bool:
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
    return (before in ("<", ">", "!", "=", ":") and before != "") or after == "="
