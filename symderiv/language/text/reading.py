"""The reader of the text language: grammar and scope in, tree out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial
from typing import Any

from lark import Lark, Token, UnexpectedInput

from symderiv.expression.tree import Expr
from symderiv.language.grammars import grammar_text, kept_tables
from symderiv.language.identities import with_identities
from symderiv.language.infer import inferred
from symderiv.language.lalr import Parser
from symderiv.language.limits import (
    check_text,
)
from symderiv.language.resolving.beside import refuse_beside
from symderiv.language.resolving.resolve import resolve
from symderiv.language.scope import Scope
from symderiv.language.source import Misread, Source
from symderiv.language.syntax import (
    Node,
)
from symderiv.language.text.bars import Bars, told_apart
from symderiv.language.text.clauses import counted_in, may_hold
from symderiv.language.text.equations import with_equations
from symderiv.language.text.faults import explain, refuse_arrows, refuse_updates
from symderiv.language.text.nodes import Nodes
from symderiv.language.text.provisos import parse_sentence
from symderiv.language.text.tokens import Tokens
from symderiv.language.text.unled_definitions import with_definitions

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if not chr(code).isalpha()} | {
    0x3000: 0x20
}
"""Digits and signs as East Asian keyboards type them, one character for one; letters stay what they are."""

_FULL_STOP = re.compile(r"(?<=[^\s.])\s*\.\s*\Z")
"""The end of a sentence; ``3.`` is the same number without it."""


def read_text(text: str, scope: Scope | None = None, *, source: str = "", first_line: int = 1) -> Expr:
    """The tree that a text stands for, with the names of ``scope``.

    In a scope that isn't strict, an undeclared name is what its use says: a scalar, an array if it is
    indexed, an index if it indexes, a function if it is applied.

    Raises ReadError, UnknownName or LimitExceeded, each with its place.

    >>> read_text("2x + 1", Scope(strict=False)).head
    'add'
    """
    scope = Scope() if scope is None else scope
    where = Source(text, source, first_line)
    if scope.strict and (counted := counted_in(text, scope.names)):
        text = text[: text.rindex(counted)]
    try:
        syntax = parse_in(text, scope)
        if scope.strict:
            return resolve(syntax, scope, "text")
        given = scope
        scope, (tree,) = inferred([syntax], given, "text")
        if tree is None:
            refuse_beside(syntax, given)
            tree = resolve(syntax, scope, "text")
        return tree
    except Misread as fault:
        raise where.placed(fault) from None


def parse_in(text: str, scope: Scope) -> Node:
    """The syntax of a text in a scope: what an I is, its arrays say; raises Misread.

    Where names are declared a single ``=`` may label a value, and isn't read; elsewhere it is an equation.
    """
    try:
        syntax = parse(text)
    except Misread:
        if scope.strict or "=" not in text:
            raise
        syntax = _parse_equations(text)
    return with_definitions(with_identities(text, syntax, scope), scope)


@lru_cache(maxsize=16)
def parse(text: str) -> Node:
    """The syntax of a text, names unasked, and made once: beside LaTeX it is asked for again once the names
    are known; raises Misread.
    """
    return _whole(text, partial(_parsed, _values()))


@lru_cache(maxsize=16)
def _parse_equations(text: str) -> Node:
    return _whole(text, partial(_parsed, _equations()))


def _whole(text: str, parse_part: Callable[[str], Node]) -> Node:
    """The syntax of a text that may hold words."""
    text = text if text.isascii() else text.translate(_FULL_WIDTH)
    check_text(text)
    refuse_updates(text)
    text = _FULL_STOP.sub(" ", text) if text.rstrip().endswith(".") else text
    said = parse_sentence(text, parse_part) if may_hold(text) else None
    if said is not None:
        return said
    try:
        return parse_part(text)
    except Misread:
        said = parse_sentence(text, parse_part)
        if said is None:
            refuse_arrows(text)
            raise
        return said


def _parsed(parser: Parser, text: str) -> Node:
    try:
        return parser.parse(text)  # type: ignore[no-any-return]
    except UnexpectedInput as error:
        raise explain(text, error) from None


@cache
def _values() -> Parser:
    """Texts in which = gives an option of a call, and stands nowhere else."""
    return Parser(_grammar(), _pieces)


@cache
def _equations() -> Parser:
    """Texts in which = states an equation outside of calls, lists and sets."""
    return Parser(_grammar(), lambda text: with_equations(_pieces(text)))


def _pieces(text: str) -> Iterator[Token]:
    frontend: Any = _grammar().parser
    cut: Iterator[Token] = frontend.lexer.lexer.cut(text)
    pieces = iter(told_apart(list(cut))) if "||" in text else Bars().process(cut)
    return _line_by_line(text, pieces) if "\n" in text.strip() else pieces


_ENDS_OPERAND = frozenset("NAME NUMBER RPAR RSQB RBRACE ABS_CLOSE NORM_CLOSE".split())
_BEGINS_OPERAND = frozenset("NAME NUMBER LPAR ABS_OPEN NORM_OPEN".split())


def _line_by_line(text: str, pieces: Iterator[Token]) -> Iterator[Token]:
    """The pieces; raises Misread where a line begins with another factor: a product, or another answer?"""
    before, end = "", 0
    for token in pieces:
        start = token.start_pos or 0
        if before in _ENDS_OPERAND and token.type in _BEGINS_OPERAND and "\n" in text[end:start]:
            message = "a new line begins here: another factor, or another answer?"
            cure = "write * for a product, one line for one answer"
            raise Misread(message, start, token.end_pos or start + 1, cure=cure)
        before, end = token.type, token.end_pos or start
        yield token


@cache
def _grammar() -> Lark:
    """The grammar, made once, when the first text is read."""
    return Lark(
        grammar_text("text"),
        parser="lalr",
        lexer=Tokens,
        postlex=Bars(),
        transformer=Nodes(),
        maybe_placeholders=False,
        cache=kept_tables("text"),
    )
