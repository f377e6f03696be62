"""A Kronecker product before it is flattened: (P ⊗ Q)[(i, j), (k, l)] = P_ik Q_jl, an axis for each index."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.expression.build import conjunction, delta, mul, negative
from symderiv.expression.tree import ONE, TRUE, Apply, Expr
from symderiv.operations.declaring.shapes import same_size
from symderiv.tensor import Tensor

Group = tuple[tuple[int, ...], tuple[int, ...]]
"""The axes of outputs and of inputs that a factor speaks of."""


def with_axes(tree: Expr, t: Tensor, outputs: int) -> Tensor | None:
    """The product with the axes of t, so many of which are outputs; None where they don't go together."""
    if isinstance(tree, Apply) and tree.head == "neg":
        found = with_axes(tree.args[0], t, outputs)
        return (
            found
            if found is None
            else Tensor(found.shape, found.indices, negative(found.value), found.defined)
        )
    factors = tuple(_factors(tree))
    groups = _groups(factors, t, outputs) if len(factors) > 1 else None
    if groups is None:
        return None
    tensors = tuple(map(tensor_of, factors))

    def value(*at: Expr) -> Expr:
        parts = zip(factors, tensors, groups, strict=True)
        return mul(*(_entry(factor, matrix, group, at) for factor, matrix, group in parts))

    result = Tensor.of(t.shape, value)
    at = result.indices
    asked = (
        TRUE if _is_unit(factor) else matrix.condition(at[rows[0]], at[columns[0]])
        for factor, matrix, (rows, columns) in zip(factors, tensors, groups, strict=True)
    )
    return result.where(conjunction(*asked))


def _factors(tree: Expr) -> Iterator[Expr]:
    if isinstance(tree, Apply) and tree.head == "kron" and len(tree.args) == 2:
        for part in tree.args:
            yield from _factors(part)
    else:
        yield tree


def _is_unit(factor: Expr) -> bool:
    return isinstance(factor, Apply) and factor.head == "eye" and len(factor.args) == 1


def _entry(factor: Expr, matrix: Tensor, group: Group, at: tuple[Expr, ...]) -> Expr:
    """P_ik; of a unit matrix a delta for each pair of axes that it joins."""
    rows, columns = group
    if _is_unit(factor):
        return mul(ONE, *(delta(at[i], at[k]) for i, k in zip(rows, columns, strict=True)))
    return matrix.formula(at[rows[0]], at[columns[0]])


def _groups(factors: tuple[Expr, ...], t: Tensor, outputs: int) -> list[Group] | None:
    """The axes of each factor, in order: one output and one input, of a unit matrix as many as it takes."""
    found: list[Group] = []
    first, second = 0, outputs
    for factor in factors:
        matrix = tensor_of(factor)
        if matrix.rank != 2:
            return None
        count = _count(t, first, second, outputs, matrix) if _is_unit(factor) else 1
        rows, columns = tuple(range(first, first + count)), tuple(range(second, second + count))
        if not count or rows[-1] >= outputs or columns[-1] >= t.rank:
            return None
        sizes = (mul(*(t.shape[k] for k in axes)) for axes in (rows, columns))
        if not all(same_size(own, size) for own, size in zip(matrix.shape, sizes, strict=True)):
            return None
        found.append((rows, columns))
        first, second = first + count, second + count
    return found if first == outputs and second == t.rank else None


def _count(t: Tensor, first: int, second: int, outputs: int, unit: Tensor) -> int:
    """How many axes, alike on both sides, have together the size of a unit matrix; 0 where none do."""
    for count in range(1, min(outputs - first, t.rank - second) + 1):
        rows, columns = t.shape[first : first + count], t.shape[second : second + count]
        if not all(map(same_size, rows, columns)):
            return 0
        if same_size(mul(*rows), unit.shape[0]):
            return count
    return 0
