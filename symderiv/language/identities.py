"""``I``, ``I_n`` and ``I_2`` that nobody declared: identities beside arrays, in texts as in LaTeX.

As numbers they would be added to every entry: ``I - A`` would differ from ``eye(n) - A``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from symderiv.expression.tree import Variable
from symderiv.language import names
from symderiv.language.mentions import parts, walk
from symderiv.language.rebuilding import rebuilt
from symderiv.language.scope import Scope
from symderiv.language.sized import fill_sizes
from symderiv.language.syntax import (
    Applied,
    Bound,
    Choice,
    Clause,
    Group,
    Name,
    Node,
    Numeral,
    Operation,
    Where,
)

_SPELT = re.compile(r"(?:I|Id)(?:_?(?P<size>\d{1,4})|_(?P<name>[A-Za-z]\w*))?\Z")
_MAY_HOLD = re.compile(r"(?<![\w.])Id?(?![A-Za-z(\[])")
_ALGEBRA = frozenset("add sub mul matmul pow div neg pos transpose hadamard eq ne".split())
_CURES = {"eye": "eye(n)"}


@dataclass(slots=True)
class _Known:
    """The declared names, and the identities met."""

    scope: Scope
    unsized: list[Applied] = field(default_factory=list)

    def look_up(self, name: str) -> Variable | None:
        return names.declared(self.scope, name)

    def rank(self, name: str) -> int | None:
        found = self.look_up(name)
        return None if found is None else len(found.kind.shape)


def with_identities(text: str, syntax: Node, scope: Scope) -> Node:
    """The syntax with ``eye(n)`` for an I that stands among sums and products of arrays.

    Raises Misread where nothing tells how large it is.
    """
    if not _MAY_HOLD.search(text) or not scope.has_arrays:
        return syntax
    known = _Known(scope)
    said = {node.name for node in walk(syntax) if isinstance(node, Name) and _is_identity(known, node)}
    said = {name for name in said if _is_operand(syntax, name)}
    if not said:
        return syntax
    filled = _replaced(known, syntax, said)
    fill_sizes(known, [filled], _CURES)
    return filled


def _is_identity(known: _Known, node: Name) -> bool:
    shown = _SPELT.match(node.name)
    if shown is None or node.primes or known.look_up(node.name) or known.look_up("I"):
        return False
    size = shown["name"] and known.look_up(shown["name"])
    return not shown["name"] or (isinstance(size, Variable) and size.kind.domain.integer)


def _is_operand(syntax: Node, name: str) -> bool:
    """Is it nowhere an array with entries, a function, a bound letter, or the argument of one?

    By itself it is an operand if it says how large it is.
    """
    if isinstance(syntax, Name):
        return bool(name.lstrip("Id_"))
    for node in walk(syntax):
        joins = isinstance(node, Group | Choice) or (isinstance(node, Operation) and node.head in _ALGEBRA)
        if not joins and any(isinstance(part, Name) and part.name == name for part in parts(node)):
            return False
        if isinstance(node, Bound | Where | Clause) and node.name.name == name:
            return False
    return True


def _replaced(known: _Known, node: Node, said: set[str]) -> Node:
    if isinstance(node, Name):
        return _identity(known, node) if node.name in said else node
    return rebuilt(node, lambda part: _replaced(known, part, said))


def _identity(known: _Known, node: Name) -> Node:
    shown = _SPELT.match(node.name)
    assert shown is not None
    eye = Name("eye", node.start, node.end)
    size: Node | None = None
    if shown["size"]:
        size = Numeral(int(shown["size"]), node.start, node.end)
    elif shown["name"]:
        size = Name(shown["name"], node.start, node.end)
    made = Applied(eye, () if size is None else (size,), (), node.start, node.end)
    if size is None:
        known.unsized.append(made)
    return made
