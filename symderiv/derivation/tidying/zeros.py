"""Zeros in products and sums: A zeros(n, n) is zeros(m, n), M + zeros(m, n) is M.

A product is only left out where its other factors are names, so that nothing is left undefined.
"""

from __future__ import annotations

from symderiv.derivation.meaning.shapes import shape_of
from symderiv.derivation.vocabulary import is_size
from symderiv.expression.printing.display import readable
from symderiv.expression.tree import Apply, Constant, Expr, Number, Variable

_PRODUCTS = frozenset("mul matmul hadamard neg transpose".split())
_EVERYWHERE = frozenset("transpose neg add sub mul hadamard diag eye ones zeros".split())


def without_zeros(node: Apply) -> Expr | None:
    """The node without its zeros; None where it has none that can go.

    >>> from symderiv.expression.kinds import Kind
    >>> A = Variable("A", Kind(shape=(Number(2), Number(3))))
    >>> without_zeros(Apply("mul", (A, Apply("zeros", (Number(3), Number(4)))))) == Apply(
    ...     "zeros", (Number(2), Number(4))
    ... )
    True
    """
    if not any(map(_is_zeros, node.args)):
        return None
    if node.head in _PRODUCTS or (node.head == "div" and _is_zeros(node.args[0])):
        if node.head == "div" and not isinstance(node.args[1], Number) and not is_size(node.args[1]):
            return None
        return _zeros_like(node) if all(map(_exists, node.args)) else None
    if node.head in ("add", "sub"):
        return _sum_without(node)
    return None


def _sum_without(node: Apply) -> Expr | None:
    size = shape_of(node)
    kept = [(k, term) for k, term in enumerate(node.args) if not _is_zeros(term)]
    if not kept:
        return _zeros_like(node)
    if not any(shape_of(term) == size for _, term in kept):
        return None
    if node.head == "sub":
        ((k, term),) = kept
        return Apply("neg", (term,)) if k else term
    return kept[0][1] if len(kept) == 1 else Apply("add", tuple(term for _, term in kept))


def _zeros_like(node: Apply) -> Expr:
    return Apply("zeros", tuple(map(readable, shape_of(node))))


def _is_zeros(e: Expr) -> bool:
    return isinstance(e, Apply) and e.head == "zeros"


def _exists(e: Expr) -> bool:
    """Whether a factor exists at all points: made of names and numbers by sums and products."""
    if isinstance(e, Apply):
        return e.head in _EVERYWHERE and all(map(_exists, e.args))
    return isinstance(e, Number | Constant) or (isinstance(e, Variable) and e.definition is None)
