"""A piece of mathematics in a file: its text, and where each character of it stands.

A bracketed value is taken from the source as typed, never from YAML's idea of it. A block mapping or a
block list (or one with a quoted part) is read part by part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from symderiv.errors import FileFault, Place, SymderivError
from symderiv.exercise.located.nodes import List, Node, Scalar, Table
from symderiv.expression.tree import Expr, Mapping, Sequence
from symderiv.language import Scope, is_latex, read
from symderiv.language.latex.lexing.macros import Macro
from symderiv.language.scope import Dialect, Syntax

_COMMENT = re.compile(r"\s#")
_NAME = re.compile(r"[^\W\d]\w*\Z")
SYNTAXES: tuple[Dialect, ...] = ("latex", "text")
_YAML_NULLS = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Formula:
    """``text`` in ``syntax`` (text, latex, or auto: told apart); or named ``entries``; or ``items``.

    ``macros`` are the commands of its author's that a text in LaTeX calls.

    >>> Formula("x + 1").text
    'x + 1'
    """

    text: str
    syntax: Syntax = "auto"
    node: Node | None = None
    entries: tuple[tuple[str, Formula], ...] = ()
    items: tuple[Formula, ...] = ()
    macros: tuple[Macro, ...] = ()

    @property
    def is_latex(self) -> bool:
        """Is the text LaTeX, as said or as it looks?"""
        return self.syntax == "latex" or (self.syntax == "auto" and is_latex(self.text))

    @property
    def self_contained(self) -> str:
        """The text, and behind it the definitions of the macros that it calls."""
        return "\n".join([self.text, *(macro.definition for macro in self.macros)])

    def read(self, scope: Scope) -> Expr:
        """The tree; an error is placed in the file that the text stands in."""
        if self.entries:
            return Mapping(tuple((key_of(name, scope), part.read(scope)) for name, part in self.entries))
        if self.items:
            return Sequence(tuple(part.read(scope) for part in self.items))
        try:
            return read(self.text, scope, syntax=self.syntax, macros={m.name: m for m in self.macros})
        except SymderivError as error:
            raise self.placed(error) from error

    def placed(self, error: SymderivError) -> SymderivError:
        """The error, its place turned from the text's into the file's."""
        if self.node is not None:
            error.place = self._file_place(error.place)
        return error

    def _file_place(self, place: Place | None) -> Place:
        assert self.node is not None
        if place is None or place.source:
            return place or self.node.place
        lines = self.text.split("\n")
        offset = sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1
        start = source_offset(self.text, self.node.slice, offset)
        return self.node.document.place(self.node.start + start, self.node.start + start + place.length)

    def place_of(self, span: tuple[int, int] | None) -> Place | None:
        """Where a stretch of the text stands in the file; without a stretch, the whole."""
        if self.node is None or span is None or self.entries or self.items:
            return self.node.place if self.node else None
        start, end = (source_offset(self.text, self.node.slice, offset) for offset in span)
        return self.node.document.place(self.node.start + start, self.node.start + max(end, start + 1))

    def fault(self, message: str, expected: str = "", cure: str = "") -> FileFault:
        return FileFault(message, self.node.place if self.node else None, expected, cure)

    def lines(self) -> tuple[Formula, ...]:
        """The lines of a block of text, or the items of a list, without the empty ones."""
        if self.items:
            return self.items
        return tuple(
            replace(self, text=line.strip(), node=_line_node(self, line))
            for line in self.text.split("\n")
            if line.strip()
        )

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(formula)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "type": ["string", "number", "boolean", "array", "object"],
            "description": "mathematics, as text or LaTeX",
        }


def key_of(name: str, scope: Scope) -> str | Expr:
    """What a key of a mapping is: a name, or what else is written there."""
    return name if _NAME.match(name) else read(name, scope)


def _line_node(formula: Formula, line: str) -> Node | None:
    node = formula.node
    if node is None:
        return None
    start = node.document.text.find(line.strip(), node.start, node.end)
    if start < 0:
        return node
    return Node(node.document, start, start + len(line.strip()))


def source_offset(text: str, source: str, offset: int) -> int:
    """Where a character of a scalar's text stands in its source, past quotes, indentation and doubled quotes.

    >>> source_offset("f'(x)", "'f''(x)'", 2)
    4
    """
    position = 0
    for index in range(min(offset, len(text))):
        position = _next_match(text[index], source, position) + 1
    if offset < len(text):
        position = _next_match(text[offset], source, position)
    return min(position, max(0, len(source) - 1))


def _next_match(character: str, source: str, position: int) -> int:
    blank = character.isspace()
    for at in range(position, len(source)):
        if source[at] == character or (blank and source[at].isspace()):
            return at
    return position


def formula(value: Any) -> Formula:
    """What pydantic calls: a located value of the file, or plain Python data, as mathematics."""
    if isinstance(value, Formula):
        return value
    node = getattr(value, "node", None)
    if node is None:
        return _from_python(value)
    result = _from_node(node)
    if not (result.text or result.entries or result.items):
        raise PydanticCustomError("formula_empty", "no value, expected mathematics (put it in single quotes)")
    return result


def answer(value: Any) -> Formula | None:
    """What a student wrote, as mathematics; None where nothing is written, in quotes or out of them.

    >>> answer("x + 1").text, answer(" "), answer(None)
    ('x + 1', None, None)
    """
    node = getattr(value, "node", None)
    if isinstance(node, Scalar):
        written = "" if node.text in _YAML_NULLS and not node.style else node.text
    else:
        written = value if isinstance(value, str) else "" if value is None else "something"
    return formula(value) if written.strip() else None


def _from_python(value: Any) -> Formula:
    if isinstance(value, dict):
        if len(value) == 1 and (syntax := next(iter(value))) in SYNTAXES:
            return Formula(str(value[syntax]), syntax)
        return Formula("", entries=tuple((str(name), formula(part)) for name, part in value.items()))
    if isinstance(value, list | tuple):
        return Formula("", items=tuple(formula(part) for part in value)) if value else Formula("[]")
    if isinstance(value, float):
        return Formula(repr(value))
    return Formula(str(value))


def _from_node(node: Node) -> Formula:
    if isinstance(node, Scalar):
        return Formula(node.text.strip() if node.style != "|" else node.text.rstrip(), node=node)
    if isinstance(node, Table):
        return _from_table(node)
    if isinstance(node, List) and node.items and (not node.flow or _quotes_something(node.items)):
        return Formula(node.slice, node=node, items=tuple(_from_node(item) for item in node.items))
    return _from_slice(node)


def _from_table(node: Table) -> Formula:
    names = [key.text if isinstance(key, Scalar) else key.slice for key, _ in node.pairs]
    values = [value for _, value in node.pairs]
    syntax = next((each for each in SYNTAXES if names == [each]), None)
    if syntax is not None:
        return replace(_from_node(values[0]), syntax=syntax)
    if node.flow and not _quotes_something(values):
        return _from_slice(node)
    parts = (_from_node(value) for value in values)
    return Formula(node.slice, node=node, entries=tuple(zip(names, parts, strict=True)))


def _quotes_something(nodes: tuple[Node, ...] | list[Node]) -> bool:
    """Does YAML's quoting matter here: is a value quoted as a whole?"""
    return any(
        isinstance(node, Scalar)
        and len(node.style) == 1
        and node.style in "'\""
        and node.slice[-1:] == node.style
        for node in nodes
    )


def _from_slice(node: Node) -> Formula:
    if _COMMENT.search(node.slice):
        raise PydanticCustomError(
            "formula_comment", "a # inside a value, where YAML cuts it off (put the value in single quotes)"
        )
    return Formula(node.slice, node=node)


def comment_behind(node: Node | None) -> bool:
    """Does a ``#`` follow a value on its line, where its writer may have meant it as part of it?"""
    if node is None or (isinstance(node, Scalar) and node.style):
        return False
    text = node.document.text
    line_end = text.find("\n", node.start + len(node.slice))
    return bool(
        re.match(r"\s+#", text[node.start + len(node.slice) : line_end if line_end >= 0 else len(text)])
    )
