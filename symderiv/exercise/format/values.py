"""Nodes as plain values that pydantic can check, each still knowing its node."""

from __future__ import annotations

from typing import Any

from symderiv.exercise.located.nodes import List, Node, Scalar, Table


class LocatedText(str):
    """A scalar's text."""

    node: Node

    __slots__ = ("node",)


class LocatedList(list[Any]):
    """A list that knows its node, and so its place in the file."""

    node: Node

    __slots__ = ("node",)


class LocatedTable(dict[str, Any]):
    """A table that knows its node, and so its place in the file."""

    node: Table

    __slots__ = ("node",)


def to_values(node: Node) -> Any:
    """Text, lists and dictionaries; where a key stands twice the first counts (a fault all the same)."""
    if isinstance(node, List):
        items = LocatedList(to_values(item) for item in node.items)
        items.node = node
        return items
    if isinstance(node, Table):
        table = LocatedTable()
        for key, value in node.pairs:
            name = key.text if isinstance(key, Scalar) else key.slice
            table.setdefault(name, to_values(value))
        table.node = node
        return table
    text = LocatedText(node.text if isinstance(node, Scalar) else node.slice)
    text.node = node
    return text
