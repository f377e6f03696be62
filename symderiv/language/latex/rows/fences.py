"""Brackets and bars: grouping, tuples, lists, sets, floors, absolute values, norms."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from symderiv.expression.tree import SequenceKind
from symderiv.language.latex.pieces import Atom, Environment, Fence, Piece, Row, Unit
from symderiv.language.latex.rows.powers import raised
from symderiv.language.latex.rows.scripts import refuse_primes, scripted
from symderiv.language.latex.rows.values_at import value_at
from symderiv.language.ranks import rank_of
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Choice, Group, Items, Name, Node, Numeral, Pairs

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Cursor, Reader

_SUCH_THAT = frozenset((("PUNCT", ":"), ("BAR", "|")))
_KINDS: dict[str, SequenceKind] = {"(": "tuple", "[": "list", "{": "set"}
_FUNCTIONS = {"floor": "floor", "ceil": "ceil", "|": "abs", "‖": "norm"}


def fence(cursor: Cursor) -> Node:
    """What brackets hold, with the scripts behind them."""
    alone = cursor.is_alone
    unit = cursor.take()
    alone = alone and unit.bare
    base = unit.base
    assert isinstance(base, Fence)
    if base.closing == ".":
        return _open_cases(cursor, base)
    if base.opening == ".":
        return value_at(cursor.reader, base, unit)
    if base.closing != base.opening:
        message = "a half-open interval is no value"
        raise Misread(message, base.start, base.end, cure=r"write x \in (a, b], or inequalities")
    if base.opening == "‖":
        return norm(cursor.reader, cursor.reader.row(base.row), unit, base.start)
    if base.opening == "|":
        _check_no_index(unit)
        inner = cursor.reader.row(base.row)
        return scripted(cursor, _between_bars(cursor.reader, base.row.units, inner, base), unit)
    return scripted(cursor, _inside(cursor.reader, base, alone), unit)


def _inside(reader: Reader, base: Fence, alone: bool) -> Node:
    from symderiv.language.latex.rows.row import split

    if base.opening in _FUNCTIONS:
        return _applied(_FUNCTIONS[base.opening], (reader.row(base.row),), base)
    if base.opening in ("(", "[") and _is_bare_matrix(base.row.units):
        return reader.row(base.row)
    pieces = split(base.row)
    if base.opening == "angle":
        if len(pieces) != 2:
            raise Misread(
                "an inner product has two sides",
                base.start,
                base.end,
                expected=r"\langle x, y \rangle",
                cure="write both, with a comma between them",
            )
        return _applied("dot", tuple(reader.row(piece) for piece in pieces), base)
    if not base.row.units:
        return Items(_KINDS[base.opening], (), base.start, base.end)
    _check_set_builder(base)
    pairs = named_results(reader, pieces) if base.opening == "{" else None
    if pairs is not None:
        return Pairs(tuple(pairs), base.start, base.end)
    return _listed(reader, base, pieces, alone)


def _check_set_builder(base: Fence) -> None:
    """``\\{x : x > 0\\}`` is no mapping."""
    from symderiv.language.latex.rows.row import has_relation

    units = base.row.units
    cut = next((k for k, unit in enumerate(units) if unit.base.key in _SUCH_THAT), 0)
    if base.opening == "{" and cut and has_relation(Row(units[cut:], base.start, base.end)):
        raise Misread(
            "a set written by a condition",
            base.start,
            base.end,
            expected="its members, or the condition",
            cure=r"write \{1, 2\}, or x > 0",
        )


def _is_bare_matrix(units: tuple[Unit, ...]) -> bool:
    """``\\left[\\begin{matrix} … \\end{matrix}\\right]``: the brackets are the matrix's own."""
    inner = units[0].base if len(units) == 1 and units[0].bare else None
    return isinstance(inner, Environment) and inner.name in ("matrix", "smallmatrix", "array")


