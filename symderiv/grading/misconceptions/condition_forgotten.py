"""A case at the boundary: < where ≤ belongs, or the other way round; a condition with one part forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import TRUE, Apply, Expr
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, at_root

_OTHER = {"lt": "le", "le": "lt", "gt": "ge", "ge": "gt"}
_BOOLEAN = ("and", "or", "lt", "le", "gt", "ge")


def _boundary(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, Apply):
        return
    if node.head in _OTHER:
        yield Apply(_OTHER[node.head], node.args)
    elif node.head in ("and", "or"):
        yield Apply("or" if node.head == "and" else "and", node.args)
        for place in range(len(node.args)):
            rest = (*node.args[:place], *node.args[place + 1 :])
            yield rest[0] if len(rest) == 1 else Apply(node.head, rest)


def _unconditional(tree: Expr) -> Iterator[Expr]:
    if isinstance(tree, Apply) and tree.head in _BOOLEAN:
        yield TRUE


def _forms(tree: Expr) -> Iterator[Expr]:
    yield from at_root(_unconditional)(tree)
    yield from at_nodes(_boundary)(tree)


PATTERN = Misconception(
    "condition-forgotten",
    "A condition is missing, or its boundary is wrong: look for a case in which it fails.",
    _forms,
    Example(("n: size", "k: size"), "n >= 2 and k >= 2", "n >= 2"),
)
