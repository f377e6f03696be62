"""Matrices as people write them: (A B)ᵀ = Bᵀ Aᵀ, diag(v) u = v ⊙ u, and no unit matrices.

The tree tells too little to know what may be turned round, so each rule asks for the shapes first.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from symderiv.derivation.vocabulary import is_row, shape
from symderiv.expression.parts import terms_of
from symderiv.expression.printing.display import readable
from symderiv.expression.tree import ONE, TRUE, Apply, Binder, Expr, Index, Number, Variable


def transpose(node: Apply) -> Expr:
    """(A B)ᵀ = Bᵀ Aᵀ of matrices, and nothing to turn round in a unit matrix, a diagonal one, or twice."""
    a = node.args[0]
    if is_symmetric(a):
        return a
    if not isinstance(a, Apply) or a.options:
        return node
    if a.head == "div" and not shape(a.args[1]):
        return Apply("div", (transpose(Apply("transpose", a.args[:1])), a.args[1]))
    if a.head == "neg":
        return Apply("neg", (transpose(Apply("transpose", a.args)),))
    if a.head == "transpose" and len(shape(a.args[0])) == 2:
        return a.args[0]
    if a.head == "mul" and len([factor for factor in a.args if shape(factor)]) == 1:
        return Apply("mul", tuple(Apply("transpose", (f,)) if shape(f) else f for f in a.args))
    if a.head == "mul" and all(len(shape(factor)) in (0, 2) for factor in a.args):
        return Apply("mul", tuple(map(_turned, reversed(a.args))))
    if a.head == "mul" and _is_outer(a.args):
        return Apply("mul", tuple(_turned(factor) for factor in reversed(a.args)))
    return node


def is_symmetric(a: Expr) -> bool:
    """Whether it is plain to see: declared so, diagonal, Aᵀ B A and u uᵀ, and inverses and sums of these."""
    match a:
        case Variable():
            return a.kind.symmetric or (a.definition is not None and is_symmetric(a.definition))
        case Apply(head="inv" | "neg" | "sub", options=()):
            return all(len(shape(part)) == 2 and is_symmetric(part) for part in a.args)
        case Apply(head="add", options=()) if all(len(shape(term)) == 2 for term in a.args):
            others = [term for term in a.args if not is_symmetric(term)]
            return Counter(others) == Counter(map(_turned, others))
        case Apply(head="div", args=(above, below), options=()):
            return not shape(below) and is_symmetric(above)
        case Apply(head="mul", options=()):
            factors = tuple(factor for factor in a.args if shape(factor))
            if len(factors) == 1:
                return is_symmetric(factors[0])
            return len(shape(a)) == 2 and factors == tuple(map(_turned_round, reversed(factors)))
    return is_unit(a) or _is_diagonal(a)


def _turned_round(factor: Expr) -> Expr:
    """A factor transposed, a column as a row."""
    if len(shape(factor)) == 1:
        return Apply("transpose", (factor,))
    return _turned(factor)


def _is_outer(factors: tuple[Expr, ...]) -> bool:
    """``A u vᵀ B``: a column straight before a row, matrices round them."""
    columns = [k for k, factor in enumerate(factors) if len(shape(factor)) == 1]
    if len(columns) != 1 or columns[0] + 1 == len(factors):
        return False
    return is_row(factors[columns[0] + 1]) and all(len(shape(factor)) <= 2 for factor in factors)


def _turned(factor: Expr) -> Expr:
    if not shape(factor):
        return factor
    if is_row(factor):
        assert isinstance(factor, Apply)
        return factor.args[0]
    return transpose(Apply("transpose", (factor,)))


def without_units(factors: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The factors without unit matrices, where an array stays; beside numbers these say the shape."""
    others = tuple(factor for factor in factors if not is_unit(factor))
    if others and len(others) < len(factors) and any(shape(factor) for factor in others):
        return others
    return factors


