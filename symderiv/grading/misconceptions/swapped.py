"""Two labels or entries are swapped."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from symderiv.expression.tree import Expr, Mapping, Sequence
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes

_MOST = 8


def _exchanged(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Mapping | Sequence) and 2 <= len(node.children) <= _MOST:
        for a, b in combinations(range(len(node.children)), 2):
            children = list(node.children)
            children[a], children[b] = children[b], children[a]
            yield node.rebuild(tuple(children))


PATTERN = Misconception(
    "swapped",
    "The values are right, but two of them are swapped.",
    at_nodes(_exchanged, everywhere=False),
    Example((), "{(0, 0): 0, (0, 1): 1, (1, 1): 0}", "{(0, 0): 0, (0, 1): 0, (1, 1): 1}"),
)
