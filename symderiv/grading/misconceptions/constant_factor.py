"""A formula is twice or half of what it should be: the 2 of a square, the ½ before a loss."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.derivatives import PLAIN_DERIVATIVES
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Expr, Number, Sequence, walk
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_root, is_apply

_TWO = Number(2)


def _scaled(tree: Expr) -> Iterator[Expr]:
    if any(is_apply(node, *PLAIN_DERIVATIVES) for node in walk(tree)) or _is_no_count(tree):
        yield Apply("div", (tree, _TWO))
        yield Apply("mul", (_TWO, tree))
    elif is_apply(tree, "div") and tree.children[1] == _TWO:
        yield tree.children[0]


def _is_no_count(tree: Expr) -> bool:
    """Is it a formula in more than integers? Of counts and numbers two may be twice as large by chance."""
    return not isinstance(tree, Sequence) and any(
        not variable.kind.domain.integer for variable in free_variables(tree)
    )


PATTERN = Misconception(
    "constant-factor",
    "A constant factor is wrong: look at the 2 that a square brings, and at a ½ before a sum.",
    at_root(_scaled),
    Example(("A: matrix(2, 2)", "x: vector(2)"), "gradient(norm(A*x)^2, x)", "A.T*A*x"),
)
