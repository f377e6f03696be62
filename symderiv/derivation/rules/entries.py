"""Sums over entries as sums of arrays: Σ_i r_i² is sum(r ⊙ r), Σ_j X_ij w_j is entry i of X w.

Two sums make a sum over a matrix: Σ_i Σ_k Y_ik log P_ik is sum(Y ⊙ log(P)).
"""

from __future__ import annotations

from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.rules.problem import Problem, Rewriting, derivative_of, shape, times, transposed
from symderiv.errors import SymderivError
from symderiv.expression.build import add, subtract
from symderiv.expression.printing.display import readable
from symderiv.expression.substitution import free_variables, has_free_index
from symderiv.expression.tree import (
    TRUE,
    ZERO,
    Apply,
    Binder,
    BinderKind,
    Expr,
    Index,
    Number,
    Variable,
    walk,
)
from symderiv.operations.declaring.sizes import tidy_size

_ENTRYWISE = ("exp", "log", "sqrt", "abs", "sigmoid", "tanh", "relu", "softplus", "sin", "cos", "gelu")

Range = tuple[tuple[Variable, ...], tuple[Expr, ...]]
"""Indices, and the sizes that they run through."""


def in_arrays(p: Problem) -> Rewriting | None:
    """∂/∂x of a number in which sums run over the entries of arrays."""
    if p.shape or not p.wrt:
        return None
    found: dict[Expr, Expr] = {node: whole for node in walk(p.e) if (whole := _as_array(node)) is not None}
    if not found:
        return None
    kinked = any(isinstance(node, Apply) and node.head == "max" for node in found)
    squares = any(isinstance(node, Apply) and node.head == "pow" for whole in found for node in walk(whole))
    reason = "max(0, u) is ReLU(u)" if kinked else "in vectors: the same number"
    reason += "; a power u_i² is an entry of u ⊙ u" if squares and not kinked else ""
    return Rewriting(derivative_of(put_in(p.e, found), p.x), reason)


def put_in(tree: Expr, found: dict[Expr, Expr]) -> Expr:
    """The largest parts that were found replaced, where they stand: an index is that of the sum around it."""
    if tree in found or not tree.children:
        return found.get(tree, tree)
    return tree.rebuild(tuple(put_in(child, found) for child in tree.children))


def _as_array(node: Expr) -> Expr | None:
    match node:
        case Apply(head="max", args=(Number(value=0), u)) | Apply(head="max", args=(u, Number(value=0))):
            return None if has_free_index(u) else Apply("relu", (u,))
        case Apply(head="mean" | "sum" as head, args=(Binder(kind="array") as entries,), options=()):
            array = _over("array", entries)
            return None if array is None else Apply(head, (array,))
        case Binder(kind="sum"):
            array = _over("sum", node)
            return None if array is None else Apply("sum", (array,))
        case Binder(kind="array", body=Index() | Binder()):
            array = _over("array", node)
            return array if isinstance(array, Apply) and array.head == "slice" else None
    return None


def _over(kind: BinderKind, node: Expr) -> Expr | None:
    """The array whose entries stand in a sum or a list, one index or several inside each other."""
    names: list[Variable] = []
    sizes: list[Expr] = []
    while isinstance(node, Binder) and node.kind == kind and node.condition == TRUE and node.lower == ZERO:
        if node.upper is None:
            return None
        names.append(node.variable)
        sizes.append(_length(node.upper))
        array = _array(node.body, (tuple(names), tuple(sizes)))
        if array is not None and shape(array):
            return array
        node = node.body
    return None


