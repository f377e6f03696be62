"""The variance where the standard deviation is asked for, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import HALF, Apply, Expr, Index, Number, Variable
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, is_apply

_OTHER = {"std": "var", "var": "std"}
_DEVIATIONS = ("sigma", "std")


def _unrooted(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, Apply):
        return
    if node.head in _OTHER:
        yield Apply(_OTHER[node.head], node.args, node.options)
    elif node.head == "div" and _is_deviation(node.args[1]):
        above, below = node.args
        yield Apply("div", (above, Apply("pow", (below, Number(2)))))
        yield Apply("div", (above, Apply("sqrt", (below,))))
    elif (node.head == "sqrt" or (node.head == "pow" and node.args[1] == HALF)) and _may_vary(node.args[0]):
        yield node.args[0]


def _may_vary(below: Expr) -> bool:
    """May this be a variance? The 6 of √6 is none; nor is x² + y², whose root is a length."""
    terms = below.args if is_apply(below, "add") and isinstance(below, Apply) else (below,)
    squares = (is_apply(term, "pow") and term.children[1] == Number(2) for term in terms)
    return not isinstance(below, Number) and not all(squares)


def _is_deviation(node: Expr) -> bool:
    """Is it called as a standard deviation is?"""
    name = node.base if isinstance(node, Index) else node
    return isinstance(name, Variable) and name.name.rstrip("0123456789_") in _DEVIATIONS


PATTERN = Misconception(
    "variance-for-deviation",
    "Variance and standard deviation are mixed up: one is the square of the other.",
    at_nodes(_unrooted),
    Example(("x: vector(3)",), "std(x)", "var(x)"),
)
