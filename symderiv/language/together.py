"""Several texts that share their undeclared names: each is parsed once, then all are read in one scope."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from symderiv.errors import SymderivError, UnknownName
from symderiv.expression.tree import Expr
from symderiv.language.infer import infer, inferred
from symderiv.language.reader import read, syntax_for, syntax_of
from symderiv.language.resolving.beside import refuse_beside
from symderiv.language.resolving.resolve import resolve
from symderiv.language.scope import Scope, Syntax
from symderiv.language.source import Misread, Source
from symderiv.language.syntax import Node
from symderiv.language.text.reading import parse_in

Parsed = Node | SymderivError
_MATRIX = re.compile(r"\[\s*\[|Matrix\(|\\begin\s*\{(?:[pbvBV]?(?:small)?matrix|array)")


def read_together(
    texts: Mapping[str, str], scope: Scope, *, syntax: Syntax = "auto"
) -> tuple[Scope, dict[str, Expr | SymderivError]]:
    """The trees of ``texts`` (by the name of their source), and the scope in which they were read.

    In a scope that isn't strict, what a name is follows from its use in any of the texts.

    >>> scope, read = read_together({"a": "x[i]", "b": "x[0] +"}, Scope(strict=False))
    >>> [type(result).__name__ for result in read.values()]
    ['Index', 'ReadError']
    """
    if not scope.strict and any(map(_MATRIX.search, texts.values())):
        inner, trees = _together(texts, replace(scope, has_matrices=True), syntax)
        if "I" not in inner.names:  # else one of the texts has it for a number, an entry perhaps
            return inner, trees
    return _together(texts, scope, syntax)


def _together(
    texts: Mapping[str, str], scope: Scope, syntax: Syntax
) -> tuple[Scope, dict[str, Expr | SymderivError]]:
    if any(syntax_for(text, syntax) == "latex" for text in texts.values()):
        return _with_latex(texts, scope, syntax)
    parsed = {source: _parse(text, scope, source) for source, text in texts.items()}
    known: dict[str, Expr | None] = {}
    if not scope.strict:
        nodes = {source: node for source, node in parsed.items() if isinstance(node, Node)}
        inner, trees = inferred(list(nodes.values()), scope, "text")
        known = dict(zip(nodes, trees, strict=True))
    else:
        inner = scope
    return inner, {
        source: known.get(source) or _resolve(node, inner, texts[source], source, scope)
        for source, node in parsed.items()
    }


def _parse(text: str, scope: Scope, source: str) -> Parsed:
    try:
        return parse_in(text, scope)
    except Misread as fault:
        return Source(text, source, 1).placed(fault)
    except SymderivError as error:
        return error


def _resolve(parsed: Parsed, scope: Scope, text: str, source: str, given: Scope) -> Expr | SymderivError:
    """The tree in a scope in which the names are known; ``given`` is the one that they were met in."""
    if isinstance(parsed, SymderivError):
        return parsed
    try:
        if not given.strict:
            refuse_beside(parsed, given)
        return resolve(parsed, scope, "text")
    except Misread as fault:
        return Source(text, source, 1).placed(fault)
    except SymderivError as error:
        return error


def _with_latex(
    texts: Mapping[str, str], scope: Scope, syntax: Syntax
) -> tuple[Scope, dict[str, Expr | SymderivError]]:
    """LaTeX is cut into pieces by the names in scope, so it is parsed again once these are known."""
    if not scope.strict:
        inner = infer(tuple(texts.values()), scope, syntax)
        return inner, {
            source: _read_loosely(text, inner, syntax, source)
            if syntax_for(text, syntax) == "latex"
            else _resolve(_parse(text, scope, source), inner, text, source, scope)
            for source, text in texts.items()
        }
    return scope, {source: _read(text, scope, syntax, source) for source, text in texts.items()}


def _read_loosely(text: str, scope: Scope, syntax: Syntax, source: str) -> Expr | SymderivError:
    """What keeps a text from being parsed says more than the names that were not inferred for that."""
    result = _read(text, scope, syntax, source)
    if isinstance(result, UnknownName):
        try:
            syntax_of(text, replace(scope, strict=False), syntax)
        except Misread as fault:
            return Source(text, source, 1).placed(fault)
    return result


def _read(text: str, scope: Scope, syntax: Syntax, source: str) -> Expr | SymderivError:
    try:
        return read(text, scope, syntax=syntax, source=source)
    except SymderivError as error:
        return error
