"""Two arrays that are written alike up to the names of their bound indices: equal without further proof."""

from __future__ import annotations

from collections.abc import Iterable

from symderiv.expression.build import compare
from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import ZERO, Apply, Binder, Expr, Number, Variable, index_variable
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
    return conditions(left.condition(*at)) == conditions(right.condition(*at))


_STEM = "·"
"""No text can be read as a name that begins so."""


def is_bound(name: Variable) -> bool:
    return name.name.startswith(_STEM)


def numbered(expr: Expr, depth: int = 0) -> Expr:
    """The expression with its bound names numbered from the outside."""
    if isinstance(expr, Binder):
        name = index_variable(f"{_STEM}{depth}")
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


def conditions(condition: Expr) -> frozenset[Expr]:
    """What is asked, without what follows from the rest."""
    asked = dict.fromkeys(_parts(condition))
    for part in tuple(asked):
        if isinstance(part, Apply) and part.head == "le" and _is_not_zero(part.args[1], asked):
            asked[compare("lt", *part.args)] = None
    for part in tuple(asked):
        if any(_implies(other, part) for other in asked if other != part):
            del asked[part]
    return frozenset(asked)


def _parts(condition: Expr) -> tuple[Expr, ...]:
    if isinstance(condition, Apply) and condition.head == "and":
        return tuple(part for inner in condition.args for part in _parts(inner))
    return (numbered(condition),)


def _implies(known: Expr, asked: Expr) -> bool:
    """u > 0 says that u ≥ 0 and u^q ≠ 0, and anything says "this, or something else"."""
    if not isinstance(known, Apply) or not isinstance(asked, Apply):
        return False
    if asked.head == "or":
        return known in asked.args
    if known.head != "lt" or known.args[0] != ZERO:
        return False
    u = known.args[1]
    if asked.head == "le":
        return asked.args == (ZERO, u)
    return asked.head == "ne" and asked.args[1] == ZERO and _is_power(asked.args[0], u)


def _is_power(expr: Expr, u: Expr) -> bool:
    return expr == u or (isinstance(expr, Apply) and expr.head == "pow" and expr.args[0] == u)


def _is_not_zero(u: Expr, asked: Iterable[Expr]) -> bool:
    """Whether u ≠ 0 is asked, or u^q ≠ 0, which for q > 0 says the same."""
    return any(
        isinstance(part, Apply)
        and part.head == "ne"
        and part.args[1] == ZERO
        and (part.args[0] == u or (_is_power(part.args[0], u) and _is_positive(part.args[0].children[1])))
        for part in asked
    )


def _is_positive(exponent: Expr) -> bool:
    return isinstance(exponent, Number) and exponent.value > 0
