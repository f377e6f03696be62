"""Values under conditions, as people write them beside a formula: ``\\frac1x \\text{ for } x \\neq 0``.

docs/language.md states the convention; `symderiv.language.provisos` holds the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from symderiv.language.latex.names.context import Uses
from symderiv.language.latex.names.notation import Notation
from symderiv.language.latex.names.spelling import spellings
from symderiv.language.latex.pieces import Atom, Row, Unit
from symderiv.language.latex.ranges.counted import counted
from symderiv.language.latex.rows.fences import named_results
from symderiv.language.latex.rows.functions import condition_of
from symderiv.language.latex.sentences.sentences import INEQUALITIES, Value, sentence
from symderiv.language.provisos import several, under
from symderiv.language.ranks import rank_of
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Choice, Comprehension, Group, Name, Node, Operation, Pairs
from symderiv.language.syntax import Clause as Through

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Reader

_TEXT = re.compile(r"\\(?:text|mbox|textrm|textit|textbf|textnormal|mathrm)\s*\{([^{}]*)\}")
_SPACES = re.compile(r"\\[ ,;:!]|\\q?quad(?![A-Za-z])|~")


def stated(reader: Reader, row: Row, text: str, whole: Callable[[Reader, Row], Node]) -> Node:
    """The value of a row under its conditions; ``whole`` reads a row that says values alone."""
    found = sentence(reader, row, text)
    if found is None:
        return whole(reader, row)
    _define_all(reader, found.definitions)
    values = found.values
    if any(value.conditions or value.elsewhere for value in values):
        return _conditioned(reader, values, whole)
    return whole(reader, _side_by_side(values))


def stated_chain(reader: Reader, line: Row, text: str, cut: Callable[[Row], list[Row]]) -> list[Node]:
    """The members of ``a = b``, each under the conditions of the line."""
    found = sentence(reader, line, text, INEQUALITIES)
    if found is None:
        return [_member(reader, member) for member in cut(line)]
    _define_all(reader, found.definitions)
    if len(found.values) > 1 and any(value.conditions for value in found.values):
        raise several(line.start, line.end)
    conditions = _read(reader, found.values[0])
    return [under(_member(reader, member), conditions) for member in cut(_side_by_side(found.values))]


def _member(reader: Reader, row: Row) -> Node:
    """A member of a chain: which index a sum without one runs over is asked of it alone."""
    letters = Uses()
    letters.note(row)
    reader.uses = replace(reader.uses, letters=letters.letters)
    return reader.row(row)


def remarks_of(reader: Reader, row: Row, text: str) -> list[str]:
    """The words of a row that its reading leaves out."""
    found = sentence(reader, row, text)
    return [] if found is None else [in_words(text[a:b]) for a, b in found.remarks]


def in_words(latex: str) -> str:
    """A stretch of LaTeX as its reader sees it: ``\\text{ (valid)}`` as *(valid)*."""
    said = _TEXT.sub(r"\1", _SPACES.sub(" ", latex))
    return " ".join(said.split())


def _define_all(reader: Reader, definitions: list[Row]) -> None:
    """Every definition, those first that the others use."""
    waiting = list(definitions)
    while waiting:
        names = {spellings(row.units[0].base)[0] for row in waiting}
        ready = [row for row in waiting if names.isdisjoint(_letters(row.units[2:]))]
        for definition in ready or waiting[:1]:
            _define(reader, definition)
            waiting.remove(definition)


def _letters(units: tuple[Unit, ...]) -> set[str]:
    uses = Uses()
    uses.note(Row(units, units[0].start, units[-1].end))
    return set(uses.letters)


def _define(reader: Reader, row: Row) -> None:
    first, rest = row.units[0], row.units[2:]
    node = reader.row(Row(rest, rest[0].start, rest[-1].end))
    reader.own_names |= set(spellings(first.base))
    reader.own = (*reader.own, (Notation("", (first,)), Group(node, rest[0].start, rest[-1].end)))


def _conditioned(reader: Reader, values: list[Value], whole: Callable[[Reader, Row], Node]) -> Node:
    if len(values) == 1 and not values[0].elsewhere:
        return under(whole(reader, values[0].clause.row), _read(reader, values[0]))
    rows = [value.clause.row for value in values]
    if all(value.conditions or value.elsewhere for value in values):
        return _cases(reader, values)
    pairs = named_results(reader, rows)
    if pairs is None:
        raise several(values[0].clause.start, values[-1].clause.end)
    held = [(key, under(node, _read(reader, v))) for (key, node), v in zip(pairs, values, strict=True)]
    return Pairs(tuple(held), values[0].clause.start, values[-1].clause.end)


def _cases(reader: Reader, values: list[Value]) -> Node:
    """``1 \\text{ for } x > 0,\\ 0 \\text{ otherwise}``."""
    branches: list[tuple[Node, Node]] = []
    otherwise: Node | None = None
    for value in values:
        node = reader.row(value.clause.row)
        if otherwise is not None:
            raise Misread("a case after 'otherwise'", node.start, node.end, cure="put 'otherwise' last")
        if value.elsewhere:
            otherwise = node
        else:
            held = _read(reader, value)
            joint = held[0] if len(held) == 1 else Operation("and", tuple(held), held[0].start, held[-1].end)
            branches.append((joint, node))
    start, end = values[0].clause.start, values[-1].clause.end
    if not branches:
        raise Misread("'otherwise' without another case", start, end, cure="write the other case, too")
    return Choice(tuple(branches), otherwise, start, end)


def _read(reader: Reader, value: Value) -> list[Node]:
    return [_one(reader, row, negated) for row, negated in value.conditions]


def _one(reader: Reader, row: Row, negated: bool) -> Node:
    node = counted(reader, row) or _of_each(reader, condition_of(reader, row))
    return Operation("not", (node,), node.start, node.end) if negated else node


def _of_each(reader: Reader, node: Node) -> Node:
    """``x \\ge 0`` of a vector x says it of each entry."""
    if not isinstance(node, Operation) or node.head not in ("lt", "le", "gt", "ge") or len(node.args) != 2:
        return node
    ranks = [rank_of(reader, side) for side in node.args]
    if ranks not in ([1, 0], [0, 1]):
        return node
    array = node.args[ranks.index(1)]
    entry = Name("entry", array.start, array.end)
    sides = tuple(entry if side is array else side for side in node.args)
    through = Through(entry, array, None, array.start, array.end)
    said = Comprehension(
        "argument", Operation(node.head, sides, node.start, node.end), (through,), node.start, node.end
    )
    return Applied(Name("all", node.start, node.end), (said,), (), node.start, node.end)


def _side_by_side(values: list[Value]) -> Row:
    """The values with commas between them, as they were written."""
    units: list[Unit] = []
    for value in values:
        if units:
            units.append(Unit(Atom("PUNCT", ",", value.clause.start, value.clause.start + 1)))
        units += value.clause.units
    return Row(tuple(units), units[0].start, units[-1].end)
