"""Products of matrices without brackets: A (B C) is A B C, A (s B) is s A B, A (B/s) is A B/s,
(A B)ᵀ is Bᵀ Aᵀ, Aᵀᵀ is A.

Two lines that differ in nothing else are equal, whatever the matrices are. The last factor may be a column;
what else is multiplied with vectors is left as it stands: a row times a column is a number, which moves on.
"""

from __future__ import annotations

from symderiv.derivation.vocabulary import shape
from symderiv.errors import SymderivError
from symderiv.expression.derivatives import DERIVATIVES
from symderiv.expression.tree import ONE, Apply, Binder, Expr


def without_brackets(tree: Expr) -> Expr:
    """The tree with its products of matrices written without brackets, in what a derivative is taken of too.

    Brackets change no function, nor where it exists, and so no derivative.

    >>> from symderiv.expression.kinds import Kind
    >>> from symderiv.expression.tree import Number, Variable
    >>> A, B, C = (Variable(name, Kind(shape=(Number(2), Number(2)))) for name in "ABC")
    >>> one = Apply("mul", (A, Apply("transpose", (Apply("mul", (B, C)),))))
    >>> two = Apply("mul", (A, Apply("transpose", (C,)), Apply("transpose", (B,))))
    >>> without_brackets(one) == two
    True
    """
    if isinstance(tree, Binder) or not tree.children:
        return tree
    if isinstance(tree, Apply) and tree.head in DERIVATIVES:
        u, *x = tree.children[:2]
        return tree.rebuild((without_brackets(u), *x, *map(without_brackets, tree.children[2:])))
    tree = tree.rebuild(tuple(map(without_brackets, tree.children)))
    if isinstance(tree, Apply) and tree.head in ("mul", "matmul", "transpose") and _of_matrices(tree.args):
        factors = _turned(tree.args[0]) if tree.head == "transpose" else _factors(tree)
        return _over_numbers(factors)
    return tree


def _over_numbers(factors: tuple[Expr, ...]) -> Expr:
    """A (B/s) as A B/s, A (s B) as s A B, for a number s."""
    numbers: list[Expr] = []
    above: list[Expr] = []
    below: list[Expr] = []
    for factor in factors:
        while isinstance(factor, Apply) and factor.head == "div" and not shape(factor.args[1]):
            below.append(factor.args[1])
            factor = factor.args[0]
        for part in _factors(factor):
            (above if shape(part) else numbers).append(part)
    above = numbers + above
    product = above[0] if len(above) == 1 else Apply("mul", tuple(above))
    for number in below:
        product = Apply("div", (product, number))
    return product


def _factors(tree: Expr) -> tuple[Expr, ...]:
    if isinstance(tree, Apply) and tree.head in ("mul", "matmul") and _of_matrices(tree.args):
        return tuple(factor for arg in tree.args for factor in _factors(arg))
    return (tree,)


def _turned(tree: Expr) -> tuple[Expr, ...]:
    """The factors of the transpose."""
    factors = _factors(tree)
    if len(factors) > 1:
        return tuple(turned for factor in reversed(factors) for turned in _turned(factor))
    if isinstance(tree, Apply) and tree.head == "transpose":
        return _factors(tree.args[0])
    return (Apply("transpose", (tree,)),) if shape(tree) else (tree,)


def _of_matrices(args: tuple[Expr, ...]) -> bool:
    """Matrices, numbers beside them, and behind them one column at most: A (B v) is A B v.

    A column of length 1, or a row, is left as it stands: what it makes of a product may be a number.
    """
    try:
        arrays = [sizes for sizes in map(shape, args) if sizes]
    except SymderivError:
        return False
    if not arrays or any(len(sizes) != 2 for sizes in arrays[:-1]) or len(arrays[-1]) > 2:
        return False
    if len(arrays[-1]) == 2:
        return True
    return len(args) > 1 and not any(n == ONE for sizes in arrays for n in sizes)
