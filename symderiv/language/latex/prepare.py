"""A LaTeX text made ready: its dollars taken off, cut into tokens, the author's commands expanded, parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from lark import Token

from symderiv.language.functions import BUILTIN
from symderiv.language.latex.bare_words import with_bare_words
from symderiv.language.latex.grammar import parse_rows
from symderiv.language.latex.lexing.commands import Known, is_command, token
from symderiv.language.latex.lexing.dollars import check_dollars
from symderiv.language.latex.lexing.macros import Expander, Macro, blank_definitions, read_macros
from symderiv.language.latex.lexing.moduli import with_congruences
from symderiv.language.latex.lexing.tokens import tokens, within_limits
from symderiv.language.latex.pieces import Row
from symderiv.language.limits import check_text
from symderiv.language.scope import Scope
from symderiv.language.source import Misread

_WRAPPERS = (("$$", "$$"), ("$", "$"), (r"\[", r"\]"), (r"\(", r"\)"))
_PUNCTUATION = ".,;"
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_COMMAND_AT_END = re.compile(r"\\(?:right|left|[bB]igg?[lrm]?)?\s*.\Z")


def rows_of(text: str, scope: Scope, macros: Mapping[str, Macro] | None) -> tuple[tuple[Row, ...], ...]:
    """The lines and cells of a text; cut up once, however often it is read while names are found."""
    own = tuple((macros or {}).values())
    rows = _rows(text, own, _named_by_commands((text, *(macro.body for macro in own)), scope))
    return with_bare_words(rows, text, scope)


def _named_by_commands(texts: Iterable[str], scope: Scope) -> frozenset[str]:
    """The commands that LaTeX doesn't know, but the scope: ``\\diag``."""
    return frozenset(
        word
        for text in texts
        for word in _COMMAND.findall(text)
        if word in scope.functions or word in BUILTIN or word in scope.names
        if not is_command("\\" + word)
    )


@lru_cache(maxsize=16)
def _rows(text: str, macros: tuple[Macro, ...], known: frozenset[str]) -> tuple[tuple[Row, ...], ...]:
    check_text(text)
    own = {**{macro.name: macro for macro in macros}, **read_macros(text)}
    text = blank_definitions(text)
    start, end = inside(text)
    check_dollars(text, start, end)
    if start >= end:
        raise Misread("nothing is written here", 0, 1, expected="a formula", cure="write the answer")
    return parse_rows(with_congruences(_expanded(text, start, end, known.__contains__, own)), end)


def inside(text: str) -> tuple[int, int]:
    """Where the formula begins and ends: without dollars, blanks, and the punctuation of a sentence."""
    start, end = 0, len(text)
    while True:
        before = start, end
        while start < end and text[start].isspace():
            start += 1
        while end > start and (text[end - 1].isspace() or _is_full_stop(text, end)):
            end -= 1
        for opening, closing in _WRAPPERS:
            piece = text[start:end]
            fits = piece.startswith(opening) and piece.endswith(closing)
            if fits and len(piece) >= len(opening) + len(closing) and not piece.endswith("\\" + closing):
                start, end = start + len(opening), end - len(closing)
                break
        if (start, end) == before:
            return start, end


def _is_full_stop(text: str, end: int) -> bool:
    """Punctuation of the sentence around, not of ``\\,`` or ``\\right.``, nor the end of ``0.333...``"""
    if text.endswith("..", 0, end):
        return False
    return text[end - 1] in _PUNCTUATION and not _COMMAND_AT_END.search(text, max(0, end - 10), end)


def _expanded(text: str, start: int, end: int, known: Known, macros: dict[str, Macro]) -> list[Token]:
    if not macros:
        return _split_digits(within_limits(tokens(text, start, end, known)))
    used = _tokens_with_macros(text, start, end, known, macros)
    bodies: dict[str, tuple[int, list[Token]]] = {}
    for name, macro in macros.items():
        check_text(macro.body)
        try:
            body = _tokens_with_macros(macro.body, 0, len(macro.body), known, macros)
        except Misread:
            continue
        bodies[name] = (macro.arguments, body)
    for piece in used:
        if piece.type == "MACRO" and piece.value not in bodies:
            at = piece.start_pos or 0
            raise Misread(
                f"what \\{piece.value} stands for can't be read",
                at,
                piece.end_pos or at + 1,
                cure="write the formula without this command",
            )
    return _split_digits(Expander(bodies).expand(used))


def _tokens_with_macros(
    text: str, start: int, end: int, known: Known, macros: Mapping[str, Macro]
) -> list[Token]:
    """The tokens, with calls of macros and their parameters as tokens of their own."""
    names = "|".join(sorted(map(re.escape, macros), key=len, reverse=True))
    found: list[Token] = []
    position = start
    for call in re.compile(rf"\\({names})(?![A-Za-z])|#(\d)").finditer(text, start, end):
        found += within_limits(tokens(text, position, call.start(), known))
        name, parameter = call.groups()
        found.append(token("MACRO" if name else "PARAMETER", name or parameter, call.start(), call.end()))
        position = call.end()
    return found + within_limits(tokens(text, position, end, known))


def _split_digits(row: list[Token]) -> list[Token]:
    """``\\frac12`` is one half: TeX takes digit by digit."""
    result: list[Token] = []
    for before, piece in zip([None, *row], row, strict=False):
        after_fraction = before is not None and before.type == "FRAC"
        if after_fraction and piece.type == "NUMBER" and len(piece) == 2 and piece.isdigit():
            at = piece.start_pos or 0
            result += [token("NUMBER", piece[0], at, at + 1), token("NUMBER", piece[1], at + 1, at + 2)]
        else:
            result.append(piece)
    return result
