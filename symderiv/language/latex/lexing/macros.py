"""The author's own commands: ``\\newcommand`` read, and expanded, within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lark import Token

from symderiv.errors import LimitExceeded
from symderiv.language.latex.lexing.commands import token
from symderiv.language.limits import MAX_NODES
from symderiv.language.source import Misread

MAX_EXPANSIONS = 2000
MAX_MACROS = 500

_DEFINITION = re.compile(
    r"\\(?:re|provide)?newcommand\*?\s*\{?\s*\\([A-Za-z]+)\s*\}?\s*(?:\[(\d)\])?\s*(?=\{)"
    r"|\\providecommand\*?\s*\{?\s*\\([A-Za-z]+)\s*\}?\s*(?:\[(\d)\])?\s*(?=\{)"
    r"|\\DeclareMathOperator(\*?)\s*\{?\s*\\([A-Za-z]+)\s*\}?\s*(?=\{)"
)


@dataclass(frozen=True, slots=True)
class Macro:
    """``\\newcommand{\\name}[arguments]{body}``."""

    name: str
    arguments: int
    body: str

    @property
    def definition(self) -> str:
        r"""As it is written in LaTeX.

        >>> print(Macro("half", 1, r"\frac{#1}{2}").definition)
        \newcommand{\half}[1]{\frac{#1}{2}}
        """
        count = f"[{self.arguments}]" if self.arguments else ""
        return rf"\newcommand{{\{self.name}}}{count}{{{self.body}}}"


def read_macros(text: str) -> dict[str, Macro]:
    """The commands that a ``.tex`` text defines; what stands around the definitions is passed over.

    >>> read_macros(r"\\newcommand{\\half}[1]{\\frac{#1}{2}}")["half"].body
    '\\\\frac{#1}{2}'
    """
    found: dict[str, Macro] = {}
    for match, end in _definitions(text):
        plain, count, provided, provided_count, _, operator = match.groups()
        name = plain or provided or operator
        body = text[match.end() + 1 : end - 1]
        body = rf"\operatorname{{{body}}}" if operator else body
        found[name] = Macro(name, int(count or provided_count or 0), body)
        if len(found) > MAX_MACROS:
            raise Misread(
                "too many commands are defined here",
                match.start(),
                end,
                expected=f"at most {MAX_MACROS}",
                error=LimitExceeded,
            )
    return found


def blank_definitions(text: str) -> str:
    """The text with its definitions blanked out, every other character where it was."""
    for match, end in _definitions(text):
        text = text[: match.start()] + re.sub(r"\S", " ", text[match.start() : end]) + text[end:]
    return text


def _definitions(text: str) -> Iterator[tuple[re.Match[str], int]]:
    if "newcommand" not in text and "DeclareMathOperator" not in text and "providecommand" not in text:
        return
    for match in _DEFINITION.finditer(text):
        yield match, _closing(text, match.end())


def _closing(text: str, start: int) -> int:
    """The end of the group that opens at ``start``."""
    depth = 0
    for bracket in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, start):
        depth += {"{": 1, "}": -1}.get(bracket.group(), 0)
        if depth == 0 and bracket.group() == "}":
            return bracket.end()
    raise Misread(
        "this definition has no end", start, start + 1, expected="a closing }", cure="close its braces"
    )


@dataclass(slots=True)
class Expander:
    """Macro calls replaced in a row of tokens; ``bodies`` are lexed once, ``#1`` standing as a PARAMETER."""

    bodies: Mapping[str, tuple[int, list[Token]]]
    left: int = MAX_EXPANSIONS

    def expand(self, row: list[Token]) -> list[Token]:
        """The row without macro calls; each expanded token stands where the call stood."""
        waiting = list(reversed(row))
        done: list[Token] = []
        while waiting:
            piece = waiting.pop()
            if piece.type != "MACRO":
                done.append(piece)
                if len(done) > MAX_NODES:
                    raise self._too_long(piece)
                continue
            self.left -= 1
            if self.left < 0:
                raise self._too_long(piece)
            waiting.extend(reversed(self._replacement(piece, waiting)))
        return done

    def _too_long(self, piece: Token) -> Misread:
        return Misread(
            f"the commands defined here expand without end at {piece.value}",
            piece.start_pos or 0,
            piece.end_pos or 0,
            expected=f"at most {MAX_EXPANSIONS} expansions",
            error=LimitExceeded,
        )

    def _replacement(self, call: Token, waiting: list[Token]) -> list[Token]:
        count, body = self.bodies[call.value]
        arguments = [_argument(waiting, call) for _ in range(count)]
        result: list[Token] = []
        for piece in body:
            if piece.type == "PARAMETER":
                number = int(piece.value)
                if number > count:
                    raise Misread(
                        f"#{number} has no argument",
                        call.start_pos or 0,
                        call.end_pos or 0,
                        cure="say how many arguments it has, as in [1]",
                    )
                result.extend(arguments[number - 1])
            else:
                result.append(token(piece.type, piece.value, call.start_pos or 0, call.end_pos or 0))
            if len(result) > MAX_NODES:
                raise self._too_long(call)
        return result


def _argument(waiting: list[Token], call: Token) -> list[Token]:
    """The next group without its braces, or the next token."""
    if not waiting:
        raise Misread(
            f"an argument of \\{call.value} is missing",
            call.start_pos or 0,
            call.end_pos or 0,
            cure="write it in braces",
        )
    first = waiting.pop()
    if first.type != "LBRACE":
        return [first]
    taken: list[Token] = []
    depth = 1
    while waiting:
        piece = waiting.pop()
        depth += {"LBRACE": 1, "RBRACE": -1}.get(piece.type, 0)
        if depth == 0:
            return taken
        taken.append(piece)
    raise Misread(
        "this brace is never closed", first.start_pos or 0, first.end_pos or 0, cure="write } where it ends"
    )
