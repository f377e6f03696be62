"""Two labels or entries are swapped."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import Expr, Mapping, Sequence
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_one_node

_MOST = 8


def _exchanged(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Mapping | Sequence) and 2 <= len(node.children) <= _MOST:
        for a, b in combinations(range(len(node.children)), 2):
            children = list(node.children)
            children[a], children[b] = children[b], children[a]
            yield node.rebuild(tuple(children))


def _names(tree: Expr) -> Iterator[Expr]:
    """Two names of one kind in each other's place."""
    names = sorted((v for v in free_variables(tree) if not v.kind.index), key=lambda v: v.name)
    if isinstance(tree, Mapping | Sequence):
        return
    for a, b in combinations(names, 2):
        if a.kind == b.kind and a.definition is None is b.definition:
            yield substitute(tree, {a: b, b: a})


def _forms(tree: Expr) -> Iterator[Expr]:
    yield from at_one_node(_exchanged)(tree)
    yield from _names(tree)


PATTERN = Misconception(
    "swapped",
    "The values are right, but two of them are swapped.",
    _forms,
    Example((), "{(0, 0): 0, (0, 1): 1, (1, 1): 0}", "{(0, 0): 0, (0, 1): 0, (1, 1): 1}"),
)
