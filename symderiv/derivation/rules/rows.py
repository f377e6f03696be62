"""A list over the rows of arrays as one array: ``[W*X[k] for k in range(0, N)]`` is X Wᵀ.

A sum over k is the sum of such an array: Σ_k ‖u_k‖² is ‖U‖², Σ_k cross_entropy(u_k, t_k) is that of U and T.
"""

from __future__ import annotations

from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.rules.entries import put_in
from symderiv.derivation.rules.problem import Problem, Rewriting, derivative_of, shape
from symderiv.derivation.rules.row_arrays import Rows
from symderiv.expression.build import add
from symderiv.expression.printing.display import readable
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
    ONE,
    TRUE,
    Apply,
    Binder,
    Expr,
    Number,
    Text,
    walk,
)


def in_rows(p: Problem) -> Rewriting | None:
    """∂/∂x of what has lists over the rows of arrays in it, these in one piece."""
    if not p.wrt:
        return None
    bound = {node.variable for node in walk(p.e) if isinstance(node, Binder)}
    found: dict[Expr, Expr] = {}
    for node in walk(p.e):
        whole = None if bound & free_variables(node) else _whole(node)
        if whole is not None:
            found[node] = whole
    if not found:
        return None
    after = put_in(p.e, found)
    heads = {part.head for node in found for part in walk(node) if isinstance(part, Apply)}
    words = (word for head, word in _WORDS.items() if head in heads)
    said = "; ".join(("all rows at once: row k of the array is what stands at k in the list or sum", *words))
    return Rewriting(derivative_of(after, p.x), said, lemma=tuple(found.items()))


_WORDS = {
    "pow": "the power s_k² is an entry of s ⊙ s, ‖u_k‖² a sum of such along row k",
    "max": "max(0, s_k) is ReLU(s_k)",
    "mse": "mse(u_k, v_k) is the mean of (u_k - v_k)²",
    "mean": "a mean over k is the sum over N",
}
"""What is said of an operation that another one takes the place of."""


def _whole(node: Expr) -> Expr | None:
    """A list as an array; a sum, or a mean, over one as that of an array."""
    match node:
        case Apply(head="sum" | "mean", args=(Binder(kind="array") as entries,), options=()):
            rows = _rows(entries) if not shape(entries.body) else None
            total = None if rows is None else _total(entries.body, rows)
            if rows is None or total is None or node.head == "sum":
                return total
            return Apply("div", (total, readable(rows.count)))
        case Binder(kind="array" | "sum"):
            rows = _rows(node)
            if rows is None:
                return None
            return rows(node.body) if node.kind == "array" else _total(node.body, rows)
    return None


def _rows(node: Binder) -> Rows | None:
    """What the index of a list runs through, if something is computed of whole rows."""
    if node.condition != TRUE or node.upper is None or not isinstance(node.lower, Number):
        return None
    if not any(map(_is_at_once, walk(node.body))):
        return None
    count = add(tensor_of(Apply("sub", (node.upper, node.lower))).value, ONE)
    return Rows(node.variable, count, node.lower)


def _is_at_once(node: Expr) -> bool:
    """Whether this is computed of whole rows: formulas of entries alone are read elsewhere."""
    return isinstance(node, Apply) and any(map(shape, node.args))


def _total(body: Expr, rows: Rows) -> Expr | None:
    """Σ_k s_k as a number of arrays, Σ_k u_k as the sum of the rows."""
    match body:
        case Apply(
            head="pow", args=(Apply(head="norm", args=(u,), options=()) as root, Number(value=2) as two)
        ):
            U = rows(u)
            return None if U is None else Apply("pow", (root.rebuild((U,)), two))
        case Apply(head="cross_entropy", args=(z, t)) if len(shape(z)) == 1:
            Z, T = rows(z), rows.spread(t)
            return None if Z is None or T is None else Apply("cross_entropy", (Z, T), _SUMMED)
        case Apply(head="sum", args=(u,), options=()) if len(shape(u)) == 1:
            U = rows(u)
            return None if U is None else Apply("sum", (U,))
        case Apply(head="neg", args=(u,)):
            return _rebuilt(body, (_total(u, rows),))
        case Apply(head="div", args=(u, c)) if not rows.moves(c):
            return _rebuilt(body, (_total(u, rows), c))
        case Apply(head="mul", args=(c, *rest)) if not rows.moves(c) and not shape(c) and len(rest) == 1:
            return _rebuilt(body, (c, _total(rest[0], rows)))
        case Apply(head="add" | "sub", args=terms) if not shape(body) and all(map(rows.moves, terms)):
            return _rebuilt(body, tuple(_total(term, rows) for term in terms))
    array = rows(body)
    if array is None:
        return None
    return Apply("sum", (array,), () if len(shape(array)) == 1 else (("axis", Number(0)),))


def _rebuilt(e: Expr, children: tuple[Expr | None, ...]) -> Expr | None:
    kept = tuple(child for child in children if child is not None)
    return e.rebuild(kept) if len(kept) == len(children) else None


_SUMMED = (("reduction", Text("sum")),)
