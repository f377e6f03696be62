"""Letters joined by the indices that they share: ``A[i,k] B[l,k] x[l]`` over k and l is ``A Bᵀ x``."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import NamedTuple

from symderiv.equality.procedures.matrices.words import (
    Letter,
    Scalar,
    Term,
    Word,
    closing,
    diagonal,
    entrywise,
    term,
    turned,
)
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import Apply, Expr, Variable

Node = Variable | int
"""An index, or the narrow end of a vector."""
Ends = Mapping[Variable, int]
"""Open indices in the order of the axes, each with the number of its size."""


class Unreadable(Exception):
    """No product of matrices."""


class Edge(NamedTuple):
    """The word that is read from one index to another."""

    start: Node
    end: Node
    word: Word

    def at(self, node: Node) -> bool:
        return node in (self.start, self.end)

    def read_from(self, node: Node) -> tuple[Word, Node]:
        return (self.word, self.end) if node == self.start else (turned(self.word), self.start)


def joined(
    ends: Ends, matrices: list[Edge], vectors: Mapping[Variable, list[str]], sizes: Mapping[Variable, int]
) -> Term:
    """The word from end to end, times the closed words beside it.

    ``vectors`` has every index, with the names of what speaks of it alone. Raises `Unreadable`.
    """
    edges, narrow = list(matrices), count()
    for index, there in vectors.items():
        degree = sum(edge.at(index) for edge in edges)
        if degree > (1 if index in ends else 2):
            raise Unreadable
        whole = entrywise(there, sizes[index])
        if degree == 2 or (degree == 1 and index in ends):
            edges = _with_diagonal(edges, index, whole) if there else edges
        elif index in ends or degree == 1:
            edges.append(Edge(index, next(narrow), (whole,)))
        else:
            first, last = entrywise(there[:1], sizes[index]), entrywise(there[1:], sizes[index])
            edges.append(Edge(next(narrow), next(narrow), (first.transposed, last)))
    return _read(tuple(ends), edges)


def _with_diagonal(edges: list[Edge], index: Variable, vector: Letter) -> list[Edge]:
    """The letter ``diag(v)`` where one of the matrices begins."""
    place = next(k for k, edge in enumerate(edges) if edge.at(index))
    word, other = edges[place].read_from(index)
    return [*edges[:place], Edge(index, other, (diagonal(vector), *word)), *edges[place + 1 :]]


def _read(ends: tuple[Variable, ...], edges: list[Edge]) -> Term:
    """The paths from end to end, from one narrow end to another, and round."""
    open_words: dict[Node, Word] = {}
    scalars: list[tuple[Scalar, int]] = []
    narrow = (edge.start if isinstance(edge.start, int) else edge.end for edge in tuple(edges))
    starts: list[Node] = [*ends, *(node for node in narrow if isinstance(node, int))]
    for start in starts:
        if any(edge.at(start) for edge in edges):
            word, last = _path(start, edges)
            if start in ends:
                open_words[start] = word
            else:
                scalars += term(word).scalars
            if start in ends and last in ends:
                open_words[last] = ()
    while edges:
        word, _ = _path(edges[0].start, edges)
        scalars += closing(word).scalars
    if len(ends) > 2:
        raise Unreadable
    first = open_words.get(ends[0], ()) if ends else ()
    return term(first + turned(open_words.get(ends[1], ())) if len(ends) == 2 else first, scalars)


def _path(start: Node, edges: list[Edge]) -> tuple[Word, Node]:
    """The word read from a node on, its edges taken away."""
    word: Word = ()
    here = start
    while True:
        edge = next((edge for edge in edges if edge.at(here)), None)
        if edge is None:
            return word, here
        edges.remove(edge)
        letters, here = edge.read_from(here)
        word += letters


def without_deltas(
    factors: list[Expr], sizes: dict[Variable, int], ends: Ends
) -> tuple[list[Expr], dict[Variable, int], list[tuple[Variable, Variable]]]:
    """The factors with ``Σ_k δ(k, j) f(k)`` as f(j), and the open indices that are the same."""
    same: list[tuple[Variable, Variable]] = []
    while True:
        found = next((each for each in factors if isinstance(each, Apply) and each.head == "delta"), None)
        if found is None:
            return factors, sizes, same
        p, q = found.args
        if not (isinstance(p, Variable) and isinstance(q, Variable) and p in sizes and q in sizes):
            raise Unreadable
        if p != q and sizes[p] != sizes[q]:
            raise Unreadable
        factors = [each for each in factors if each is not found]
        if p in ends and q in ends:
            same += [(p, q)] if p != q else []
            continue
        gone, kept = (q, p) if p in ends else (p, q)
        if gone != kept:
            factors = [substitute(each, {gone: kept}) for each in factors]
            sizes = {index: size for index, size in sizes.items() if index != gone}
