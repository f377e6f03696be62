"""Indices that a body leaves out: ``\\sum_{b,h,w} X`` of ``X: tensor(B, C, H, W)``.

An axis is called by the small letter of its size, if each axis has its own and each letter is an index here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from symderiv.expression.tree import Variable
from symderiv.language.syntax import Applied, Group, Indexed, Name, Node, Operation

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Reader


def with_indices(reader: Reader, body: Node, names: Sequence[str]) -> Node | None:
    """The body with the indices of its arrays written out; None where these don't carry all of ``names``."""
    carried: set[str] = set()
    written = _written(reader, body, names, carried)
    return written if carried.issuperset(names) else None


def _written(reader: Reader, node: Node, names: Sequence[str], carried: set[str]) -> Node:
    match node:
        case Name():
            letters = _letters(reader, node.name, names)
            if not letters:
                return node
            carried.update(letters)
            indices = tuple(Name(letter, node.start, node.end) for letter in letters)
            return Indexed(node, indices, node.start, node.end)
        case Group():
            return Group(_written(reader, node.inner, names, carried), node.start, node.end)
        case Operation():
            args = tuple(_written(reader, arg, names, carried) for arg in node.args)
            return Operation(node.head, args, node.start, node.end)
        case Applied():
            args = tuple(_written(reader, arg, names, carried) for arg in node.args)
            return Applied(node.callee, args, node.options, node.start, node.end)
    return node


def _letters(reader: Reader, name: str, names: Sequence[str]) -> tuple[str, ...]:
    """What the axes of an array are called; none where one of them has no name of its own."""
    found = reader.look_up(name)
    sizes = found.kind.shape if found is not None else ()
    letters = tuple(size.name.lower() for size in sizes if isinstance(size, Variable))
    if len(letters) < len(sizes) or len(set(letters)) < len(letters):
        return ()
    return letters if all(letter in names or _is_index(reader, letter) for letter in letters) else ()


def _is_index(reader: Reader, letter: str) -> bool:
    found = reader.look_up(letter)
    return found is not None and found.kind.index
