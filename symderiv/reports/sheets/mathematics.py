"""What an author wrote between dollars, read token by token: it sets a formula and does nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable

from symderiv.reports.sheets.commands import (
    ARGUMENTS,
    ENVIRONMENTS,
    SIGNS,
    SIZES,
    SPELLINGS,
    SYMBOLS,
    TEXTS,
)
from symderiv.reports.sheets.letters import LETTERS_OF_TEXT, SIGNS_OF_MATHEMATICS

_TOKENS = re.compile(r"\\(?:operatorname\*|[A-Za-z]+|.)|\s+|.", re.DOTALL)
_COLUMNS = re.compile(r"[lcr| ]{1,40}\Z")
_GAP = re.compile(r"-?\d{0,2}\.?\d{0,2}(?:pt|em|ex|mm)\Z")
_DELIMITERS = frozenset("()[]|./<>")
_FENCES = frozenset(
    rf"\{name}"
    for name in "{ } | lbrace rbrace langle rangle vert Vert lvert rvert lVert rVert lfloor rfloor lceil "
    "rceil backslash uparrow downarrow updownarrow lbrack rbrack".split()
)
DEEPEST = 40


class _NoFormula(Exception):
    """Not mathematics, or not only that."""


def mathematics_of(written: str) -> str | None:
    r"""The formula as LaTeX that is sure to compile, or None where it is unbalanced or holds other commands.

    >>> mathematics_of(r"x \in ℝ^n"), mathematics_of(r"\input{x}"), mathematics_of(r"\frac{1}{2")
    ('x \\in \\mathbb{R}^n', None, None)
    """
    reader = _Reader(written)
    try:
        reader.formula(end=None)
    except _NoFormula:
        return None
    return "".join(reader.out)


class _Reader:
    """Reads a formula, and writes it again with Unicode signs and spellings of others put in TeX's words."""

    def __init__(self, written: str) -> None:
        self.tokens = _TOKENS.findall(written)
        self.at = 0
        self.depth = 0
        self.out: list[str] = []

    def peek(self) -> str | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def next(self) -> str:
        token = self.peek()
        if token is None:
            raise _NoFormula
        self.at += 1
        return token

    def take(self, token: str) -> None:
        if self.next() != token:
            raise _NoFormula

    def skip_spaces(self) -> None:
        while (token := self.peek()) is not None and token.isspace():
            self.at += 1

    def spaces(self) -> None:
        while (token := self.peek()) is not None and token.isspace():
            self.out.append(" ")
            self.at += 1

    def formula(self, end: str | None, *, in_rows: bool = False) -> None:
        """Atoms with their scripts, up to the token ``end``; ``&`` and ``\\\\`` only between rows."""
        scripts: set[str] = set()
        while (token := self.peek()) != end:
            if token is None:
                raise _NoFormula
            if token.isspace():
                self.spaces()
            elif token in ("_", "^", "'"):
                scripts = self._script(scripts)
            elif token in ("&", r"\\"):
                self._separator(in_rows)
                scripts = set()
            else:
                self.atom()
                scripts = set()
        if end is not None:
            self.out.append(self.next())

    def _script(self, scripts: set[str]) -> set[str]:
        sign = self.next()
        kind = "^" if sign == "'" else sign
        if kind in scripts and not (sign == "'" and "'" in scripts):
            raise _NoFormula
        self.out.append(sign)
        if sign != "'":
            self.argument()
        return scripts | {kind, sign}

    def _separator(self, in_rows: bool) -> None:
        if not in_rows:
            raise _NoFormula
        self.out.append(self.next())
        if self.out[-1] != "&" and self.peek() == "[":
            self._gap()

    def _gap(self) -> None:
        self.take("[")
        gap = self._raw("]")
        if not _GAP.match(gap):
            raise _NoFormula
        self.out.append(f"[{gap}]")

    def _raw(self, end: str) -> str:
        found: list[str] = []
        while (token := self.next()) != end:
            found.append(token)
        return "".join(found)

    def argument(self) -> None:
        """``{…}``, or a single atom."""
        self.spaces()
        if self.peek() in (None, "}", "_", "^", "'", "&", r"\\", r"\right", r"\end"):
            raise _NoFormula
        self.atom()

    def _braced(self) -> None:
        """An argument in braces, which not every reader of LaTeX adds to ``\\hat y``."""
        self.skip_spaces()
        if self.peek() == "{":
            self.atom()
            return
        self.out.append("{")
        self.argument()
        self.out.append("}")

    def atom(self) -> None:
        token = self.next()
        self.depth += 1
        if self.depth > DEEPEST:
            raise _NoFormula
        if token == "{":
            self.out.append(token)
            self.formula("}")
        elif token.startswith("\\"):
            self._command(token[1:])
        elif " " <= token <= "~" and token not in '}%#$~&"\\':
            self.out.append(token)
        elif token in SIGNS_OF_MATHEMATICS:
            self.out.append(_spaced(SIGNS_OF_MATHEMATICS[token], self.peek()))
        else:
            raise _NoFormula
        self.depth -= 1

    def _command(self, name: str) -> None:
        special = _SPECIAL.get(name)
        if special is not None:
            special(self)
        elif name in SYMBOLS or name in SIGNS:
            self.out.append(f"\\{name}")
        elif name in SPELLINGS:
            self.out.append(_spaced(SPELLINGS[name], self.peek()))
        elif name in TEXTS:
            self._text(name)
        elif name in SIZES:
            self.out.append(f"\\{name}")
            self._delimiter()
        elif name in ARGUMENTS:
            self._with_arguments(name)
        else:
            raise _NoFormula

    def _with_arguments(self, name: str) -> None:
        self.out.append(f"\\{name}")
        self.skip_spaces()
        if name in ("sqrt", "xrightarrow", "xleftarrow") and self.peek() == "[":
            self.out.append(self.next())
            self.formula("]")
        if name == "substack":
            self.spaces()
            self.take("{")
            self.out.append("{")
            self.formula("}", in_rows=True)
            return
        for _ in range(ARGUMENTS[name]):
            self._braced()

    def _text(self, name: str) -> None:
        """Words inside a formula: text, no commands in it but escaped signs."""
        self.spaces()
        self.take("{")
        self.out.append(f"\\{name}{{")
        while (token := self.next()) != "}":
            if token in LETTERS_OF_TEXT:
                self.out.append(token)
            elif token.isspace() or token in (r"\%", r"\&", r"\#", r"\_", r"\ ", r"\,", r"\{", r"\}"):
                self.out.append(token if token.strip() else " ")
            elif len(token) == 1 and " " <= token <= "~" and token not in "{%#$&^_\\":
                self.out.append(token)
            else:
                raise _NoFormula
        self.out.append("}")

    def _delimiter(self) -> None:
        self.spaces()
        token = self.next()
        if token not in _DELIMITERS and token not in _FENCES:
            raise _NoFormula
        self.out.append(token)

    def fenced(self) -> None:
        self.out.append(r"\left")
        self._delimiter()
        self.formula(r"\right")
        self._delimiter()

    def environment(self) -> None:
        self.take("{")
        name = self._raw("}")
        known = ENVIRONMENTS.get(name)
        if known is None:
            raise _NoFormula
        self.out.append(rf"\begin{{{known}}}")
        if known == "array":
            self.take("{")
            columns = self._raw("}")
            if not _COLUMNS.match(columns):
                raise _NoFormula
            self.out.append(f"{{{columns}}}")
        self.formula(r"\end", in_rows=True)
        self.take("{")
        if self._raw("}") != name:
            raise _NoFormula
        self.out.append(f"{{{known}}}")

    def space(self) -> None:
        self.take("{")
        gap = self._raw("}")
        if not _GAP.match(gap):
            raise _NoFormula
        self.out.append(rf"\hspace{{{gap}}}")


def _spaced(latex: str, following: str | None) -> str:
    """A command before a letter needs a space after it."""
    return f"{latex} " if latex[-1].isalpha() and following is not None and following.isalpha() else latex


_SPECIAL: dict[str, Callable[[_Reader], None]] = {
    "left": _Reader.fenced,
    "begin": _Reader.environment,
    "hspace": _Reader.space,
}
