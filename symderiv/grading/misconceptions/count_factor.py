"""A factor n or 1/n too many or too few: a sum for a mean, a mean for a sum."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.build import add, mul
from symderiv.expression.tree import MINUS_ONE, ONE, Apply, Binder, Expr, Number, Variable
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes

_OTHER = {"mean": "sum", "sum": "mean"}


def _rescaled(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, Apply):
        return
    if node.head in _OTHER:
        yield Apply(_OTHER[node.head], node.args, node.options)
    elif node.head == "div" and node.args[1] == Number(2):
        return  # a ½ is rarely a mean of two: see constant_factor
    elif node.head == "div" and _counts(node.args[1]):
        yield node.args[0]
        yield Apply("mul", node.args)
    elif node.head == "mul":
        for place, factor in enumerate(node.args):
            rest = (*node.args[:place], *node.args[place + 1 :])
            if rest and _is_share(factor):
                yield rest[0] if len(rest) == 1 else Apply("mul", rest)


def _counts(tree: Expr) -> bool:
    """A number, a size, or a power or product of these."""
    if isinstance(tree, Apply):
        return tree.head in ("mul", "pow", "len") and all(
            _counts(arg) or tree.head == "len" for arg in tree.args
        )
    return isinstance(tree, Number) or (isinstance(tree, Variable) and tree.kind.domain.integer)


def _is_share(tree: Expr) -> bool:
    return isinstance(tree, Apply) and tree.head == "div" and all(map(_counts, tree.args))


def _averaged_sum(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Binder) and node.kind == "sum" and node.upper is not None and node.lower is not None:
        count = add(node.upper, mul(MINUS_ONE, node.lower), ONE)
        yield Apply("div", (node, count))


def _forms(tree: Expr) -> Iterator[Expr]:
    yield from at_nodes(_rescaled)(tree)
    yield from at_nodes(_averaged_sum)(tree)


PATTERN = Misconception(
    "count-factor",
    "A factor n or 1/n is too many or missing, as when a sum is taken for a mean.",
    _forms,
    Example(("x: vector(n)",), "mean(x)", "sum(x)"),
)