def _array(entry: Expr, over: Range) -> Expr | None:
    """The array whose entry at the indices is the formula; a formula without them as it stands."""
    names, sizes = over
    if not set(names) & free_variables(entry):
        return entry if not shape(entry) else None
    match entry:
        case Index(base=base, indices=at, origin=0) if not set(names) & free_variables(base):
            if at == names and shape(base) == sizes:
                return base
            if len(at) > len(names):
                return _part(entry, over)
            stretch = stretch_of(base, at, over)
            if stretch is not None:
                return stretch
            return transposed(base) if at == names[::-1] and shape(base) == sizes[::-1] else None
        case Binder():
            return _matrix_product(entry, over)
        case Apply(head="max", args=(Number(value=0), u)) | Apply(head="max", args=(u, Number(value=0))):
            return _entrywise("relu", _array(u, over))
        case Apply(head="pow", args=(u, Number(value=2))):
            root = _array(u, over)
            return None if root is None else Apply("hadamard", (root, root))
        case Apply(head=head, args=(u,), options=()) if head in (*_ENTRYWISE, "neg"):
            return _entrywise(head, _array(u, over))
        case Apply(head="add" | "sub" as head, args=args, options=()):
            terms = [_array(arg, over) for arg in args]
            kept = tuple(term for term in terms if term is not None)
            return Apply(head, kept) if len(kept) == len(terms) else None
        case Apply(head="mul", args=args):
            return _product([_array(arg, over) for arg in args])
        case Apply(head="div", args=(u, c)) if not set(names) & free_variables(c):
            above = _array(u, over)
            return None if above is None else Apply("div", (above, c))
    return None


def _part(entry: Index, over: Range) -> Expr | None:
    """``Y[k]`` for the entries Y_kj over j."""
    names, sizes = over
    first, last = entry.indices[: -len(names)], entry.indices[-len(names) :]
    if len(first) != 1 or last != names or any(set(names) & free_variables(k) for k in first):
        return None
    part = Index(entry.base, first)
    return part if shape(part) == sizes else None


def stretch_of(base: Expr, at: tuple[Expr, ...], over: Range) -> Expr | None:
    """``x[1:n]`` for the entries x_{i+1} over i = 0 … n - 2, along each axis."""
    names, sizes = over
    whole = shape(base)
    if not len(names) == len(at) == len(whole) or (isinstance(base, Variable) and base.kind.zero_outside):
        return None
    found = base
    for axis, (k, name, size, n) in enumerate(zip(at, names, sizes, whole, strict=True)):
        first = tidy_size(subtract(tensor_of(k).value, name))
        if not isinstance(first, Number):
            return None
        past = tidy_size(add(first, size))
        ends = (("start", first), ("stop", past), ("axis", Number(axis)))
        plain = {"start": first == ZERO, "stop": past == n, "axis": not axis}
        options = tuple((word, readable(end)) for word, end in ends if not plain[word])
        if not (plain["start"] and plain["stop"]):
            found = Apply("slice", (found,), options)
    return found if found == base or _fits(found) else None


def _fits(stretch: Expr) -> bool:
    try:
        return bool(shape(stretch))
    except SymderivError:
        return False


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


def _matrix_product(entry: Binder, over: Range) -> Expr | None:
    """``X w`` for Σ_j X_ij w_j, ``Xᵀ w`` for Σ_j X_ji w_j, ``X W`` for Σ_j X_ij W_jk."""
    j, factors = entry.variable, entry.body.args if isinstance(entry.body, Apply) else ()
    if entry.kind != "sum" or entry.condition != TRUE or entry.lower != ZERO or entry.upper is None:
        return None
    if not isinstance(entry.body, Apply) or entry.body.head != "mul" or len(factors) != 2:
        return None
    (names, sizes), m = over, _length(entry.upper)
    if any(isinstance(f, Index) and set(names) & free_variables(f.base) for f in factors):
        return None
    for left, right in (factors, factors[::-1]):
        A = _matrix(left, (names[0], j), (sizes[0], m))
        B = _matrix(right, (j, *names[1:]), (m, *sizes[1:]))
        if A is not None and B is not None:
            return times(A, B)
    return None


def _matrix(entry: Expr, at: tuple[Variable, ...], sizes: tuple[Expr, ...]) -> Expr | None:
    """The array with this entry, or the transpose of one."""
    if not isinstance(entry, Index) or entry.origin or set(at) & free_variables(entry.base):
        return None
    if entry.indices == at and shape(entry.base) == sizes:
        return entry.base
    turned = len(at) == 2 and entry.indices == at[::-1] and shape(entry.base) == sizes[::-1]
    return transposed(entry.base) if turned else None


def _length(upper: Expr) -> Expr:
    """n for a sum that runs from 0 to n - 1."""
    return add(tensor_of(upper).value, Number(1))
