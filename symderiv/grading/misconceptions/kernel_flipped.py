"""Kernel flipped, or not flipped: convolution and cross-correlation mixed up."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.derivation.meaning.costs import COSTS
from symderiv.expression.tree import Apply, Expr, Variable
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, is_apply, with_arg

_OTHER = {"correlate": "convolve", "convolve": "correlate"}
_KERNEL_SECOND = ("conv1d", "conv2d", "conv_transpose1d", "conv_transpose2d")


def _flip(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, Apply):
        return
    if node.head in _OTHER:
        yield Apply(_OTHER[node.head], node.args, node.options)
    elif node.head in _KERNEL_SECOND and len(node.args) > 1:
        yield with_arg(node, 1, Apply("flip", (node.args[1],)))
    elif is_apply(node, "flip"):
        yield node.args[0]


def _forms(tree: Expr) -> Iterator[Expr]:
    if not _counts(tree):
        yield from at_nodes(_flip)(tree)


def _counts(tree: Expr) -> bool:
    """Is the question for sizes or counts alone? No flip shows in these."""
    if isinstance(tree, Variable):
        return tree.definition is None and not tree.kind.shape
    return is_apply(tree, "len", *COSTS) or all(map(_counts, tree.children))


PATTERN = Misconception(
    "kernel-flipped",
    "Convolution flips the kernel, cross-correlation doesn't: here they are mixed up.",
    _forms,
    Example(("x: vector(4)", "w: vector(2)"), "correlate(x, w, 'valid')", "convolve(x, w, 'valid')"),
)
