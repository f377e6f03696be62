"""Text or LaTeX, told apart; both read to the same trees."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from symderiv.errors import SymderivError
from symderiv.expression.tree import Expr
from symderiv.language.scope import Dialect, Scope, Syntax
from symderiv.language.syntax import Node
from symderiv.language.text.clauses import counted_in, remarks_in
from symderiv.language.text.reading import parse_in, read_text

if TYPE_CHECKING:
    from symderiv.language.latex.lexing.macros import Macro

_LATEX = re.compile(r"\\[A-Za-z,;:!|{}\[\]()\\ ]|\$|[\^_]\s*\{|\d\{,\}\d|[)\]]_\+")

SYNTAXES: tuple[Syntax, ...] = ("auto", "text", "latex")


def is_latex(text: str) -> bool:
    """Is this LaTeX? A command, a dollar, a braced sub- or superscript or comma between digits, or the
    positive part of a bracket, ``[x]_+``, tells.

    >>> is_latex(r"\\frac{1}{2}"), is_latex("x^{2}"), is_latex("200{,}640"), is_latex("(x - 1)_+")
    (True, True, True, True)
    >>> is_latex("x**2 + {a, b}")
    False
    """
    return _LATEX.search(text) is not None


def syntax_for(text: str, syntax: Syntax) -> Dialect:
    """``text`` or ``latex``: as said, or found out where ``auto`` is said."""
    if syntax not in SYNTAXES:
        raise SymderivError(f"no syntax is called {syntax!r}", expected="auto, text or latex")
    if syntax != "auto":
        return syntax
    return "latex" if is_latex(text) else "text"


def read(
    text: str,
    scope: Scope | None = None,
    *,
    syntax: Syntax = "auto",
    source: str = "",
    first_line: int = 1,
    macros: Mapping[str, Macro] | None = None,
) -> Expr:
    """The tree that a text stands for, in the text language or in LaTeX (where ``macros`` are known, too).

    Raises ReadError, UnknownName or LimitExceeded, each with its place.

    >>> read("(x + 1)/2", Scope(strict=False)).head
    'div'
    """
    scope = Scope() if scope is None else scope
    if syntax_for(text, syntax) == "latex":
        from symderiv.language.latex.reading import read_latex

        return read_latex(text, scope, source=source, first_line=first_line, macros=macros)
    return read_text(text, scope, source=source, first_line=first_line)


def left_out(
    text: str, scope: Scope, *, syntax: Syntax = "auto", macros: Mapping[str, Macro] | None = None
) -> tuple[str, ...]:
    """The remarks beside a formula, which its reading leaves out and no verdict judges.

    >>> left_out(r"x^2 \\text{ (valid)}", Scope(strict=False)), left_out("x^2 for x > 0", Scope())
    (('(valid)',), ())
    """
    if syntax_for(text, syntax) == "latex":
        from symderiv.language.latex.reading import remarks

        return tuple(remarks(text, scope, macros))
    counted = counted_in(text, scope.names) if scope.strict else ""
    return (counted,) if counted else tuple(remarks_in(text))


def syntax_of(text: str, scope: Scope, syntax: Syntax) -> tuple[Node, Dialect]:
    """The syntax of a text and which of the two it is; raises Misread."""
    if syntax_for(text, syntax) == "latex":
        from symderiv.language.latex.reading import parse_latex

        return parse_latex(text, scope), "latex"
    return parse_in(text, scope), "text"