def _listed(reader: Reader, base: Fence, pieces: list[Row], alone: bool) -> Node:
    from symderiv.language.latex.rows.row import has_relation

    kind = _KINDS[base.opening]
    _check_separators(base, len(pieces), alone)
    if len(pieces) == 2 and base.opening == "(" and not pieces[1].units:
        pieces = pieces[:1]
    elif len(pieces) == 1 and not (alone and kind != "tuple" and not has_relation(base.row)):
        inner = reader.row(base.row)
        if base.opening == "[" and has_relation(base.row):
            return Choice(
                ((inner, Numeral(1, base.start, base.end)),),
                Numeral(0, base.start, base.end),
                base.start,
                base.end,
            )
        return Group(inner, base.start, base.end)
    return Items(kind, tuple(reader.row(piece) for piece in pieces), base.start, base.end)


def _check_separators(base: Fence, count: int, alone: bool) -> None:
    """``[a, b; c, d]`` and ``[a b c]`` are matrices elsewhere, not in LaTeX."""
    units = base.row.units
    if any(unit.base.key == ("PUNCT", ";") for unit in units):
        raise Misread(
            "a semicolon inside brackets", base.start, base.end, cure=r"write \begin{bmatrix} … \end{bmatrix}"
        )
    apart = any(
        a.end < b.start and a.base.key[0] != "SIGN" and b.base.key[0] not in ("SIGN", "fence")
        for a, b in pairwise(units)
    )
    if alone and count == 1 and base.opening == "[" and apart:
        raise Misread("entries, or factors?", base.start, base.end, cure="set commas between entries")


def named_results(reader: Reader, pieces: list[Row]) -> list[tuple[Node, Node]] | None:
    """``\\mu = a, \\sigma = b`` or ``(0,0) \\mapsto 0, …``; None where the pieces aren't of that form."""
    from symderiv.language.latex.rows.row import sign_of

    pairs: list[tuple[Row, Row]] = []
    for piece in pieces:
        cut = [
            k
            for k, unit in enumerate(piece.units)
            if sign_of(unit) in ("==", "mapsto", "to") or unit.base.key == ("PUNCT", ":")
        ]
        if len(cut) != 1 or not 0 < cut[0] < len(piece.units) - 1:
            return None
        left, right = piece.units[: cut[0]], piece.units[cut[0] + 1 :]
        pairs.append((Row(left, left[0].start, left[-1].end), Row(right, right[0].start, right[-1].end)))
    return [(_key(reader, left), reader.row(right)) for left, right in pairs]


def _key(reader: Reader, row: Row) -> Node:
    """The name of a result: as declared, else as spelt."""
    from symderiv.language.latex.names.spelling import label

    try:
        return reader.row(row)
    except Misread:
        head = row.units[0].base if len(row.units) == 1 and row.units[0].bare else None
        is_word = isinstance(head, Atom) and head.kind in ("BIG", "FUNCTION")  # of a result called max
        text = str(row.key[-1]) if is_word else label(row)
        if text is None:
            raise
        return Name(text, row.start, row.end)


def _open_cases(cursor: Cursor, base: Fence) -> Node:
    """``\\left\\{ \\begin{array} … \\end{array} \\right.``: cases."""
    from symderiv.language.latex.rows.environments import cases

    inner = base.row.units[0].base if len(base.row.units) == 1 else None
    if base.opening != "{" or not isinstance(inner, Environment):
        raise Misread(
            "a bracket without its partner",
            base.start,
            base.end,
            expected="both brackets of a pair",
            cure="write both, or none",
        )
    return cases(cursor.reader, inner)


def _applied(name: str, args: tuple[Node, ...], base: Fence) -> Node:
    return Applied(Name(name, base.start, base.start + 1), args, (), base.start, base.end)


