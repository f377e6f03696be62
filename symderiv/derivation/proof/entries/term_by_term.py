"""Two sums over the same ranges, whose terms are proved equal one by one.

    Σ_i f(i, j) = Σ_i g(i, j)      if f(i, j) = g(i, j) for all i, j

Of a line that sends δ back it leaves what a Jacobian says: δ_i (∂u_i/∂x_j) on both sides.
"""

from __future__ import annotations

from symderiv.expression.build import add, conjunction
from symderiv.expression.instantiation import instantiate
from symderiv.expression.parts import conjuncts
from symderiv.expression.tree import MINUS_ONE, ONE, TRUE, ZERO, Apply, Binder, Expr, Variable
from symderiv.tensor import Tensor, fresh_indices

Pair = tuple[Tensor, Tensor]
Ranges = tuple[tuple[Variable, Expr], ...]
"""The indices of sums, and how many terms each has."""


def terms_of_sums(left: Tensor, right: Tensor) -> Pair | None:
    """The arrays of the terms, with an axis more a sum; None where the sums don't run over the same ranges.

    Where a range is empty both sums are zero, so that what the right side asks beyond the left one must be
    asked of each of its terms.

    >>> from symderiv.expression.tree import Number, index_variable
    >>> i, k = index_variable("i"), index_variable("k")
    >>> sums = [Tensor.scalar(Binder("sum", k, k, ZERO, Number(9))) for k in (i, k)]
    >>> [str(term.value) for term in terms_of_sums(*sums) or ()]
    ['_0', '_0']
    """
    at = fresh_indices(left.rank)
    values = (left.formula(*at), right.formula(*at))
    sizes: list[Expr] = []
    names: list[Variable] = []
    while len(found := [value for value in map(_sum, values) if value is not None]) == 2:
        if found[0].upper != found[1].upper or found[0].upper is None:
            break
        name = fresh_indices(left.rank + len(names) + 1)[-1]
        first, second = (instantiate(each.body, {each.variable: name}) for each in found)
        values = (first, second)
        sizes.append(add(found[0].upper, ONE))
        names.append(name)
    if not names:
        return None
    told = conjuncts(left.condition(*at))
    asked = [part for part in conjuncts(right.condition(*at)) if part not in told]
    if not all(_is_asked_of_terms(part, size) for part in asked for size in sizes):
        return None
    shape, indices = (*left.shape, *sizes), (*at, *names)
    ranges = tuple(zip(names, sizes, strict=True))
    conditions = (
        conjunction(*(_at_hand(part, ranges) for part in parts)) for parts in (told, [*told, *asked])
    )
    one, other = (Tensor(shape, indices, *parts) for parts in zip(values, conditions, strict=True))
    return one, other


def _at_hand(condition: Expr, ranges: Ranges) -> Expr:
    """What is asked for all of a range, at the term at hand."""
    if not isinstance(condition, Binder) or condition.kind != "forall" or condition.condition != TRUE:
        return condition
    for name, size in ranges:
        if condition.lower == ZERO and condition.upper == add(size, MINUS_ONE):
            rest = tuple(each for each in ranges if each[0] != name)
            body = instantiate(condition.body, {condition.variable: name})
            return conjunction(*(_at_hand(part, rest) for part in conjuncts(body)))
    return condition


def _sum(value: Expr) -> Binder | None:
    match value:
        case Binder(kind="sum", lower=lower, condition=condition) if lower == ZERO and condition == TRUE:
            return value
    return None


def _is_asked_of_terms(condition: Expr, size: Expr) -> bool:
    """Whether it surely holds where a range of this size is empty."""
    match condition:
        case Binder(kind="forall", lower=lower, upper=upper) if lower == ZERO and upper is not None:
            return add(upper, ONE) == size or _is_asked_of_terms(condition.body, size)
        case Apply(head="and", args=parts):
            return all(_is_asked_of_terms(part, size) for part in parts)
        case Apply(head="or", args=parts):
            return any(_is_asked_of_terms(part, size) for part in parts)
    return condition == TRUE
