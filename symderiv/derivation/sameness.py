"""Two arrays that are written alike up to the names of their bound indices: equal without further proof."""

from __future__ import annotations

from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import Apply, Binder, Expr, index_variable
from symderiv.tensor import Tensor


def written_alike(left: Tensor, right: Tensor) -> bool:
    """The same shape, the same formula and the same conditions, each perhaps said more than once.

    >>> from symderiv.expression.tree import Number, Variable
    >>> i, j = index_variable("i"), index_variable("j")
    >>> sums = [Binder("sum", k, k, Number(0), Number(9)) for k in (i, j)]
    >>> written_alike(*map(Tensor.scalar, sums))
    True
    """
    if left.shape != right.shape:
        return False
    at = left.indices
    if numbered(left.formula(*at)) != numbered(right.formula(*at)):
        return False
    return _conditions(left.condition(*at)) == _conditions(right.condition(*at))


def numbered(expr: Expr, depth: int = 0) -> Expr:
    """The expression with its bound names numbered from the outside."""
    if isinstance(expr, Binder):
        name = index_variable(f"_bound{depth}")
        body, condition = (instantiate(part, {expr.variable: name}) for part in (expr.body, expr.condition))
        lower, upper = (None if end is None else numbered(end, depth) for end in (expr.lower, expr.upper))
        return Binder(
            expr.kind, numbered(body, depth + 1), name, lower, upper, numbered(condition, depth + 1)
        )
    children = expr.children
    changed = tuple(numbered(child, depth) for child in children)
    if all(new is old for new, old in zip(changed, children, strict=True)):
        return expr
    return expr.rebuild(changed)


def _conditions(condition: Expr) -> frozenset[Expr]:
    if isinstance(condition, Apply) and condition.head == "and":
        return frozenset(part for inner in condition.args for part in _conditions(inner))
    return frozenset((numbered(condition),))
