"""Entry formulas of matrices as products of matrices: ``Σ_k X[k,p] X[k,q]`` is entry (p, q) of ``X.T*X``."""

from __future__ import annotations

from symderiv.expression.build import add
from symderiv.expression.parts import factors_of
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Expr,
    Index,
    Number,
    Variable,
)


def whole_matrix(matrix: Expr) -> Expr | None:
    """A matrix given by its formula over two bound indices, in letters for whole matrices.

    >>> from symderiv.expression.kinds import SIZE, Kind
    >>> from symderiv.expression.printing.text import to_text
    >>> from symderiv.expression.tree import MINUS_ONE, index_variable
    >>> n, p, q = Variable("n", SIZE), index_variable("p"), index_variable("q")
    >>> last = add(n, MINUS_ONE)
    >>> turned = Index(Variable("A", Kind(shape=(n, n))), (q, p))
    >>> to_text(whole_matrix(Binder("array", Binder("array", turned, q, ZERO, last), p, ZERO, last)))
    'A.T'
    """
    match matrix:
        case Binder(kind="array", body=Binder(kind="array") as row):
            if matrix.upper is None:
                return None
            return _matrix(row.body, matrix.variable, row.variable, add(matrix.upper, ONE))
    return None


def _matrix(entry: Expr, p: Variable, q: Variable, size: Expr) -> Expr | None:
    """The matrix whose entry at (p, q) this is."""
    match entry:
        case Index(base=Variable() as array, indices=indices):
            return _turned(array, indices, p, q)
        case Apply(head="inverse", args=(matrix, *indices)):
            inner = whole_matrix(matrix)
            return None if inner is None else _turned(Apply("inv", (inner,)), tuple(indices), p, q)
        case Apply(head="delta", args=args) if set(args) == {p, q}:
            return Apply("eye", (size,))
        case Apply(head="add", args=terms):
            parts = [_matrix(term, p, q, size) for term in terms]
            known = tuple(part for part in parts if part is not None)
            return Apply("add", known) if len(known) == len(parts) else None
        case Apply(head="mul"):
            return _product(entry, p, q, size)
        case Binder(kind="sum", variable=k, lower=lower) if lower == ZERO and entry.condition == TRUE:
            return _contracted(entry, k, p, q, size)
    return None


def _turned(matrix: Expr, indices: tuple[Expr, ...], p: Variable, q: Variable) -> Expr | None:
    if indices == (p, q):
        return matrix
    return Apply("transpose", (matrix,)) if indices == (q, p) else None


def _product(product: Apply, p: Variable, q: Variable, size: Expr) -> Expr | None:
    """A multiple of a matrix, ``v[p] δ(p, q)``, or ``u[p] v[q]``."""
    beside = [factor for factor in product.args if free_variables(factor).isdisjoint((p, q))]
    left = [factor for factor in product.args if factor not in beside]
    if Apply("delta", (p, q)) in left and len(left) == 2:
        entry = next(factor for factor in left if factor != Apply("delta", (p, q)))
        vector = _vector(entry, p) or _vector(entry, q)
        matrix: Expr | None = None if vector is None else Apply("diag", (vector,))
    elif len(left) == 1:
        matrix = _matrix(left[0], p, q, size)
    else:
        columns = [_vector(factor, index) for factor, index in zip(left, (p, q), strict=False)]
        turned = [_vector(factor, index) for factor, index in zip(left, (q, p), strict=False)]
        u, v = columns if None not in columns else turned[::-1] if len(left) == 2 else (None, None)
        matrix = None if len(left) != 2 or u is None or v is None else _times(u, Apply("transpose", (v,)))
    return None if matrix is None else _times(*beside, matrix)


def _vector(entry: Expr, index: Variable) -> Expr | None:
    match entry:
        case Index(base=Variable() as array, indices=(only,)) if only == index:
            return array
    return None


def _contracted(total: Binder, k: Variable, p: Variable, q: Variable, size: Expr) -> Expr | None:
    """``Σ_k L(p, k) R(k, q)`` as a product."""
    factors = factors_of(total.body)
    left = [factor for factor in factors if q not in free_variables(factor)]
    right = [factor for factor in factors if factor not in left]
    first = _matrix(_times(*left), p, k, size) if left else None
    second = _matrix(_times(*right), k, q, size) if right else None
    return None if first is None or second is None else _times(first, second)


def _times(*factors: Expr) -> Expr:
    flat = [part for factor in factors for part in factors_of(factor) if part != Number(1)]
    return flat[0] if len(flat) == 1 else Apply("mul", tuple(flat))
