"""Backslash commands: the token of each, those that only change the look, and the refusal of the others."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches

from lark import Token

from symderiv.language.latex.lexing import symbols
from symderiv.language.latex.lexing.forbidden import FORBIDDEN
from symderiv.language.source import Misread

Known = Callable[[str], bool]
"""Says which words are functions (``\\diag``)."""

_ARGUMENT = re.compile(r"\s*\{[^{}]*\}|\s*\[[^\[\]]*\]\s*\{[^{}]*\}")
_BEHIND_OPERAND = re.compile(r"(?:(?<![A-Za-z\\])[A-Za-z]|\))\Z")
_BETWEEN_OPERANDS = re.compile(r"\A(?!.*\$)(?!.*[\^_]\s*\{).*[\w)\]]\s*\\ \s*[\w(\[]", re.DOTALL)
"""One backslash and a blank in a text without another mark of LaTeX."""
_BESIDE_SIGNS = (r"\limits", r"\nolimits")


def token(kind: str, value: str, start: int, end: int) -> Token:
    """A token that knows where it stands."""
    return Token(kind, value, start_pos=start, end_pos=end)


def command(name: str, start: int, end: int, known: Known) -> Token:
    """The token of a backslash command."""
    found = _COMMANDS.get(name)
    if found is not None:
        return token(*found, start, end)
    if known(name[1:]):
        return token("WORD", name[1:], start, end)
    raise unknown_command(name, start, end)


_KINDS: tuple[tuple[str, frozenset[str] | set[str] | dict[str, str]], ...] = (
    ("GREEK", symbols.GREEK),
    ("SIGN", symbols.SIGNS),
    ("FRAC", symbols.FRACTIONS),
    ("STYLE", symbols.STYLES),
    ("FUNCTION", symbols.FUNCTIONS),
    ("BIG", symbols.BIG),
    ("BAR", symbols.BARS),
    ("SQRT", frozenset((r"\sqrt",))),
    ("STACK", frozenset((r"\substack",))),
    ("PRIME", {r"\prime": "'"}),
    ("WORD", {r"\because": "because"}),
    ("SYMBOL", symbols.OPERANDS),
    ("LBRACE", frozenset((r"\bgroup",))),
    ("RBRACE", frozenset((r"\egroup",))),
    ("SUP", frozenset((r"\sp",))),
    ("SUB", frozenset((r"\sb", r"\_"))),
)


_COMMANDS = {
    **{
        name: ("CLOSE" if name in symbols.CLOSING else "OPEN", fence)
        for name, fence in symbols.FENCES.items()
    },
    **{
        name: (kind, table[name] if isinstance(table, dict) else name)
        for kind, table in reversed(_KINDS)
        for name in table
    },
}
"""The kind and the value of each command's token; the first table that has a command decides."""


def refuse_left_division(text: str, name: str, start: int, end: int) -> None:
    r"""``A\b``: the solution of A x = b, as MATLAB writes it, or A times an author's ``\b``?"""
    names_letter = len(name) == 2 and name[1].isalpha() and name not in _COMMANDS
    if names_letter and _BEHIND_OPERAND.search(text, max(0, start - 2), start):
        message = f"the solution by {name[1]}, or the command {name}?"
        raise Misread(message, start, end, cure=f"write inv(A) {name[1]} or A {name[1]}, without a backslash")
    if name == r"\ " and text.count("\\") == 1 and _BETWEEN_OPERANDS.search(text):
        cure = "write inv(A) b or A b, without a backslash"
        raise Misread("a solution, or a blank?", start, end, cure=cure)


def is_command(name: str) -> bool:
    """Does LaTeX itself say what the command is?"""
    return name in _COMMANDS


def unknown_command(name: str, start: int, end: int) -> Misread:
    """The refusal of a command: it runs something, says where, or is misspelt; with what was meant."""
    if name in FORBIDDEN:
        return Misread(
            f"{name} isn't mathematics: commands that read, run or define something are never followed",
            start,
            end,
            cure="write the formula itself",
        )
    if name in symbols.ARGUMENTS:
        message = f"{name} says where, not how much: a point isn't read here"
        return Misread(message, start, end, cure="write the point itself, or the value that is taken there")
    if name in symbols.STACKED:
        message = f"{name} puts one sign above or below another"
        return Misread(message, start, end, cure="write the sign that counts, alone")
    known = next((f for f in sorted(symbols.FUNCTIONS, key=len, reverse=True) if name.startswith(f)), "")
    if known:
        return Misread(
            f"{name} runs together", start, end, cure=f"did you mean {known} {name[len(known) :]}?"
        )
    every = [n for _, table in _KINDS for n in table]
    close = get_close_matches(name, every, n=1, cutoff=0.75) if len(name) > 3 else []
    cure = f"did you mean {close[0]}?" if close else r"write \operatorname{name} for a function's name"
    return Misread(f"the command {name} isn't known here", start, end, cure=cure)


def changes_the_look(name: str) -> bool:
    """Does the command say nothing of what is meant?"""
    return name in symbols.SPACING or name in symbols.WITH_DROPPED_ARGUMENT or name in _BESIDE_SIGNS


def behind_argument(text: str, name: str, position: int, end: int) -> int:
    """Where to go on behind a command at ``position``: behind its argument, if that is dropped with it."""
    found = _ARGUMENT.match(text, position, end) if name in symbols.WITH_DROPPED_ARGUMENT else None
    return found.end() if found else position
