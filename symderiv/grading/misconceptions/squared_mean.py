"""E[x²] - μ² misread: E[x²] - μ, E[x²] alone, or (E[x])² - E[x²]."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import Apply, Expr, Number
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes

_TWO = Number(2)


def _misread(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, Apply) or node.head not in ("var", "std") or not node.args:
        return
    x = node.args[0]
    mean, squares = (Apply("mean", (of,), node.options) for of in (x, Apply("hadamard", (x, x))))
    square_of_mean = Apply("hadamard", (mean, mean))
    for wrong in (
        Apply("sub", (squares, mean)),
        squares,
        Apply("sub", (square_of_mean, squares)),
        square_of_mean,
    ):
        yield wrong if node.head == "var" else Apply("sqrt", (wrong,))


PATTERN = Misconception(
    "squared-mean-misread",
    "E[x²] - μ² is misread: the mean is squared before it is subtracted.",
    at_nodes(_misread),
    Example(("x: vector(3)",), "var(x)", "mean(hadamard(x, x)) - mean(x)"),
)
