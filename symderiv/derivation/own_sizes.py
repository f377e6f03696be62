"""Arrays that nobody declared have the size that ranges over them say, and those read side by side have one.

In ``sum(delta(i, j)*x[j], j)`` the index runs to ``len(x) - 1``; ``x[i]`` beside it ends there, too. In
``sum(w[i]*x[i], i)`` both are as long: so is what a sum over x alone runs over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.derivation.meaning.meaning import unknown_size
from symderiv.expression.build import add, subtract
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import ONE, Binder, Expr, Index, Variable, walk
from symderiv.tensor import Tensor

Facts = tuple[Expr, ...]


def with_own_sizes(left: Tensor, right: Tensor, facts: Facts) -> tuple[Tensor, Tensor, Facts]:
    """Both sides, and the facts, with the sizes that they speak of in the shapes of their arrays."""
    parts = (left.value, left.defined, *left.shape, right.value, right.defined, *right.shape, *facts)
    names = {name for part in parts for name in free_variables(part)}
    if all(None not in name.kind.shape for name in names):
        return left, right, facts
    shared = _shared(parts)
    sizes = {name: shared.get(name, name) for name in names} | shared
    told: dict[Expr, Expr] = {name: size for name, size in shared.items() if name != size}
    told |= {name: found for name in names if (found := _sized(name, sizes)) != name}
    a, b = (_mapped(side, told) for side in (left, right))
    return a, b, tuple(substitute(fact, told) for fact in facts)


def _mapped(side: Tensor, told: dict[Expr, Expr]) -> Tensor:
    value, defined, *shape = (substitute(part, told) for part in (side.value, side.defined, *side.shape))
    return replace(side, value=value, defined=defined, shape=tuple(shape))


def _sized(name: Variable, sizes: dict[Variable, Expr]) -> Variable:
    """The array with those of its sizes that are spoken of."""
    shape = tuple(
        sizes.get(unknown_size(name, axis)) if size is None else size
        for axis, size in enumerate(name.kind.shape)
    )
    return name if shape == name.kind.shape else Variable(name.name, replace(name.kind, shape=shape))


def _shared(parts: tuple[Expr, ...]) -> dict[Variable, Expr]:
    """What a size that nobody declared is: another one's, or a declared one, read along the same range."""
    found: dict[Variable, Expr] = {}

    def last(size: Expr) -> Expr:
        while isinstance(size, Variable) and size in found:
            size = found[size]
        return size

    for binder in (node for part in parts for node in walk(part) if isinstance(node, Binder)):
        alike = sorted({last(size) for size in _along(binder)}, key=_rank)
        for size in alike[1:]:
            if isinstance(size, Variable) and _is_own(size):
                found[size] = alike[0]
    return {size: last(size) for size in found}


def _along(binder: Binder) -> Iterator[Expr]:
    """The sizes of what is read along the whole range, should it be the range of one of them."""
    k, lower, upper = binder.variable, binder.lower, binder.upper
    if lower is None or upper is None:
        return
    length = subtract(add(upper, ONE), lower)
    first = subtract(k, lower)
    sizes = [
        unknown_size(node.base, axis) if size is None else size
        for node in walk(binder.body)
        if isinstance(node, Index) and isinstance(node.base, Variable) and not node.base.kind.zero_outside
        for axis, (index, size) in enumerate(zip(node.indices, node.base.kind.shape, strict=False))
        if index == first
    ]
    if length in sizes:
        yield from sizes


def _is_own(size: Variable) -> bool:
    return size.name.startswith("len(")


def _rank(size: Expr) -> tuple[bool, str]:
    """Declared sizes first, then by name."""
    return isinstance(size, Variable) and _is_own(size), str(size)
