"""The lines of a derivation: rows of text, a list, or ``align*``; ``a = b = c`` is three of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from symderiv.errors import LimitExceeded, ReadError, SymderivError, UnknownName
from symderiv.exercise import Formula, Question
from symderiv.exercise.names.declarations import spelled_out
from symderiv.exercise.written.asked import is_called, is_condition
from symderiv.exercise.written.equations import cut, split_equations
from symderiv.exercise.written.left_sides.derivative_names import slopes_in_a_line
from symderiv.exercise.written.left_sides.derivatives import is_derivative, is_written_out
from symderiv.exercise.written.left_sides.labels import MAX_LABEL, is_label, spelt
from symderiv.exercise.written.left_sides.own_labels import is_own_name, label_of
from symderiv.exercise.written.left_sides.undeclared import says_of_others
from symderiv.exercise.written.lines import bare_lines
from symderiv.exercise.written.stretches import stretch
from symderiv.expression.tree import Apply, Expr, Index, Variable, walk
from symderiv.grading.kinds.claims import ANOTHER, as_chain
from symderiv.language import Scope
from symderiv.language.latex.sentences.provisos import in_words
from symderiv.language.names import declared
from symderiv.language.spelling import normal

MAX_LINES = 100
LEFT_HAND_SIDE = ("LHS", "L.H.S.", "LS")
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
    opens: bool = False
    """Does an equation begin with it, rather than go on?"""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a chain, whether an equation begins with it, and whether one goes on behind it."""

    formula: Formula
    tree: Expr
    opens: bool
    goes_on: bool = True


def lines_of(question: Question, answer: Formula) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """The members of the chain in order, and the words beside them; raises if there are none or too many."""
    bare = bare_lines(list(_rows(answer)) or [answer], question.answer_scope)
    rows = [as_chain(row, question.answer_scope) for row in _without_names(question, bare.rows)]
    _check_count(len(rows), answer)
    if any(ANOTHER.name in row.text for row in rows):
        question = replace(question, answer_scope=question.answer_scope.declare([ANOTHER]))
    beside: list[str] = []
    found = _without_restarts([each for row in rows for each in _members(question, row, answer, beside)])
    if not found:
        raise ReadError("no line of a derivation", answer.place_of(None), "formulas joined by =")
    _refuse_comparisons(question, found)
    lines = tuple(Line(n, each.formula, each.tree, each.opens) for n, each in enumerate(found, start=1))
    return lines, (*bare.left_out, *beside)


def _refuse_comparisons(question: Question, members: list[Member]) -> None:
    """Raise ReadError on ``a <= b <= c`` among values, which is no step; ``x > 0`` may be a 1 or 0."""
    chained = (each for each in members if isinstance(each.tree, Apply) and each.tree.head == "and")
    compared = [each.formula for each in chained]
    if compared and not is_condition(question.trees["steps.from"]):
        raise ReadError(
            "a comparison in a chain of equals", compared[0].place_of(None), "formulas joined by ="
        )


def _without_restarts(members: list[Member]) -> list[Member]:
    """``a = b`` and ``a = c`` as a = b = c: what each line starts from again says nothing new."""
    first = members[0].tree if members else None
    return [
        each
        for place, each in enumerate(members)
        if not place or each.tree != first or not each.opens or not each.goes_on
    ]


def _without_names(question: Question, rows: Sequence[Formula]) -> Iterator[Formula]:
    """The rows without what they call the chain: ``y = …``, in the first row and again in others."""
    name = ""
    for place, row in enumerate(rows):
        bare = _without_name(question, row) if place == 0 or name else row
        said = cut(row)
        if place == 0 and bare is not row and said is not None:
            name = spelt(said[0].text)
        same = said is not None and spelt(said[0].text) == name
        yield bare if place == 0 or same else row


def _without_name(question: Question, row: Formula) -> Formula:
    """The chain behind ``∇_h L = …`` or ``(∇_h L)_n = …``, where it is this derivative that it starts from.

    L stands for what is derived, so it may be no name that means something else.
    """
    start, sides = question.trees["steps.from"], cut(row)
    if sides is None:
        return row
    if is_called(
        sides[0], (*question.part.called, *slopes_in_a_line(start, question.scope), *LEFT_HAND_SIDE)
    ):
        return sides[1]
    if _is_label(question, sides[0]):
        return sides[1]
    if not is_derivative(start):
        return row
    try:
        said = sides[0].read(replace(question.scope, strict=False))
    except SymderivError:
        return row
    said = said.base if isinstance(said, Index) else said
    if not is_derivative(said):
        return row
    of, by = said.children[0], said.children[1]
    is_new = isinstance(of, Variable) and of.name not in question.scope.names
    stands_for_it = is_new or is_written_out(of, start.children[0])
    by = by.base if isinstance(by, Index) else by
    return sides[1] if stands_for_it and by == start.children[1] else row


