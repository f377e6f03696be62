"""The reader of LaTeX: cut into tokens, macros expanded, grammar, then assembled against a scope.

docs/language-latex.md states the rules by which what LaTeX leaves unsaid is read or refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from symderiv.expression.tree import Expr
from symderiv.language.infer import infer_syntax
from symderiv.language.latex.grammar import parse_rows
from symderiv.language.latex.lexing.macros import Macro
from symderiv.language.latex.lexing.symbols import LINES
from symderiv.language.latex.lexing.tokens import tokens
from symderiv.language.latex.names.context import Uses
from symderiv.language.latex.names.cures import spelt_in_latex
from symderiv.language.latex.names.notation import Notation, sorted_notations
from symderiv.language.latex.pieces import Environment, Row
from symderiv.language.latex.prepare import inside, rows_of
from symderiv.language.latex.rows.checks import check_joined
from symderiv.language.latex.rows.environments import joined
from symderiv.language.latex.rows.fences import named_results
from symderiv.language.latex.rows.identities import all_sized, sized
from symderiv.language.latex.rows.operands import operand
from symderiv.language.latex.rows.row import Reader, has_relation, sign_of, split
from symderiv.language.latex.sentences.provisos import remarks_of, stated, stated_chain
from symderiv.language.names import declared
from symderiv.language.resolving.resolve import resolve
from symderiv.language.scope import Scope
from symderiv.language.source import Misread, Source
from symderiv.language.syntax import Items, Name, Node, Operation, Pairs


def read_latex(
    text: str,
    scope: Scope | None = None,
    *,
    source: str = "",
    first_line: int = 1,
    macros: Mapping[str, Macro] | None = None,
) -> Expr:
    """The tree that a LaTeX formula stands for in a scope: the same as that of its twin in text.

    ``macros`` are the author's own commands (`symderiv.language.latex.lexing.macros.read_macros`);
    definitions in the text itself count, too.

    Raises ReadError, UnknownName or LimitExceeded, each with its place.

    >>> read_latex(r"\\frac{x + 1}{2}", Scope(strict=False)).head
    'div'
    """
    return _read(text, scope, source, first_line, lambda known: parse_latex(text, known, macros))


def read_latex_chain(
    text: str,
    scope: Scope,
    *,
    source: str = "",
    first_line: int = 1,
    macros: Mapping[str, Macro] | None = None,
) -> list[Expr]:
    """The members of a chain of equations, over several lines (``align``, ``aligned``, rows) or in one.

    >>> len(read_latex_chain(r"2x + x &= 3x \\\\ &= x \\cdot 3", Scope(strict=False)))
    3
    """
    where = Source(text, source, first_line)
    try:
        members = _members(text, scope, macros)
        if not scope.strict:
            scope = infer_syntax(members, scope, "latex")
            members = _members(text, scope, macros)
        return [resolve(member, scope, "latex") for member in members]
    except Misread as fault:
        raise where.placed(spelt_in_latex(fault, scope)) from None


def parse_latex(text: str, scope: Scope, macros: Mapping[str, Macro] | None = None) -> Node:
    """The syntax of a formula; what a letter is, is asked of the scope, or of its uses."""
    _refuse_typed_sum(text, scope)
    row = _one_row(rows_of(text, scope, macros), text)
    reader = _reader(scope, [row])
    return sized(reader, stated(reader, row, text, _top))


_TYPED_SUM = re.compile(r"Σ\s*_\s*(?:\{\s*[a-z]\s*\}|[a-z])\s*(?=[A-Za-z0-9\\(])")


def _refuse_typed_sum(text: str, scope: Scope) -> None:
    """``Σ_i x_i`` where nobody declared a Σ: a sum, or its entry times x_i?"""
    said = None if declared(scope, "Sigma") is not None else _TYPED_SUM.search(text)
    if said is not None:
        message = "Σ with an index may be a sum, or an entry of Σ"
        cure = r"write \sum_i for the sum, or declare Σ"
        raise Misread(message, said.start(), said.end(), cure=cure)


def remarks(text: str, scope: Scope, macros: Mapping[str, Macro] | None = None) -> list[str]:
    """The remarks of a formula that its reading leaves out; none where it can't be read."""
    try:
        row = _one_row(rows_of(text, scope, macros), text)
        return remarks_of(_reader(scope, [row]), row, text)
    except Misread:
        return []


def _read(text: str, scope: Scope | None, source: str, first_line: int, parse: object) -> Expr:
    scope = Scope() if scope is None else scope
    try:
        assert callable(parse)
        syntax = parse(scope)
        if not scope.strict:
            scope = infer_syntax([syntax], scope, "latex")
            syntax = parse(scope)
        return resolve(syntax, scope, "latex")
    except Misread as fault:
        raise Source(text, source, first_line).placed(spelt_in_latex(fault, scope)) from None