def matrix_product(factors: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """``diag(v) u`` of a vector u at the end as ``v ⊙ u``; a column of ones times a row of ones in one."""
    factors = _in_one_matrix(factors)
    row = _picked(factors)
    if row is not None:
        return row
    if len(factors) < 2 or not _is_diagonal(factors[-2]):
        return factors
    diagonal, u = factors[-2], factors[-1]
    assert isinstance(diagonal, Apply)
    v = diagonal.args[0]
    if len(shape(u)) != 1 or shape(v) != shape(u):
        return factors
    return matrix_product((*factors[:-2], Apply("hadamard", (v, u))))


def _in_one_matrix(factors: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """``ones(m, n)`` for ``ones(m)*ones(n).T``."""
    for k, pair in enumerate(pairwise(factors)):
        match pair:
            case (
                Apply(head="ones", args=(m,)),
                Apply(head="transpose", args=(Apply(head="ones", args=(n,)),)),
            ):
                return (*factors[:k], Apply("ones", (m, n)), *factors[k + 2 :])
    return factors


def _picked(factors: tuple[Expr, ...]) -> tuple[Expr, ...] | None:
    """``Aᵀ e_k`` as row k of A, where both k and the number of rows are known."""
    match factors[-2:]:
        case (
            Apply(head="transpose", args=(A,)),
            Apply(head="one_hot", args=(Number(value=int(k)) as place, Number(value=n))),
        ) if 0 <= k < n and len(shape(A)) == 2:
            return (*factors[:-2], Index(A, (place,)))
    return None


def entrywise(node: Apply) -> Expr:
    """``a ⊙ 1`` as a, where a has the shape of the ones; a minus sign comes to the front."""
    a, b = node.args if len(node.args) == 2 else (node, node)
    for kept, ones in ((a, b), (b, a)):
        if _is_ones(ones) and shape(kept) == shape(ones):
            return kept
        match ones:
            case Apply(head="div", args=(Apply(head="ones") as above, n)) if shape(kept) == shape(above):
                return Apply("div", (kept, n))
            case Apply(head="div", args=(Number(value=1), below)) if shape(kept) == shape(below):
                return Apply("div", (kept, below))
    for k, factor in enumerate(node.args):
        if isinstance(factor, Apply) and factor.head == "neg" and len(node.args) == 2:
            return Apply("neg", (Apply("hadamard", (*node.args[:k], factor.args[0], *node.args[k + 1 :])),))
    return node


def _is_ones(tree: Expr) -> bool:
    """``ones(n)``, or ``[1 for i in range(n)]``."""
    if isinstance(tree, Binder) and tree.kind == "array" and tree.condition == TRUE:
        return tree.body == ONE or _is_ones(tree.body)
    return isinstance(tree, Apply) and tree.head == "ones"


def total(node: Apply) -> Apply:
    """``Σ A ⊙ I`` as the trace of A."""
    match node.args:
        case (Apply(head="neg", args=args),):
            summed = total(Apply("sum", args))
            return Apply("neg", (summed,)) if summed.head == "trace" else node
        case (Apply(head="hadamard", args=(a, b)),):
            for kept, unit in ((a, b), (b, a)):
                if is_unit(unit) and shape(kept) == shape(unit):
                    return Apply("trace", (kept,))
    return node


def reshaped(node: Apply) -> Expr:
    """Rows that are added up one by one, ``e_0 uᵀ + e_1 vᵀ``, as ``stack(u, v)`` where they are reshaped."""
    a = node.args[0]
    if isinstance(a, Apply) and a.head in ("reshape", "flatten"):
        inner = a.args[0]
        return inner if shape(inner) == shape(node) else node.rebuild((inner, *node.children[1:]))
    plain = _without_kept_axes(a, node)
    if plain is not None:
        return plain
    terms = terms_of(a)
    rows = [row for term in terms if (row := _placed(term)) is not None]
    count = shape(a)[0] if len(shape(a)) == 2 else None
    places = dict(rows)
    if len(rows) < len(terms) or len(places) < len(rows) or not isinstance(count, Number):
        return node
    empty = Apply("zeros", (readable(shape(a)[1]),))
    stacked = Apply("stack", tuple(places.get(k, empty) for k in range(int(count.value))))
    return node.rebuild((stacked, *node.children[1:]))


def _without_kept_axes(a: Expr, node: Apply) -> Expr | None:
    """``sum(X, axis=(0, 2))`` for a sum that keeps these axes, as long as 1, and then loses them."""
    if not isinstance(a, Apply) or ("keepdims", TRUE) not in a.options:
        return None
    options = tuple(option for option in a.options if option[0] != "keepdims")
    plain = Apply(a.head, a.args, options)
    return plain if shape(plain) == shape(node) else None


def _placed(term: Expr) -> tuple[int, Expr] | None:
    """k and v of ``one_hot(k, n)*v.T``."""
    match term:
        case Apply(
            head="mul",
            args=(
                Apply(head="one_hot", args=(Number(value=int(k)), Number())),
                Apply(head="transpose", args=(v,)),
            ),
        ) if len(shape(v)) == 1:
            return k, v
    return None


def row(node: Index) -> Expr:
    """Row k of a difference, of a unit matrix, and of ``ones(n)*vᵀ``."""
    base = node.base
    if isinstance(base, Apply) and base.head == "ones" and len(base.args) == len(node.indices):
        return ONE
    if isinstance(base, Apply) and base.head == "ones":
        return Apply("ones", base.args[len(node.indices) :])
    if not isinstance(base, Apply) or len(node.indices) != 1 or len(shape(base)) != 2:
        return node
    match base:
        case Apply(head="sub", args=(a, b)) if shape(a) == shape(b):
            return Apply("sub", (_row_of(a, node), _row_of(b, node)))
        case Apply(head="eye", args=(n,)) if node.origin == 0:
            return Apply("one_hot", (node.indices[0], n))
        case Apply(head="mul", args=(Apply(head="ones", args=(_,)), Apply(head="transpose", args=(v,)))):
            return v if len(shape(v)) == 1 else node
    return node


def _row_of(matrix: Expr, like: Index) -> Expr:
    return row(Index(matrix, like.indices, like.origin))


def is_unit(factor: Expr) -> bool:
    return isinstance(factor, Apply) and factor.head == "eye" and len(factor.args) == 1


def _is_diagonal(factor: Expr) -> bool:
    """``diag(v)`` of a vector v."""
    if not isinstance(factor, Apply) or factor.head != "diag" or len(factor.args) != 1 or factor.options:
        return False
    return len(shape(factor.args[0])) == 1
