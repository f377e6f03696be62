"""The activation itself where its derivative belongs, or the derivative where the activation belongs."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import ONE, Apply, Call, Expr, Variable
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, is_apply

_ARITHMETIC = frozenset("add sub mul div neg pow sqrt dot norm sum mean hadamard transpose".split())


def _own_value(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Call) and any(node.orders):
        yield Call(node.function, node.args)
    elif isinstance(node, Apply) and is_apply(node, "jacobian") and not node.options:
        yield Apply("diag", (node.args[0],))
    elif isinstance(node, Apply) and is_apply(node, "diff") and len(node.args) == 2:
        if _is_activation(node.args[0]):
            yield node.args[0]
    elif isinstance(node, Apply) and is_apply(node, "heaviside"):
        yield Apply("relu", node.args)
    elif isinstance(node, Apply) and node.head == "mul" and len(node.args) == 2:
        yield from _product_rule(node)


def _is_activation(tree: Expr) -> bool:
    """Is it a function's value? Of b², derived by b, a forgotten 2 is no activation."""
    if isinstance(tree, Variable) and tree.definition is not None:
        return _is_activation(tree.definition)
    return isinstance(tree, Call) or (isinstance(tree, Apply) and tree.head not in _ARITHMETIC)


def _product_rule(node: Apply) -> Iterator[Expr]:
    """σ(z) for σ(z)(1 - σ(z))."""
    a, b = node.args
    for value, rest in ((a, b), (b, a)):
        if rest == Apply("sub", (ONE, value)):
            yield value


PATTERN = Misconception(
    "activation-for-derivative",
    "The activation itself stands where its derivative belongs.",
    at_nodes(_own_value),
    Example(("z: real", "sigma: function"), "3 * sigma'(z)", "3 * sigma(z)"),
)
