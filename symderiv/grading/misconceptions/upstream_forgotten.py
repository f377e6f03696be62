"""The upstream gradient is forgotten: ∂H/∂K given for ∂L/∂K."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import ZERO, Apply, Expr
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, is_apply


def _only_jacobian(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Apply) and node.head in ("mul", "matmul"):
        for factor in node.args:
            inside = factor.args[0] if isinstance(factor, Apply) and factor.head == "transpose" else factor
            if is_apply(inside, "jacobian", "diff"):
                yield inside
                # summed over the outputs, as if each had the upstream gradient 1
                yield Apply("sum", (inside,), (("axis", ZERO),))
    elif isinstance(node, Apply) and node.head == "gradient":
        what, wrt = node.args
        if isinstance(what, Apply) and what.head in ("mul", "dot", "sum"):
            for factor in what.args:
                yield Apply("jacobian", (factor, wrt))


PATTERN = Misconception(
    "upstream-forgotten",
    "The gradient that comes from above is not multiplied in.",
    at_nodes(_only_jacobian),
    Example(
        ("g: vector(2)", "A: matrix(2, 3)", "x: vector(3)"), "g.T * jacobian(A*x, x)", "jacobian(A*x, x)"
    ),
)
