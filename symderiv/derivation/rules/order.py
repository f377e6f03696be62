"""Max pooling of ReLU as ReLU of max pooling: units that are off tie, the largest of a window does not."""

from __future__ import annotations

from symderiv.derivation.rules.problem import Problem, Rewriting, derivative_of, shape
from symderiv.expression.kinds import Kind
from symderiv.expression.tree import Apply, Expr, Variable

ORDER_KEPT = "max and ReLU both keep the order: max_pool(ReLU(u)) = ReLU(max_pool(u))"


def pooled_before_relu(p: Problem) -> Rewriting | None:
    """∂ max_pool(ReLU(u))/∂x = ∂ ReLU(max_pool(u))/∂x."""
    found = order_kept(p.e)
    if found is None:
        return None
    after, of_letters = found
    return Rewriting(derivative_of(after, p.x), ORDER_KEPT, lemma=(of_letters,))


def order_kept(u: Expr) -> tuple[Expr, tuple[Expr, Expr]] | None:
    """ReLU of a max pooling for a max pooling of ReLU, where units that are off would tie."""
    match u:
        case Apply(
            head="max_pool1d" | "max_pool2d" | "max_pool3d", args=(Apply(head="relu", args=(v,)), *rest)
        ):
            letter = Variable("·0", Kind(shape=tuple(shape(v))))
            first, then = (u.rebuild((a, *rest, *u.children[len(u.args) :])) for a in (letter, v))
            plain = u.rebuild((Apply("relu", (letter,)), *rest, *u.children[len(u.args) :]))
            return Apply("relu", (then,)), (plain, Apply("relu", (first,)))
    return None
