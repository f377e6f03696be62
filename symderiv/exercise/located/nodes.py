"""A YAML file as nodes that know where they stand: nothing is a number or a date here, only text.

YAML has its own idea of ``[Max(x,0), 2]`` (three strings) and ``1.10`` (1.1). So every scalar stays text,
and every node keeps the stretch of the source that it was written in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from symderiv.errors import Place


@dataclass(frozen=True, slots=True)
class Document:
    """A file's name and text."""

    name: str
    text: str

    def place(self, start: int, end: int | None = None) -> Place:
        """Where a stretch of the text stands, as line and column."""
        return Place.in_text(self.text, start, (end or start + 1) - start, self.name)


@dataclass(frozen=True, slots=True)
class Node:
    """A stretch of the source, from ``start`` up to ``end``; ``flow`` if it is in YAML's bracket style."""

    document: Document = field(repr=False)
    start: int
    end: int
    flow: bool = False

    @property
    def slice(self) -> str:
        """The source as it was typed."""
        return self.document.text[self.start : self.end].rstrip()

    @property
    def place(self) -> Place:
        first_line = self.slice.partition("\n")[0]
        return self.document.place(self.start, self.start + max(1, len(first_line)))


@dataclass(frozen=True, slots=True)
class Scalar(Node):
    """Text; ``style`` is ``''`` for plain, else the character that quotes or opens it."""

    text: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class List(Node):
    """A sequence of nodes; ``hidden`` brackets are mathematics, or else a fault: YAML can't read them."""

    items: tuple[Node, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table(Node):
    """A mapping, its pairs in the order written, repeated keys included."""

    pairs: tuple[tuple[Node, Node], ...] = ()

    def repeated(self) -> Iterator[Scalar]:
        """Every key that stood there already."""
        seen: set[str] = set()
        for key, _ in self.pairs:
            if isinstance(key, Scalar):
                if key.text in seen:
                    yield key
                seen.add(key.text)

    def get(self, name: str) -> Node | None:
        for key, value in self.pairs:
            if isinstance(key, Scalar) and key.text == name:
                return value
        return None

    def key(self, name: str) -> Node | None:
        for key, _ in self.pairs:
            if isinstance(key, Scalar) and key.text == name:
                return key
        return None


@dataclass(slots=True)
class Collection:
    """A list or mapping whose end hasn't come yet."""

    start: int
    flow: bool
    mapping: bool
    children: list[Node] = field(default_factory=list)

    def close(self, document: Document, end: int) -> Node:
        if self.mapping:
            pairs = list(zip(self.children[::2], self.children[1::2], strict=False))
            return Table(document, self.start, end, self.flow, tuple(_whole_pairs(pairs)))
        return List(document, self.start, end, self.flow, tuple(_whole_items(self.children)))


def _whole_pairs(pairs: list[tuple[Node, Node]]) -> Iterator[tuple[Node, Node]]:
    """The pairs, a value put together again that YAML cut at the comma of ``{A: matrix(2, 2)}``."""
    waiting = iter(pairs)
    for key, value in waiting:
        whole = value
        while _is_cut(whole) and (following := next(waiting, None)) is not None:
            piece, rest = following
            if rest.slice or not isinstance(piece, Scalar) or piece.style:
                yield key, whole
                key, whole = piece, rest
            else:
                whole = _joined(whole, piece)
        yield key, whole


def _whole_items(items: list[Node]) -> Iterator[Node]:
    """The items, ``[f(x, y), 1]`` two of them."""
    waiting = iter(items)
    for item in waiting:
        whole = item
        while _is_cut(whole) and (following := next(waiting, None)) is not None:
            if isinstance(following, Scalar) and not following.style:
                whole = _joined(whole, following)
            else:
                yield whole
                whole = following
        yield whole


def _is_cut(node: Node) -> bool:
    """Does a plain text open a bracket that it doesn't close?"""
    plain = isinstance(node, Scalar) and not node.style
    return plain and node.slice.count("(") > node.slice.count(")")


def _joined(first: Node, last: Node) -> Scalar:
    text = first.document.text[first.start : last.end]
    return Scalar(first.document, first.start, last.end, False, " ".join(text.split()), "")
