"""Arrays that nobody declared have the size that ranges over them say: none of their entries lies beyond.

In ``sum(delta(i, j)*x[j], j)`` the index runs to ``len(x) - 1``; ``x[i]`` beside it ends there, too.
"""

from __future__ import annotations

from dataclasses import replace

from symderiv.derivation.meaning.meaning import unknown_size
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import Expr, Variable
from symderiv.tensor import Tensor

Facts = tuple[Expr, ...]


def with_own_sizes(left: Tensor, right: Tensor, facts: Facts) -> tuple[Tensor, Tensor, Facts]:
    """Both sides, and the facts, with the sizes that they speak of in the shapes of their arrays."""
    parts = (left.value, left.defined, *left.shape, right.value, right.defined, *right.shape, *facts)
    names = {name for part in parts for name in free_variables(part)}
    sized: dict[Expr, Expr] = {name: found for name in names if (found := _sized(name, names)) != name}
    if not sized:
        return left, right, facts
    a, b = (
        replace(side, value=substitute(side.value, sized), defined=substitute(side.defined, sized))
        for side in (left, right)
    )
    return a, b, tuple(substitute(fact, sized) for fact in facts)


def _sized(name: Variable, known: set[Variable]) -> Variable:
    """The array with those of its sizes that are spoken of."""
    shape = tuple(
        own if size is None and (own := unknown_size(name, axis)) in known else size
        for axis, size in enumerate(name.kind.shape)
    )
    return name if shape == name.kind.shape else Variable(name.name, replace(name.kind, shape=shape))
