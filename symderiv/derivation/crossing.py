"""The operations that an expression crosses, each once, from its names' definitions on.

A name is what it is defined as; with ``start`` the way begins there, as if this name were an input. Every
operation is met with letters for its arrays: only their shapes count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.errors import MeaningError
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Apply, Constant, Expr, Number, Sequence, Text, Variable
from symderiv.operations import OPERATIONS
from symderiv.operations.declaring.counting import array, moves
from symderiv.operations.declaring.operation import Operation
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.tensor import Tensor

Given = tuple[Expr | tuple[Expr, ...] | None, ...]


@dataclass(frozen=True, slots=True)
class Crossed:
    """An operation, the trees that it is given, and what stands for them when it is counted."""

    operation: Operation
    given: Given
    values: tuple[object, ...]


def crossed(tree: Expr, start: Expr | None = None) -> tuple[Crossed, ...]:
    """Every operation on the way from ``start`` (or the inputs) to the value; one that is used twice once.

    Raises `MeaningError` for what is no composition of operations, and where ``start`` isn't on the way.

    >>> from symderiv.expression.kinds import Kind
    >>> x = Variable("x", Kind(shape=(Number(3),)))
    >>> [each.operation.name for each in crossed(Apply("relu", (Apply("softmax", (x,)),)))]
    ['softmax', 'relu']
    """
    walk = _Walk(start)
    walk.value(tree)
    if start is not None and not walk.met_start:
        raise MeaningError(
            f"{to_text(start)} isn't on the way to {to_text(tree)}", expected="a name it is computed from"
        )
    return tuple(walk.found)


def undefined(tree: Expr) -> Expr:
    """What a name is defined as, names of names followed; a symbol, or one with numbers, is itself."""
    while isinstance(tree, Variable) and tree.definition is not None:
        tree = tree.definition
    return tree


class _Walk:
    def __init__(self, start: Expr | None) -> None:
        self.start = start
        self.met_start = False
        self.known: dict[Expr, Tensor] = {}
        self.found: list[Crossed] = []

    def value(self, tree: Expr) -> Tensor:
        """What stands for the value of a tree: letters of its shape, or a number known beforehand."""
        if tree == self.start:
            self.met_start = True
            return tensor_of(tree)
        tree = undefined(tree)
        if tree == self.start:
            self.met_start = True
            return tensor_of(tree)
        if tree not in self.known:
            self.known[tree] = self._lettered(self._worked_out(tree))
        return self.known[tree]

    def _worked_out(self, tree: Expr) -> Tensor:
        if isinstance(tree, Apply) and tree.head in OPERATIONS:
            return self._cross(OPERATIONS[tree.head], tree)
        if isinstance(tree, (Variable, Number, Constant, Sequence)):
            return tensor_of(tree)
        raise MeaningError(
            f"{to_text(tree)} is no operation whose work is known",
            expected="operations by name, such as conv2d(X, K) or relu(affine(W, x, b))",
        )

    def _cross(self, operation: Operation, tree: Apply) -> Tensor:
        given = operation.bind(tree.args, tree.options)
        values = tuple(self._values(operation, given))
        result = as_tensor(operation.forward(*values), operation.name)
        self.found.append(Crossed(operation, given, values))
        return result

    def _values(self, operation: Operation, given: Given) -> Iterator[object]:
        for parameter, tree in zip(operation.parameters, given, strict=True):
            if isinstance(tree, tuple):
                yield tuple(self.value(part) if _is_array(part) else part for part in tree)
            elif parameter.option or tree is None:
                yield tree
            else:
                yield self.value(tree)

    def _lettered(self, t: Tensor) -> Tensor:
        if not t.rank and not moves(t.value):
            return t
        return array(f"_value{len(self.known)}", *t.shape)


def _is_array(tree: Expr) -> bool:
    return not isinstance(tree, Text)
