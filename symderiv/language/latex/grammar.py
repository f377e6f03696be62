"""From tokens to rows of pieces: the grammar at work, scripts put on their bases."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from lark import Lark, Token, UnexpectedInput
from lark import Transformer as LarkTransformer
from lark.lexer import Lexer

from symderiv.language.grammars import grammar_text, kept_tables
from symderiv.language.lalr import Parser
from symderiv.language.latex.lexing.parting import parted
from symderiv.language.latex.pieces import (
    Atom,
    Braced,
    Environment,
    Fence,
    Fraction,
    Piece,
    Root,
    Row,
    Rows,
    Script,
    Styled,
    Unit,
)
from symderiv.language.limits import MAX_DEPTH, too_deep
from symderiv.language.source import Misread


class _Ready(Lexer):
    """The tokens are cut already."""

    __future_interface__ = 2

    def __init__(self, _: object) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Token]:
        for piece in lexer_state.text:
            lexer_state.last_token = piece
            yield piece


def start_of(piece: Token | Piece) -> int:
    return piece.start if isinstance(piece, Piece) else piece.start_pos or 0


def end_of(piece: Token | Piece) -> int:
    return piece.end if isinstance(piece, Piece) else piece.end_pos or 0


def _argument(piece: Any, command: str) -> Row:
    """A command's argument as a row; of ``x^12`` TeX raises only the 1, so that is refused."""
    if isinstance(piece, Braced):
        return piece.row
    if isinstance(piece, Atom) and piece.kind == "NUMBER" and len(piece.value) > 1:
        raise Misread(
            f"TeX takes only the {piece.value[0]} of {piece.value} here",
            piece.start,
            piece.end,
            cure=f"write {command}{{{piece.value}}}",
        )
    if isinstance(piece, Atom) and piece.kind == "PRIME":
        return Row((Unit(Atom("SYMBOL", r"\prime", piece.start, piece.end)),), piece.start, piece.end)
    return Row((Unit(piece),), piece.start, piece.end)


class _Build(LarkTransformer[Token, Any]):
    """One method a rule of the grammar."""

    def atom(self, children: list[Token]) -> Piece:
        piece = children[0]
        return Atom(piece.type, str(piece), piece.start_pos or 0, piece.end_pos or 0)

    def group(self, children: list[Any]) -> Piece:
        return Braced(parted(children[1]), start_of(children[0]), end_of(children[2]))

    def fence(self, children: list[Any]) -> Piece:
        opening, row, closing = children
        return Fence(str(opening), str(closing), row, start_of(opening), end_of(closing))

    def script(self, children: list[Any]) -> Piece:
        sign, argument = children
        return Script(sign.type, _argument(argument, str(sign)), start_of(sign), end_of(argument))

    def frac(self, children: list[Any]) -> Piece:
        command, top, bottom = children
        name = str(command)
        rows = _argument(top, name), _argument(bottom, rf"{name}{{…}}")
        return Fraction(name, *rows, start_of(command), end_of(bottom))

    def root(self, children: list[Any]) -> Piece:
        return Root(None, _argument(children[1], r"\sqrt"), start_of(children[0]), end_of(children[1]))

    def nth_root(self, children: list[Any]) -> Piece:
        command, degree, closing, body = children
        if closing != "[":
            raise Misread(
                "this bracket doesn't close the degree of the root",
                start_of(closing),
                end_of(closing),
                expected="]",
                cure="write \\sqrt[3]{x}",
            )
        return Root(degree, _argument(body, r"\sqrt"), start_of(command), end_of(body))

    def styled(self, children: list[Any]) -> Piece:
        command, body = children
        return Styled(str(command), _argument(body, str(command)), start_of(command), end_of(body))

    def stack(self, children: list[Any]) -> Piece:
        return Environment("substack", children[2], start_of(children[0]), end_of(children[3]))

    def environment(self, children: list[Any]) -> Piece:
        begin, rows, end = children
        if begin.value != end.value:
            raise Misread(
                f"the environment {begin} ends as {end}",
                start_of(end),
                end_of(end),
                expected=rf"\end{{{begin}}}",
                cure="end it by the name that it began with",
            )
        return Environment(str(begin), rows, start_of(begin), end_of(end))

    def cell(self, children: list[Any]) -> Row:
        return row_of(children)

    def row(self, children: list[Any]) -> tuple[Row, ...]:
        return tuple(c for c in children if isinstance(c, Row))

    def rows(self, children: list[Any]) -> Rows:
        return tuple(c for c in children if isinstance(c, tuple))

    def start(self, children: list[Any]) -> Any:
        return children[0]


def row_of(pieces: list[Piece]) -> Row:
    """Pieces side by side, each script put on the piece before it."""
    units: list[Unit] = []
    for piece in pieces:
        if isinstance(piece, Script) or (isinstance(piece, Atom) and piece.kind == "PRIME"):
            if not units and isinstance(piece, Atom):
                units.append(Unit(Atom("SYMBOL", r"\prime", piece.start, piece.end)))
                continue
            base = units.pop() if units else None
            if base is None:
                raise Misread(
                    "nothing stands before this script",
                    piece.start,
                    piece.end,
                    expected="a name or a bracket",
                    cure="write what carries it, as in x^2",
                )
            units.append(_with_script(base, piece))
        else:
            units.append(Unit(piece))
    start = pieces[0].start if pieces else 0
    return Row(tuple(units), start, pieces[-1].end if pieces else 0)


