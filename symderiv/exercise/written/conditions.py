"""Where a condition is asked for, ``=`` compares, and statements with commas between them hold together."""

from __future__ import annotations

import re
from dataclasses import replace

from symderiv.errors import ReadError
from symderiv.exercise.formula import Formula
from symderiv.exercise.written.commas import at_commas
from symderiv.exercise.written.equations import split_equations
from symderiv.expression.tree import Apply, Expr, Mapping
from symderiv.language import Scope
from symderiv.language.joined import COMMA, COMMA_CURE, may_mean_or

_RELATION = re.compile(r"[<>≤≥≠=!]+")
_NUMERAL = re.compile(r"[-+]?[\d.]+(?:/\d+)?\Z")


def as_condition(answer: Formula) -> Formula:
    """A text in which ``=`` compares, as it does where a condition is asked for; commas join several.

    Raises ReadError where two are about the same: ``x = 1, x = -1`` may mean *and*, or *or*.

    >>> as_condition(Formula("x = 2*y and y >= 1")).text, as_condition(Formula("x := 1")).text
    ('x == 2*y and y >= 1', 'x := 1')
    >>> as_condition(Formula("x = 1, y > 0")).text
    'x == 1 and  y > 0'
    """
    if answer.is_latex or answer.entries or answer.items:
        return answer
    joined = at_commas(answer.text)
    if len(joined) > 1 and all(_RELATION.search(piece) for piece in joined):
        if may_mean_or([_sides(piece) for piece in joined]):
            raise ReadError(COMMA, answer.place_of((0, len(answer.text))), cure=COMMA_CURE)
        answer = replace(answer, text=" and ".join(joined))
    pieces = split_equations(answer.text)
    sides = [piece.strip() for piece in pieces]
    compares = len(sides) > 1 and all(side and side[0] not in "<>" and side[-1] != ":" for side in sides)
    return replace(answer, text="==".join(pieces)) if compares else answer


def as_statements(tree: Expr, scope: Scope) -> Expr:
    """``x = 1, y = 0`` of declared names, where a condition is asked for: both hold, no results are named."""
    if not isinstance(tree, Mapping):
        return tree
    said = [(scope.names.get(key) if isinstance(key, str) else key, value) for key, value in tree.items]
    statements = tuple(Apply("eq", (name, value)) for name, value in said if name is not None)
    return Apply("and", statements) if 1 < len(statements) == len(said) else tree


def _sides(piece: str) -> list[str | None]:
    """The sides of a statement without their blanks; None for a number."""
    sides = ["".join(side.split()) for side in _RELATION.split(piece)]
    return [None if _NUMERAL.match(side) else side for side in sides]
