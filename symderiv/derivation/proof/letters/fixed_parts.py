"""A lemma with letters for what is worked out without the name that moves: it holds for any numbers there."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.derivation.dependence import depends
from symderiv.derivation.proof.linear_form import is_derivative
from symderiv.derivation.vocabulary import shape
from symderiv.expression.kinds import Kind
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import Apply, Expr, Variable

_ALGEBRA = frozenset("add sub neg mul matmul hadamard div transpose".split())
"""What tidying goes into: an operation beside these stays in one piece."""


def with_fixed_parts(left: Expr, right: Expr) -> tuple[Expr, Expr] | None:
    """Both sides with such letters, where the left one is a derivative; None where there are none."""
    if not isinstance(left, Apply) or not is_derivative(left) or not isinstance(left.args[1], Variable):
        return None
    found = dict.fromkeys(_fixed(left.args[0], left.args[1]))
    letters: dict[Expr, Expr] = {
        part: Variable(f"·c{k}", Kind(shape=tuple(shape(part)))) for k, part in enumerate(found)
    }
    return (substitute(left, letters), substitute(right, letters)) if letters else None


def _fixed(e: Expr, x: Variable) -> Iterator[Expr]:
    """The largest operations on arrays that don't depend on x."""
    if isinstance(e, Apply) and e.head not in _ALGEBRA and not depends(e, x):
        if shape(e):
            yield e
        return
    for child in e.children:
        yield from _fixed(child, x)