def _reader(scope: Scope, rows: list[Row]) -> Reader:
    uses = Uses()
    for row in rows:
        uses.note(row)
    return Reader(scope, uses, _notations(tuple(scope.notation.items())), operand)


@lru_cache(maxsize=64)
def _notations(pairs: tuple[tuple[str, str], ...]) -> tuple[Notation, ...]:
    """The declared notations as pieces; one that can't be read is passed over here (its file says so)."""
    found: dict[str, Row] = {}
    for name, shown in pairs:
        try:
            start, end = inside(shown)
            rows = parse_rows(list(tokens(shown, start, end, lambda _: False)), end)
        except Misread:
            continue
        if len(rows) == 1 and len(rows[0]) == 1:
            found[name] = rows[0][0]
    return sorted_notations(found)


def _one_row(rows: tuple[tuple[Row, ...], ...], text: str) -> Row:
    filled = [row for row in rows if any(cell.units for cell in row)]
    if len(filled) > 1:
        cell = filled[1][0]
        raise Misread(
            "a second line stands here",
            cell.start,
            max(cell.end, cell.start + 1),
            expected="one expression",
            cure="write the last line alone",
        )
    if not filled:
        raise Misread(
            "nothing is written here", 0, max(1, len(text)), expected="a formula", cure="write the answer"
        )
    if sum(1 for cell in filled[0] if cell.units) > 1:
        cell = filled[0][1]
        raise Misread("& stands outside of a matrix", cell.start - 1, cell.start, cure="delete it")
    return joined(filled[0])


def _top(reader: Reader, row: Row) -> Node:
    """A whole formula: one expression, several, or named results."""
    pieces = [piece for piece in split(row) if piece.units]
    if not pieces:
        raise Misread(
            "nothing is written here",
            row.start,
            max(row.end, row.start + 1),
            expected="a formula",
            cure="write the answer",
        )
    if len(pieces) == 1:
        return reader.row(pieces[0]) if not _is_mapsto(pieces[0]) else _mapping(reader, pieces, row)
    _check_decimal_comma(row)
    check_joined(pieces)
    pairs = named_results(reader, pieces)
    if pairs is not None:
        return Pairs(tuple(pairs), row.start, row.end)
    nodes = tuple(reader.row(piece) for piece in pieces)
    if all(has_relation(piece) for piece in pieces):
        return Operation("and", nodes, row.start, row.end)
    return Items("tuple", nodes, row.start, row.end)


def _is_mapsto(row: Row) -> bool:
    return any(sign_of(unit) == "mapsto" for unit in row.units)


def _mapping(reader: Reader, pieces: list[Row], row: Row) -> Node:
    check_joined(pieces)
    pairs = named_results(reader, pieces)
    if pairs is None:
        return reader.row(row)
    if len(pairs) == 1 and isinstance(pairs[0][0], Name):
        raise Misread("a function is written down here", row.start, row.end, cure="write its value alone")
    return Pairs(tuple(pairs), row.start, row.end)


def _check_decimal_comma(row: Row) -> None:
    """``3,14`` or ``1,000``: a pair, or one number?"""
    units = row.units
    if (
        len(units) == 3
        and units[0].base.key[0] == units[2].base.key[0] == "NUMBER"
        and (units[0].end == units[1].start and units[1].end == units[2].start)
    ):
        raise Misread(
            "a comma between two numbers can be read in two ways",
            units[0].start,
            units[2].end,
            cure="write 3.14 for a number, (3, 14) for a pair, 1{,}000 for thousands",
        )


def _members(text: str, scope: Scope, macros: Mapping[str, Macro] | None) -> list[Node]:
    rows = rows_of(text, scope, macros)
    first = rows[0][0].units if len(rows) == 1 and len(rows[0]) == 1 else ()
    if (
        len(first) == 1
        and isinstance(first[0].base, Environment)
        and first[0].base.name in LINES | {"aligned"}
    ):
        rows = first[0].base.rows
    lines = [joined(row) for row in rows]
    reader = _reader(scope, lines)
    members = [each for line in lines for each in stated_chain(reader, line, text, _cut_at_equals)]
    return all_sized(reader, members)


def _cut_at_equals(line: Row) -> list[Row]:
    members: list[list[object]] = [[]]
    for unit in line.units:
        if sign_of(unit) == "==":
            members.append([])
        else:
            members[-1].append(unit)
    rows = [tuple(m for m in member if not _is_punctuation(m)) for member in members]
    return [Row(row, row[0].start, row[-1].end) for row in rows if row]  # type: ignore[attr-defined, arg-type]


def _is_punctuation(unit: object) -> bool:
    base = getattr(unit, "base", None)
    return base is not None and base.key[0] == "PUNCT" and base.key[1] in (",", ".", ";")