def _is_label(question: Question, left: Formula) -> bool:
    """Is this a name for the whole that means nothing by itself: ``J(w)``, ``m_t``, ``y``?"""
    if len(left.text) > MAX_LABEL:
        return False
    try:
        _read(question, left)
    except SymderivError:
        scope, text = question.scope, left.text
        if _is_slope_of_another(text, left.is_latex, scope):
            return False
        if is_label(text, scope) or is_own_name(text, left.is_latex, scope) or says_of_others(left, scope):
            return True
        try:
            said = left.read(replace(scope, strict=False))
        except SymderivError:
            return False
        said = said.base if isinstance(said, Index) else said
        return isinstance(said, Variable) and said.name not in scope.names
    return False


def _is_slope_of_another(left: str, is_latex: bool, scope: Scope) -> bool:
    """``σ'(x)`` and ``L'`` of what means something here say something of it."""
    label = label_of(left, is_latex)
    is_primed = re.search(r"['′’]|\\prime", left) is not None
    if label is None or not is_primed:
        return False
    return declared(scope, label.name) is not None or bool(scope.head(normal(label.name)))


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


def _members(question: Question, row: Formula, answer: Formula, beside: list[str]) -> Iterator[Member]:
    """The members of a row; what is passed over among them is noted ``beside``."""
    if row.is_latex:
        yield from _latex_members(question, row, answer, beside)
        return
    pieces = split_equations(row.text)
    _check_count(len(pieces), answer)
    start = 0
    for place, piece in enumerate(pieces):
        if piece.strip():
            member = stretch(row, start, start + len(piece))
            yield Member(member, _read(question, member), place == 0, place + 1 < len(pieces))
        start += len(piece) + 1


def _latex_members(question: Question, row: Formula, answer: Formula, beside: list[str]) -> Iterator[Member]:
    """The members of a chain in LaTeX: one opens an equation where no = stands before it.

    Where a derivative is derived, a line in derivatives that answers may not use is passed over: a leap leads
    over it. Such a derivative by itself, to begin with, is the name of another.
    """
    trees, refusal = _trees(question, row)
    _check_count(len(trees), answer)
    spans = [tree.span or (0, len(row.text)) for tree in trees]
    gaps = [row.text[a:b] for (_, a), (b, _) in pairwise([(0, 0), *spans, (len(row.text), len(row.text))])]
    for tree, span, (before, behind) in zip(trees, spans, pairwise(gaps), strict=True):
        member, opens = stretch(row, *span), "=" not in before
        if refusal is not None and tree != question.trees["steps.from"]:
            if any(map(is_derivative, walk(tree))) and not (opens and is_derivative(tree)):
                beside.append(in_words(member.text))
                continue
            if _uses_withheld(question, tree):
                raise refusal
        yield Member(member, tree, opens, "=" in behind)


def _uses_withheld(question: Question, tree: Expr) -> bool:
    """Does it use an operation or a name of the exercise that answers may not?"""
    known, own = question.scope, question.answer_scope
    heads = {head.split(":")[0] for head in known.functions.values()}
    heads -= {head.split(":")[0] for head in own.functions.values()}
    names = known.names.keys() - own.names.keys()
    return any(
        (isinstance(node, Apply) and node.head in heads)
        or (isinstance(node, Variable) and node.name in names)
        for node in walk(tree)
    )


def _trees(question: Question, row: Formula) -> tuple[list[Expr], SymderivError | None]:
    """The members of a chain, and the refusal of what answers may not use in them, if there is any."""
    try:
        return question.read_chain(row), None
    except UnknownName as error:
        try:
            found = replace(question, answer_scope=question.scope).read_chain(row)
        except SymderivError:
            raise error from None
        holds_one = any(is_derivative(node) for tree in found for node in walk(tree))
        if not holds_one or not is_derivative(question.trees["steps.from"]):
            raise
        return found, error


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
