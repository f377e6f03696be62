"""Words without their ``\\text``: ``x if x > 0, 0 otherwise``, as people type LaTeX."""

from __future__ import annotations

import re

from symderiv.language import names
from symderiv.language.latex.pieces import Atom, Environment, Fence, Piece, Row, Rows, Unit
from symderiv.language.provisos import ELSE, UNDER
from symderiv.language.scope import Scope
from symderiv.language.source import Misread

_WORDS = sorted(UNDER | ELSE | {"and", "or", "und", "oder"}, key=len, reverse=True)
_ANY = "|".join(_WORDS).replace(" ", "\\s+")
_STANDING_ALONE = re.compile(rf"(?<![^\s,;:&{{}}()$])(?:{_ANY})(?![^\s,;:.&{{}}()$])")


def with_bare_words(rows: Rows, text: str, scope: Scope) -> Rows:
    """The rows with each such word as one unit; raises Misread where it may be a product, of i and f."""
    spans = {said.start(): said.end() for said in _STANDING_ALONE.finditer(text)}
    return _in_rows(rows, text, spans, scope) if spans else rows


def _check_no_product(word: str, start: int, scope: Scope) -> None:
    if all(names.declared(scope, letter) is not None for letter in word):
        raise Misread(
            f"'{word}' may be a word, or the product of {' and '.join(word)}",
            start,
            start + len(word),
            cure=rf"write \text{{{word}}} for the word, {' '.join(word)} for the product",
        )


def _in_rows(rows: Rows, text: str, spans: dict[int, int], scope: Scope) -> Rows:
    return tuple(tuple(_in_row(cell, text, spans, scope) for cell in row) for row in rows)


def _in_row(row: Row, text: str, spans: dict[int, int], scope: Scope) -> Row:
    units: list[Unit] = []
    for unit in row.units:
        end = spans.get(unit.start) if _is_letter(unit) else None
        if end is not None:
            said = " ".join(text[unit.start : end].split())
            _check_no_product(said, unit.start, scope)
            units.append(Unit(Atom("WORD", said, unit.start, end)))
        elif not (units and units[-1].end > unit.start):
            units.append(_in_unit(unit, text, spans, scope))
    return Row(tuple(units), row.start, row.end)


def _in_unit(unit: Unit, text: str, spans: dict[int, int], scope: Scope) -> Unit:
    base = _in_piece(unit.base, text, spans, scope)
    return unit if base is unit.base else Unit(base, unit.sub, unit.sup, unit.primes, unit.end)


def _in_piece(piece: Piece, text: str, spans: dict[int, int], scope: Scope) -> Piece:
    if isinstance(piece, Environment):
        return Environment(piece.name, _in_rows(piece.rows, text, spans, scope), piece.start, piece.end)
    if isinstance(piece, Fence):
        row = _in_row(piece.row, text, spans, scope)
        return Fence(piece.opening, piece.closing, row, piece.start, piece.end)
    return piece


def _is_letter(unit: Unit) -> bool:
    return isinstance(unit.base, Atom) and unit.base.kind == "LETTER"
