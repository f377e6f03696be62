"""The lines of a derivation: rows of text, a list, or ``align*``; ``a = b = c`` is three of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from symderiv.errors import LimitExceeded, ReadError, SymderivError
from symderiv.exercise import Formula, Question
from symderiv.exercise.names.declarations import spelled_out
from symderiv.exercise.written.equations import cut, is_called, split_equations, stretch
from symderiv.exercise.written.left_sides.derivatives import is_derivative
from symderiv.expression.tree import Expr, Index, Variable
from symderiv.grading.kinds.claims import ANOTHER, as_chain

MAX_LINES = 100
_GOES_ON = re.compile(
    r"\A\s*(?:[-+=*/&≈<>$]|\\(?:cdot|times|approx|quad|[\[\]]))|(?:[-+=*/&<>,]|\\(?:cdot|times))\s*\Z"
)
"""A line that begins or ends with a sign belongs to the one beside it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One member of the chain, counted from 1: as it was written, and as it was read."""

    number: int
    formula: Formula
    tree: Expr


def lines_of(question: Question, answer: Formula) -> tuple[Line, ...]:
    """Every member of the chain in order; raises where there is none, or far too many."""
    first, *others = list(_rows(answer)) or [answer]
    rows = [as_chain(row, question.answer_scope) for row in (_without_name(question, first), *others)]
    _check_count(len(rows), answer)
    if any(ANOTHER.name in row.text for row in rows):
        question = replace(question, answer_scope=question.answer_scope.declare([ANOTHER]))
    found = [pair for row in rows for pair in _members(question, row, answer)]
    if not found:
        raise ReadError("no line of a derivation", answer.place_of(None), "formulas joined by =")
    return tuple(Line(number, formula, tree) for number, (formula, tree) in enumerate(found, start=1))


def _without_name(question: Question, row: Formula) -> Formula:
    """The chain behind ``∇_h L = …`` or ``(∇_h L)_n = …``, where it is this derivative that it starts from.

    L stands for what is derived, so it may be no name that means something else.
    """
    start, sides = question.trees["steps.from"], cut(row)
    if sides is not None and is_called(sides[0], question.part.called):
        return sides[1]
    if sides is None or not is_derivative(start):
        return row
    try:
        said = sides[0].read(replace(question.scope, strict=False))
    except SymderivError:
        return row
    said = said.base if isinstance(said, Index) else said
    if not is_derivative(said):
        return row
    of, by = said.children[0], said.children[1]
    stands_for_it = isinstance(of, Variable) and of.name not in question.scope.names
    by = by.base if isinstance(by, Index) else by
    return sides[1] if stands_for_it and by == start.children[1] else row


def _check_count(count: int, answer: Formula) -> None:
    if count > MAX_LINES:
        raise LimitExceeded(f"{count} lines", answer.place_of(None), f"at most {MAX_LINES}")


def _rows(answer: Formula) -> Iterator[Formula]:
    """What is read at once: each line of text, but LaTeX as a whole, where lines don't count."""
    if answer.items:
        for item in answer.items:
            yield from _rows(item)
    elif not answer.is_latex or _is_displays(answer.text) or _is_listed(answer.text):
        yield from answer.lines()
    else:
        yield answer


def _is_displays(text: str) -> bool:
    """Is each line between dollars of its own?"""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return len(lines) > 1 and all(len(line) > 2 and line[0] == line[-1] == "$" for line in lines)


def _is_listed(text: str) -> bool:
    """LaTeX with a member on each line and no sign between them, which would run on as one product."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    whole = all(_balanced(line) and not _GOES_ON.search(line) for line in lines)
    return len(lines) > 1 and whole and "\\begin" not in text and "\\\\" not in text


def _balanced(line: str) -> bool:
    return all(line.count(opening) == line.count(closing) for opening, closing in ("{}", "()", "[]"))


def _members(question: Question, row: Formula, answer: Formula) -> Iterator[tuple[Formula, Expr]]:
    if row.is_latex:
        trees = question.read_chain(row)
        _check_count(len(trees), answer)
        for tree in trees:
            yield stretch(row, *(tree.span or (0, len(row.text)))), tree
        return
    pieces = split_equations(row.text)
    _check_count(len(pieces), answer)
    start = 0
    for piece in pieces:
        if piece.strip():
            member = stretch(row, start, start + len(piece))
            yield member, _read(question, member)
        start += len(piece) + 1


def _read(question: Question, member: Formula) -> Expr:
    """A line in the names that an answer may use; the start may be copied as it is given."""
    try:
        return question.read(member)
    except SymderivError as error:
        try:
            given = spelled_out(member.read(question.scope))
        except SymderivError:
            raise error from None
        if given != question.trees["steps.from"]:
            raise
        return given
