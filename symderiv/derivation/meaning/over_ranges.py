"""What an expression with a bound variable means, by what its parts mean: sums, integrals, lists."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.derivation.meaning.filtered import kept_entries
from symderiv.derivation.meaning.lost_reads import lost_in_range
from symderiv.derivation.meaning.stacking import stacked
from symderiv.expression.build import add, compare, conjunction, disjunction, negation, subtract
from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import INFINITY, ONE, TRUE, Binder, Expr, Variable, walk
from symderiv.index import without_certain
from symderiv.operations.arrays.elementwise import ceil, floor
from symderiv.tensor import Listing, Meaning, Tensor, fresh_indices


def over_range(
    tree: Binder,
    lower: Tensor,
    upper: Tensor,
    body: Tensor,
    condition: Expr,
    meaning: Callable[[Expr], Tensor],
) -> Meaning:
    """The value over the range from ``lower`` to ``upper``, where every entry that it is made of exists."""
    ends_defined = conjunction(lower.defined, upper.defined)
    if tree.kind == "array":
        if condition != TRUE:
            kept = kept_entries(body, tree.variable, lower.value, upper.value, condition)
            return stacked(kept).where(ends_defined) if kept else Listing("list", ())
        lost = lost_in_range(tree, body.value, meaning)
        if lost != TRUE and not _is_certain(lost, tree.variable, lower.value, upper.value):
            body = body.where(lost)
        return _entry_formula(tree, lower.value, upper.value, body).where(ends_defined)
    if tree.kind == "integral":
        return _integral(tree, lower, upper, body)
    first, last = _whole(ceil, lower.value), _whole(floor, upper.value)
    value = Binder(tree.kind, body.value, tree.variable, first, last, condition)
    if tree.kind in ("max", "min") and condition == TRUE:
        ends_defined = conjunction(ends_defined, compare("le", first, last))
    exists = disjunction(
        negation(condition), conjunction(body.defined, lost_in_range(tree, body.value, meaning))
    )
    if exists != TRUE:
        exists = Binder("forall", exists, tree.variable, first, last)
    t = Tensor(body.shape, body.indices, value, conjunction(exists, ends_defined))
    return _infinite_sum(t) if tree.kind == "sum" and last == INFINITY else t


def _is_certain(condition: Expr, index: Variable, lower: Expr, upper: Expr) -> bool:
    """Does it hold all along the range, whatever the sizes are?"""
    return without_certain(Binder("forall", condition, index, lower, upper)) == TRUE


def _whole(to_integer: Callable[[Expr], Expr], end: Expr) -> Expr:
    """An end as the integer that a range between fractions begins or ends with: all that is known of ranges
    is known of those between integers."""
    return end if INFINITY in walk(end) else to_integer(end)


def _entry_formula(tree: Binder, lower: Expr, upper: Expr, body: Tensor) -> Tensor:
    """``[f(i) for i in range(a, b)]``: a new first axis."""
    names = fresh_indices(body.rank + 1)
    inner: dict[Variable, Expr] = dict(zip(body.indices, names[1:], strict=True))
    shifted = {**inner, tree.variable: add(names[0], lower)}
    size = add(subtract(upper, lower), ONE)
    return Tensor(
        (size, *body.shape), names, instantiate(body.value, shifted), instantiate(body.defined, shifted)
    )


def _integral(tree: Binder, lower: Tensor, upper: Tensor, body: Tensor) -> Tensor:
    from symderiv.derivation.meaning.analysis import integral

    return integral(body, tree.variable, lower, upper)


def _infinite_sum(t: Tensor) -> Tensor:
    from symderiv.derivation.meaning.analysis import infinite_sum

    return infinite_sum(t)
