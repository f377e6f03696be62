"""Sums over entries as sums of arrays: Σ_i r_i² is sum(r ⊙ r), Σ_j X_ij w_j is entry i of X w."""

from __future__ import annotations

from symderiv.derivation.meaning import tensor_of
from symderiv.derivation.rules.problem import Problem, Rewriting, derivative_of, shape, times, transposed
from symderiv.expression.build import add
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import TRUE, ZERO, Apply, Binder, Expr, Index, Number, Variable, walk

_ENTRYWISE = ("exp", "log", "sqrt", "abs", "sigmoid", "tanh", "relu", "softplus")


def in_arrays(p: Problem) -> Rewriting | None:
    """∂/∂x of a number in which sums run over the entries of vectors."""
    if p.shape or not p.wrt:
        return None
    found: dict[Expr, Expr] = {node: whole for node in walk(p.e) if (whole := _as_array(node)) is not None}
    if not found:
        return None
    return Rewriting(derivative_of(substitute(p.e, dict(found)), p.x), "in vectors: the same number")


def _as_array(node: Expr) -> Expr | None:
    match node:
        case Apply(head="max", args=(Number(value=0), u)) | Apply(head="max", args=(u, Number(value=0))):
            return None if _has_index(u) else Apply("relu", (u,))
    if not isinstance(node, Binder) or node.kind != "sum" or node.condition != TRUE or node.lower != ZERO:
        return None
    if node.upper is None:
        return None
    vector = _vector(node.body, node.variable, _length(node.upper))
    return None if vector is None or not shape(vector) else Apply("sum", (vector,))


def _vector(entry: Expr, i: Variable, n: Expr) -> Expr | None:
    """The vector whose entry i is the formula, of length n; a formula without i as it stands."""
    if i not in free_variables(entry):
        return entry if not shape(entry) else None
    match entry:
        case Index(base=base, indices=(index,)) if index == i and not entry.origin:
            return base if _is_vector(base, n) and i not in free_variables(base) else None
        case Binder():
            return _matrix_times_vector(entry, i, n)
        case Apply(head="max", args=(Number(value=0), u)) | Apply(head="max", args=(u, Number(value=0))):
            return _entrywise("relu", _vector(u, i, n))
        case Apply(head="pow", args=(u, Number(value=2))):
            root = _vector(u, i, n)
            return None if root is None else Apply("hadamard", (root, root))
        case Apply(head=head, args=(u,), options=()) if head in (*_ENTRYWISE, "neg"):
            return _entrywise(head, _vector(u, i, n))
        case Apply(head="add" | "sub" as head, args=args, options=()):
            terms = [_vector(arg, i, n) for arg in args]
            kept = tuple(term for term in terms if term is not None)
            return Apply(head, kept) if len(kept) == len(terms) else None
        case Apply(head="mul", args=args):
            return _product([_vector(arg, i, n) for arg in args])
        case Apply(head="div", args=(u, c)) if i not in free_variables(c):
            above = _vector(u, i, n)
            return None if above is None else Apply("div", (above, c))
    return None


def _entrywise(head: str, u: Expr | None) -> Expr | None:
    return None if u is None else Apply(head, (u,))


def _product(factors: list[Expr | None]) -> Expr | None:
    kept = [factor for factor in factors if factor is not None]
    if len(kept) < len(factors):
        return None
    numbers = [factor for factor in kept if not shape(factor)]
    first, *others = [factor for factor in kept if shape(factor)]
    for other in others:
        first = Apply("hadamard", (first, other))
    return times(*numbers, first)


def _matrix_times_vector(entry: Binder, i: Variable, n: Expr) -> Expr | None:
    """``X w`` for Σ_j X_ij w_j, ``Xᵀ w`` for Σ_j X_ji w_j."""
    j, factors = entry.variable, entry.body.args if isinstance(entry.body, Apply) else ()
    if entry.kind != "sum" or entry.condition != TRUE or entry.lower != ZERO or entry.upper is None:
        return None
    if not isinstance(entry.body, Apply) or entry.body.head != "mul" or len(factors) != 2:
        return None
    for matrix, vector in (factors, factors[::-1]):
        match matrix, vector:
            case Index(base=X, origin=0), Index(base=w, indices=(at,), origin=0) if at == j:
                m = _length(entry.upper)
                if {i, j} & (free_variables(X) | free_variables(w)) or not _is_vector(w, m):
                    return None
                if matrix.indices == (i, j) and _has_shape(X, n, m):
                    return times(X, w)
                if matrix.indices == (j, i) and _has_shape(X, m, n):
                    return times(transposed(X), w)
    return None


def _has_index(u: Expr) -> bool:
    return any(name.kind.index for name in free_variables(u))


def _length(upper: Expr) -> Expr:
    """n for a sum that runs from 0 to n - 1."""
    return add(tensor_of(upper).value, Number(1))


def _is_vector(base: Expr, n: Expr) -> bool:
    return _has_shape(base, n)


def _has_shape(base: Expr, *sizes: Expr) -> bool:
    return shape(base) == sizes
