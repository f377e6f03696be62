"""How many indices what a piece of syntax stands for has left."""

from __future__ import annotations

from typing import Protocol

from symderiv.expression.tree import Expr, Variable
from symderiv.language.syntax import (
    Applied,
    Bound,
    Group,
    Indexed,
    Name,
    Node,
    Numeral,
    Operation,
)

TO_NUMBERS = frozenset("sum prod mean norm trace tr det dot".split())
_ELEMENTWISE = frozenset(
    "exp log log2 sqrt abs sign sin cos tan sinh cosh tanh floor ceil erf".split()
    + "sigmoid relu heaviside softplus softmax sech csch coth cot sec csc asin acos atan".split()
    + "asinh acosh atanh log1p expm1 log10 cbrt logit erfc".split()
)

ROW = -1
_PRODUCTS = {(0, k): k for k in (0, 1, 2, ROW)} | {(k, 0): k for k in (1, 2, ROW)}
_PRODUCTS |= {(2, 2): 2, (2, 1): 1, (ROW, 2): ROW, (ROW, 1): 0, (1, ROW): 2}


class Known(Protocol):
    """What is known of names where the piece stands."""

    def look_up(self, name: str) -> Expr | None: ...

    def rank(self, name: str) -> int | None: ...


def rank_of(context: Known, node: Node) -> int | None:
    """The rank of what a node stands for, as far as it shows: 0 a number, 1 a vector, 2 a matrix."""
    match node:
        case Numeral() | Indexed():
            return 0
        case Name():
            return (
                0
                if node.name in ("e", "pi", "oo") and not context.look_up(node.name)
                else context.rank(node.name)
            )
        case Group():
            return rank_of(context, node.inner)
        case Bound():
            return rank_of(context, node.body)
        case Applied(callee=Name(name=name)) if name in TO_NUMBERS:
            return 0
        case Applied(callee=Name() as callee, args=(argument,)) if keeps_shape(context, callee):
            return rank_of(context, argument)
        case Operation(head="add" | "sub" | "neg" | "hadamard"):
            return _common(context, node)
        case Operation(head="mul" | "matmul"):
            product = _product_of(context, node)
            return 1 if product == ROW else product
        case Operation(head="div" | "pow"):
            arrays = [rank for arg in node.args if (rank := rank_of(context, arg)) != 0]
            return arrays[0] if len(arrays) == 1 else (None if arrays else 0)
        case Operation(head="transpose"):
            return rank_of(context, node.args[0])
    return None


def is_column(context: Known, node: Node) -> bool:
    """Is it surely a vector, and no transposed one?"""
    return _product_of(context, node) == 1


def _product_of(context: Known, node: Node) -> int | None:
    """The rank of a product, where a transposed vector is a row: a row times a column is a number."""
    match node:
        case Group():
            return _product_of(context, node.inner)
        case Operation(head="transpose") if rank_of(context, node.args[0]) == 1:
            return ROW
        case Operation(head="mul" | "matmul"):
            found: int | None = 0
            for arg in node.args:
                right = _product_of(context, arg)
                found = None if found is None or right is None else _PRODUCTS.get((found, right))
            return found
    return rank_of(context, node)


def keeps_shape(context: Known, callee: Name) -> bool:
    """Is the function applied to each entry: a known one, or one that is declared?"""
    declared = context.look_up(callee.name)
    if declared is None:
        return callee.name in _ELEMENTWISE
    return isinstance(declared, Variable) and bool(declared.kind.function)


def _common(context: Known, node: Operation) -> int | None:
    ranks = {rank_of(context, arg) for arg in node.args}
    return None if None in ranks else max(rank for rank in ranks if rank is not None)