def _with_script(unit: Unit, piece: Piece) -> Unit:
    if not isinstance(piece, Script):
        return Unit(unit.base, unit.sub, unit.sup, unit.primes + _primes(piece), piece.end)
    if piece.kind == "SUB":
        if unit.sub is not None:
            raise Misread(
                "a second subscript on one name", piece.start, piece.end, cure="write one group: x_{i,j}"
            )
        return Unit(unit.base, piece.row, unit.sup, unit.primes, piece.end)
    if _is_prime(piece.row):
        primes = sum(1 + above.primes for above in piece.row.units)
        return Unit(unit.base, unit.sub, unit.sup, unit.primes + primes, piece.end)
    if unit.sup is not None:
        raise Misread(
            "a second superscript on one name",
            piece.start,
            piece.end,
            cure="write brackets: (x^a)^b, or one group: x^{ab}",
        )
    return Unit(unit.base, unit.sub, piece.row, unit.primes, piece.end)


def _primes(piece: Piece) -> int:
    assert isinstance(piece, Atom)
    return sum({"″": 2, "‴": 3}.get(character, 1) for character in piece.value)


def _is_prime(row: Row) -> bool:
    return bool(row.units) and all(
        unit.base.key == ("SYMBOL", r"\prime") and unit.sub is None and unit.sup is None for unit in row.units
    )


@cache
def _parser() -> Parser:
    made = Lark(
        grammar_text("latex"),
        parser="lalr",
        lexer=_Ready,
        transformer=_Build(),
        maybe_placeholders=False,
        cache=kept_tables("latex"),
    )
    return Parser(made, iter)


def parse_rows(tokens: list[Token], end: int) -> Rows:
    """The lines and cells that the tokens make; ``end`` is where the text ends."""
    _check_pairs(tokens)
    try:
        return _parser().parse(tokens)  # type: ignore[no-any-return]
    except UnexpectedInput as fault:
        raise _misread(fault, tokens, end) from None


_CLOSERS = {"LBRACE": "}", "OPEN": "a closing bracket", "BEGIN": r"an \end", "SQRTN": "]"}


_BEFORE_SETS = frozenset(("in", "notin", "cup", "setminus"))
"""Signs behind which brackets are an interval's, half-open ones too; so are those that begin a subscript."""


def _check_pairs(tokens: list[Token]) -> None:
    """Every bracket closes the one that was opened last."""
    opened: list[tuple[Token, bool]] = []
    below: Token | None = None
    for before, piece in pairwise((None, *tokens)):
        assert piece is not None
        if before is not None and before.type == "SUB":
            below = piece
        if piece.type in _CLOSERS:
            is_set = before is not None and (before.value in _BEFORE_SETS or before is below)
            opened.append((piece, is_set))
            if len(opened) > MAX_DEPTH:
                raise too_deep(start_of(piece), end_of(piece))
        elif piece.type in ("RBRACE", "CLOSE", "END"):
            if not opened:
                raise Misread(
                    "this closes nothing",
                    start_of(piece),
                    end_of(piece),
                    cure="delete it, or open the bracket before",
                )
            _check_pair(*opened.pop(), piece)
    if opened:
        last, _ = opened[-1]
        raise Misread(
            "this is never closed",
            start_of(last),
            end_of(last),
            expected=_CLOSERS[last.type],
            cure="close it where it ends, or delete it",
        )


def _check_pair(opening: Token, is_set: bool, closing: Token) -> None:
    same = {"LBRACE": "RBRACE", "OPEN": "CLOSE", "BEGIN": "END", "SQRTN": "CLOSE"}[
        opening.type
    ] == closing.type
    if same and opening.type == "OPEN":
        same = opening.value == closing.value or (opening.value, closing.value) in (("{", "."), (".", "|"))
        same = same or (is_set and {opening.value, closing.value} == {"(", "["})
    if not same:
        raise Misread(
            "this closes another bracket than the one that is open",
            start_of(closing),
            end_of(closing),
            expected=_CLOSERS[opening.type],
            cure=r"write a half-open interval behind \in, or inequalities"
            if {opening.value, closing.value} == {"(", "["}
            else "close with the bracket that was opened",
        )


def _misread(fault: UnexpectedInput, tokens: list[Token], end: int) -> Misread:
    piece = getattr(fault, "token", None)
    if piece is None or piece.type == "$END":
        last = tokens[-1] if tokens else None
        start = start_of(last) if last is not None else 0
        return Misread(
            "the formula ends too early",
            start,
            max(end, start + 1),
            expected="an argument for the last command" if last is not None else "a formula",
            cure=r"write its argument in braces, as in \\frac{a}{b}",
        )
    return Misread(
        f"an argument is missing before {piece}",
        start_of(piece),
        end_of(piece),
        expected="a letter, a number, a command or a group in braces",
        cure="write the argument in braces",
    )
