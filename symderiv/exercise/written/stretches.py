"""Where a formula stands in what was typed: between its dollars, in its box, in the lines of an ``align``."""

from __future__ import annotations

import re
from dataclasses import replace

from symderiv.exercise.formula import Formula, source_offset
from symderiv.exercise.located.nodes import Node

_WRAPPERS = (("$$", "$$"), ("$", "$"), ("\\[", "\\]"), ("\\(", "\\)"), ("\\boxed{", "}"))
_LINES = re.compile(
    r"\s*\\begin\{(?P<name>(?:align|equation|gather|eqnarray)\*?|aligned|gathered|split)\}"
    r"(?P<lines>.*)\\end\{(?P=name)\}\s*",
    re.DOTALL,
)
MAX_ENVIRONMENTS = 3
"""How deep one ``aligned`` may stand in another."""


def inside(text: str) -> tuple[int, int]:
    """Where the formula stands, between its dollars if it has any, and inside an ``align``."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    full_stop = len(text.rstrip(" \t\r\n.,;"))
    end = full_stop if text[:full_stop].endswith(("$", "\\]", "\\)")) else end
    piece = text[start:end]
    for _ in range(2):  # a box between dollars
        for opening, closing in _WRAPPERS:
            fits = piece.startswith(opening) and piece.endswith(closing)
            if fits and len(piece) > len(opening) + len(closing) and _is_one(piece, opening):
                start, end = start + len(opening), end - len(closing)
                piece = text[start:end]
                break
    for _ in range(MAX_ENVIRONMENTS):
        lines = _LINES.fullmatch(text, start, end)
        start, end = (start, end) if lines is None else lines.span("lines")
    return start, end


def _is_one(piece: str, opening: str) -> bool:
    """Does the box that opens the piece close at its end, rather than before?"""
    if opening[-1] != "{":
        return True
    depth = 0
    for character in piece[:-1]:
        depth += (character == "{") - (character == "}")
        if character == "}" and depth == 0:
            return False
    return True


def stretch(formula: Formula, start: int, end: int) -> Formula:
    """A part of a formula's text, in the syntax of the whole and in its place in the file."""
    piece = formula.text[start:end]
    start += len(piece) - len(piece.lstrip())
    node = formula.node
    if node is not None:
        at = node.start + source_offset(formula.text, node.slice, start)
        node = Node(node.document, at, node.end)
    syntax = "latex" if formula.is_latex else formula.syntax
    return replace(formula, text=piece.strip(), syntax=syntax, node=node, items=())
