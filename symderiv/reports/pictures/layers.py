"""Where the nodes of a graph stand: a column for each depth, and rows so that nothing lies on anything else.

An edge over several columns goes through each of them by a passage, which keeps a row of its own free.
Source: Sugiyama, Tagawa, Toda, Methods for visual understanding of hierarchical system structures, 1981.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from statistics import fmean

PASSAGE = 0.6
"""Of a row, what a line takes that only passes through."""


@dataclass(eq=False)
class Node:
    """A name, an operation, or (without a label) a passage; ``depth`` is its column, ``row`` its height."""

    label: str
    shape: str = ""
    inputs: list[Node] = field(default_factory=list)
    depth: int = 0
    row: float = 0.0

    @property
    def is_passage(self) -> bool:
        return not self.label


@dataclass(frozen=True, slots=True)
class Layers:
    """Nodes with their places, and the edges between neighbouring columns, each once."""

    nodes: tuple[Node, ...]
    edges: tuple[tuple[Node, Node], ...]
    rows: float


def layers(nodes: list[Node]) -> Layers:
    """The graph in layers; a name stands one column before the first operation that reads it."""
    for node in nodes:
        if not node.inputs:
            node.depth = max(0, min((each.depth for each in nodes if node in each.inputs), default=1) - 1)
    edges = tuple(dict.fromkeys(_edges(nodes)))
    every = tuple(dict.fromkeys([*nodes, *(end for edge in edges for end in edge)]))
    columns: dict[int, list[Node]] = defaultdict(list)
    for node in every:
        columns[node.depth].append(node)
    for _, column in sorted(columns.items()):
        _place(column, edges)
    top = min(node.row for node in every)
    for node in every:
        node.row -= top
    return Layers(every, edges, max(node.row for node in every) + 1)


def _edges(nodes: list[Node]) -> list[tuple[Node, Node]]:
    passages: dict[tuple[Node, int], Node] = {}
    found: list[tuple[Node, Node]] = []
    for node in nodes:
        for source in node.inputs:
            between = range(source.depth + 1, node.depth)
            way = [passages.setdefault((source, depth), Node("", depth=depth)) for depth in between]
            found += pairwise([source, *way, node])
    return found


def _place(column: list[Node], edges: tuple[tuple[Node, Node], ...]) -> None:
    """Each node as near to the middle of what leads to it as the others let it; names keep their order."""
    before = {node: [source.row for source, target in edges if target is node] for node in column}
    wanted = {node: fmean(rows) if rows else node.row for node, rows in before.items()}
    column.sort(key=lambda node: wanted[node])
    sizes = [PASSAGE if node.is_passage else 1.0 for node in column]
    gaps = [0.0, *((one + other) / 2 for one, other in pairwise(sizes))]
    for node, row in zip(column, spread([wanted[node] for node in column], gaps), strict=True):
        node.row = row


def spread(wanted: list[float], gaps: list[float]) -> list[float]:
    """The rows nearest to those wanted (by least squares) of which each is a gap behind the one before.

    >>> spread([1.0, 1.0, 5.0], [0.0, 1.0, 1.0])
    [0.5, 1.5, 5.0]
    """
    offsets = list(accumulate(gaps))
    pooled: list[list[float]] = []  # neighbours that push each other move as one
    for row, offset in zip(wanted, offsets, strict=True):
        pooled.append([row - offset])
        while len(pooled) > 1 and fmean(pooled[-2]) > fmean(pooled[-1]):
            pooled[-2:] = [pooled[-2] + pooled[-1]]
    level = [fmean(pool) for pool in pooled for _ in pool]
    return [at + offset for at, offset in zip(level, offsets, strict=True)]