def _check_vector(reader: Reader, inner: Node, start: int, end: int) -> None:
    if 1 in (rank_of(reader, inner), _rank_written(inner)):
        raise Misread(
            "bars around a vector may be its norm, or the absolute value of each entry",
            start,
            end,
            cure=r"write \|x\|, or \operatorname{abs}(x)",
        )


def _between_bars(reader: Reader, units: tuple[Unit, ...], inner: Node, place: Piece) -> Node:
    """A determinant, where the bars are the brackets of a matrix; else an absolute value."""
    if _is_bare_matrix(units):
        return Applied(Name("det", place.start, place.start + 1), (inner,), (), place.start, place.end)
    _check_vector(reader, inner, place.start, place.end)
    return _absolute(reader, inner, place.start, place.end)


def _rank_written(node: Node) -> int:
    """How many brackets a list of entries has."""
    return 1 + _rank_written(node.items[0]) if isinstance(node, Items) and node.items else 0


def _absolute(reader: Reader, inner: Node, start: int, end: int) -> Node:
    if 2 in (rank_of(reader, inner), _rank_written(inner)):
        raise Misread(
            "bars around a matrix may be its determinant",
            start,
            end,
            cure=r"write \det A, or \operatorname{abs}(A)",
        )
    return Applied(Name("abs", start, start + 1), (inner,), (), start, end)


def bars(cursor: Cursor) -> Node:
    """``|x|``, ``\\|x\\|_2^2``, ``||x||``: a bar opens where an operand is wanted, and closes after one."""
    before = cursor.peek(-1)
    opening = cursor.take()
    if not opening.bare:
        raise Misread(
            "a script on an opening bar",
            opening.start,
            opening.end,
            expected="a closing bar before it",
            cure="move it behind the closing bar",
        )
    mark = str(opening.base.key[1])
    following = cursor.peek()
    doubled = (
        following is not None and following.base.key == opening.base.key and following.start == opening.end
    )
    first = cursor.position
    inner = cursor.expression(mark)
    closing = cursor.peek()
    if closing is None or closing.base.key != opening.base.key:
        raise Misread("this bar is never closed", opening.start, opening.end, cure=r"write \left| … \right|")
    cursor.take()
    if mark == "‖":
        return norm(cursor.reader, inner, closing, opening.start)
    if doubled and isinstance(inner, Applied) and inner.end == closing.start and inner.start == opening.end:
        return norm(cursor.reader, inner.args[0], closing, opening.start)
    _check_no_index(closing)
    place = Row(cursor.units[first : cursor.position - 1], opening.start, closing.base.end)
    if before is not None and before.base.key == opening.base.key:  # of ||x|| the outer bars are asked
        node = _absolute(cursor.reader, inner, place.start, place.end)
    else:
        node = _between_bars(cursor.reader, place.units, inner, place)
    return scripted(cursor, node, closing)


def _check_no_index(unit: Unit) -> None:
    if unit.sub is not None:
        raise Misread(
            "an index on bars", unit.start, unit.end, cure=r"write \|x\|_1 for a norm, |x_1| for an entry"
        )


def norm(reader: Reader, inner: Node, closing: Unit, start: int) -> Node:
    """``\\|x\\|``, ``\\|x\\|_2``, ``\\|x\\|_1``, ``\\|x\\|_\\infty``, ``\\|A\\|_F``."""
    refuse_primes(closing)
    args: tuple[Node, ...] = (inner,)
    if closing.sub is not None and closing.sub.key not in (("NUMBER", "2"), ("LETTER", "F"), ("WORD", "F")):
        args = (inner, reader.row(closing.sub))
    elif closing.sub is not None and closing.sub.key == ("NUMBER", "2") and rank_of(reader, inner) == 2:
        raise Misread("the 2-norm of a matrix isn't known here", start, closing.end, cure=r"write \|A\|_F")
    node: Node = Applied(Name("norm", start, start + 1), args, (), start, closing.end)
    return node if closing.sup is None else raised(reader, node, closing.sup, closing.end)
