"""A list whose entry k depends on slice k of an array alone: its derivative by slice l ≠ k is zero.

    vjp([f(x_k) for k], X, G) = [vjp(f(x_k), x_k, G_k) for k]     where x_k is X[k], all f sees of X
    vjp([f(k, w) for k], w, G) = Σ_k vjp(f(k, w), w, G_k);    of a sum over k likewise, with G for each G_k

The same for the gradient of a sum, and for Jacobians, which have the rows of k for each k. The line is put
together again here: a rule that says so and writes another line is not believed.
"""

from __future__ import annotations

from symderiv.derivation.dependence import depends, reached
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.meaning.shapes import shape_of
from symderiv.derivation.vocabulary import derivative_of
from symderiv.equality.verdict import Equal
from symderiv.expression.build import add, mul
from symderiv.expression.printing.display import readable
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import ONE, TRUE, ZERO, Apply, Binder, BinderKind, Expr, Index, Variable, walk

BY = "slice by slice"


def by_slices(old: Expr, new: Expr) -> Equal | None:
    """``old = new`` if new has the derivatives of old for each k, as said above."""
    match old:
        case Apply(head="vjp" | "gradient" | "jacobian", args=(Binder() as u, Variable() as x, *rest)):
            if u.kind not in ("array", "sum") or u.lower != ZERO or u.condition != TRUE or _is_mixed(u, rest):
                return None
            u = _in_the_letter_of(new, u, (x, *rest))
            names = [x, *(v for v in _names(new) if _is_slice(v, x, u))]
            said = (_said(old.head, u, x, y, rest[0] if rest else None) for y in names)
            return Equal(BY) if any(line is not None and line == new for line in said) else None
    return None


def _in_the_letter_of(new: Expr, u: Binder, beside: tuple[Expr, ...]) -> Binder:
    """The list with the index that the line has for it, where this is a letter of its own."""
    index = next((node.variable for node in walk(new) if isinstance(node, Binder)), u.variable)
    inside = any(isinstance(node, Binder) and node.variable == index for node in walk(u.body))
    if index == u.variable or inside or any(index in reached(part) for part in (u.body, *beside)):
        return u
    return Binder(u.kind, substitute(u.body, {u.variable: index}), index, u.lower, u.upper)


def _is_mixed(u: Binder, rest: list[Expr]) -> bool:
    """Whether the index of the list means something else in it, or in what is sent back."""
    k = u.variable
    inside = any(isinstance(node, Binder) and node.variable == k for node in walk(u.body))
    behind = (v.definition for v in free_variables(u.body) if v.definition is not None)
    return inside or any(k in reached(part) for part in (*behind, *rest))


def _names(tree: Expr) -> list[Variable]:
    return [node for node in walk(tree) if isinstance(node, Variable) and node.definition is not None]


def _is_slice(name: Variable, x: Variable, u: Binder) -> bool:
    """Whether a name stands for x[k], where k runs through all slices."""
    if u.upper is None or name.definition != Index(x, (u.variable,)):
        return False  # nor is it one if x is a number
    return add(tensor_of(u.upper).value, ONE) == shape_of(x)[0]


def _said(head: str, u: Binder, x: Variable, y: Variable, G: Expr | None) -> Expr | None:
    """The line for the slices y of x, or for y = x; None where u sees x in another way."""
    body = u.body
    if y != x:
        body = substitute(body, {Index(x, (u.variable,)): y})
        if any(depends(name, x) for name in free_variables(body) - {y}):
            return None
    shared = y == x
    if G is not None:
        at = Index(G, (u.variable,)) if u.kind == "array" else G
        return _for_each("sum" if shared else "array", _sent(body, y, at), u)
    if head == "gradient" and u.kind == "sum":
        return _for_each("sum" if shared else "array", derivative_of(body, y), u)
    if head == "jacobian" and u.kind == "array":
        return _jacobian(u, body, x, y)
    return None


def _for_each(kind: BinderKind, body: Expr, u: Binder) -> Expr:
    return Binder(kind, body, u.variable, u.lower, u.upper)


def _sent(e: Expr, x: Variable, G: Expr) -> Expr:
    if e == x:
        return G
    return Apply("vjp", (e, x, G)) if shape_of(e) else Apply("mul", (G, derivative_of(e, x)))


def _jacobian(u: Binder, body: Expr, x: Variable, y: Variable) -> Expr:
    """J_k below each other, by slices e_k e_kᵀ ⊗ J_k added up; of numbers e_k (e_k ⊗ g_k)ᵀ."""
    J = derivative_of(body, y) if body != y else Apply("eye", (readable(mul(*shape_of(y))),))
    if x == y:
        rows = _for_each("array", J, u)
        if not shape_of(body) and len(shape_of(x)) == 1:
            return rows
        return Apply("reshape", (rows, readable(mul(*shape_of(u))), readable(mul(*shape_of(x)))))
    hot = Apply("one_hot", (u.variable, readable(shape_of(u)[0])))
    row = Apply("transpose", (hot,))
    if shape_of(body):
        return _for_each("sum", Apply("kron", (Apply("mul", (hot, row)), J)), u)
    flat = J if len(shape_of(y)) < 2 else Apply("flatten", (J,))
    at_k = Apply("kron", (hot, flat)) if shape_of(y) else Apply("mul", (J, hot))
    return _for_each("sum", Apply("mul", (hot, Apply("transpose", (at_k,)))), u)
