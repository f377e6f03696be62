"""The text of a program: its statements, and the names that they may use."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from symderiv.errors import LimitExceeded, ReadError
from symderiv.exercise import Formula
from symderiv.exercise.models import ProgramPart
from symderiv.expression.kinds import FUNCTION
from symderiv.expression.tree import Expr, Sequence, Variable
from symderiv.language import Scope

MAX_STATEMENTS = 200
_ASSIGN = re.compile(r"([^\W\d]\w*)\s*(?:<-|←|:=|=)\s*(.+)\Z", re.DOTALL)
_RETURN = re.compile(r"return\b\s*(.+)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Statement:
    """``target = value``, or a return (``target`` is empty)."""

    target: str
    value: Formula


def program_scope(scope: Scope, part: ProgramPart) -> Scope:
    """The inputs as names without a shape, the functions as opaque ones."""
    functions = [Variable(name, FUNCTION) for name in (*part.calls, *part.functions)]
    inputs = [Variable(name) for name in part.inputs]
    return replace(scope, names={}, functions={}, withheld=frozenset(), notation={}).declare(
        [*functions, *inputs]
    )


def statements(answer: Formula) -> tuple[Statement, ...]:
    """The statements in order, lines or ``;`` apart; ``def …:`` and comments are passed over.

    A single line without a return is the value returned.
    """
    pieces = [piece for line in answer.lines() for piece in _pieces(line)]
    if len(pieces) > MAX_STATEMENTS:
        raise LimitExceeded("a program of too many lines", answer.place_of(None), f"{MAX_STATEMENTS} lines")
    return tuple(_statement(piece, len(pieces) > 1) for piece in pieces)


def _pieces(line: Formula) -> list[Formula]:
    text = line.text.split("#")[0]
    if re.match(r"\s*(def|function|input|procedure|algorithm)\b", text, re.IGNORECASE):
        return []
    return [replace(line, text=piece.strip()) for piece in text.split(";") if piece.strip()]


def _statement(piece: Formula, part_of_several: bool) -> Statement:
    back = _RETURN.match(piece.text)
    if back:
        return Statement("", replace(piece, text=back[1]))
    assigned = _ASSIGN.match(piece.text)
    if assigned:
        return Statement(assigned[1], replace(piece, text=assigned[2]))
    if not part_of_several:
        return Statement("", piece)
    raise ReadError("this line is no statement", piece.place_of(None), "'name = value' or 'return value'")


def returned(formula: Formula, scope: Scope) -> tuple[Expr, ...]:
    """The values of a return: one, or several with commas."""
    text = formula.text.strip()
    if not (text.startswith("(") and text.endswith(")")) and "," in text and not text.startswith("["):
        formula = replace(formula, text=f"({text})", node=None)
    tree = formula.read(scope)
    return tree.items if isinstance(tree, Sequence) else (tree,)
