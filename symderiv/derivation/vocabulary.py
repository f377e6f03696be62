"""The words that lines of a derivation are written in: ∂e/∂x, products without ones, transposes, diag."""

from __future__ import annotations

from typing import TypeGuard

from symderiv.derivation.meaning.shapes import shape_of
from symderiv.expression.build import mul
from symderiv.expression.derivatives import derivative_head
from symderiv.expression.printing.display import readable
from symderiv.expression.tree import ONE, Apply, Binder, Call, Cases, Expr, Index, Variable
from symderiv.operations import OPERATIONS, Operation

Shape = tuple[Expr, ...]

Lemma = tuple[tuple[Expr, Expr], ...]
"""Pairs that are equal for letters in the place of an operation's arguments: a derivative and what it is."""


def shape(tree: Expr) -> Shape:
    """The sizes of an array, none of a number."""
    return shape_of(tree)


def is_size(e: Expr) -> bool:
    """Whether it is a name for a number of things, which is at least 1."""
    return isinstance(e, Variable) and e.kind.counts


def derivative_of(e: Expr, x: Expr) -> Expr:
    """∂e/∂x under the head that the shapes ask for."""
    return Apply(derivative_head(len(shape(e)), len(shape(x))), (e, x))


def D(e: Expr, x: Expr) -> Expr:
    """∂e/∂x; of x by itself at once 1, or the unit matrix."""
    if e != x:
        return derivative_of(e, x)
    return Apply("eye", (readable(mul(*shape(x))),)) if shape(x) else ONE


def times(*factors: Expr) -> Expr:
    """A product without ones."""
    kept = tuple(f for f in factors if f != ONE)
    return ONE if not kept else kept[0] if len(kept) == 1 else Apply("mul", kept)


def entrywise(a: Expr, b: Expr) -> Expr:
    """a b of numbers, a ⊙ b of arrays."""
    return Apply("hadamard", (a, b)) if shape(a) else times(a, b)


def plus(*terms: Expr) -> Expr:
    return terms[0] if len(terms) == 1 else Apply("add", terms)


def transposed(a: Expr) -> Expr:
    return Apply("transpose", (a,))


def is_row(a: Expr) -> TypeGuard[Apply]:
    """Whether it is vᵀ, of a vector v."""
    return isinstance(a, Apply) and a.head == "transpose" and len(shape(a.args[0])) == 1


def diagonal(a: Expr) -> Expr:
    """diag(a); of a matrix the one of its entries, row by row."""
    return Apply("diag", (a if len(shape(a)) == 1 else Apply("flatten", (a,)),))


def count(u: Expr) -> Expr:
    """N, how many entries there are."""
    return readable(mul(*shape(u)))


def is_compound(tree: Expr) -> bool:
    """Whether an argument is worked out: no name, no literal, no entry or slice of one of them.

    A closed form reads the sizes of its arguments off names and literals: of ``(A*B)[1]`` it can't.
    """
    if isinstance(tree, Index):
        return is_compound(tree.base)
    return isinstance(tree, (Apply, Call, Cases)) or _is_array_by_entries(tree)


def _is_array_by_entries(tree: Expr) -> bool:
    return isinstance(tree, Binder) and tree.kind == "array"


def operation_of(e: Expr) -> tuple[Operation, Apply] | None:
    """The operation that a tree applies, with the tree."""
    if not isinstance(e, Apply):
        return None
    operation = OPERATIONS.get(e.head)
    return None if operation is None else (operation, e)


def sent(u: Expr, x: Variable, G: Expr) -> Expr:
    """``vjp(u, x, G)``; of x itself G, of a number G times its derivative."""
    if u == x:
        return G
    return Apply("vjp", (u, x, G)) if shape(u) else times(G, D(u, x))
