"""Entries in which two indices are compared, as by δ_ik: proved where they are the same, and where not.

t[i, k] = δ_ik f(i)      at k = i one axis less, at k ≠ i with 0 for δ_ik
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symderiv.equality.verdict import EVERYWHERE, Equal, Verdict
from symderiv.expression.build import compare
from symderiv.expression.contents import contents
from symderiv.expression.instantiation import instantiate, refold
from symderiv.expression.tree import FALSE, TRUE, ZERO, Apply, Binder, Expr, Variable, walk
from symderiv.tensor import Tensor

MAX_QUESTIONS = 3

Prove = Callable[[Tensor, Tensor, tuple[Expr, ...], int], Verdict]
"""The verdict on two arrays under facts, with so many questions left."""

Put = dict[Expr, Expr]


def by_index_cases(
    left: Tensor, right: Tensor, facts: tuple[Expr, ...], questions: int, prove: Prove
) -> Equal | None:
    """left = right, if each of two cases is proved, with an exception in one of them at most."""
    if not questions or left.shape != right.shape:
        return None
    right = Tensor(left.shape, left.indices, right.formula(*left.indices), right.condition(*left.indices))
    asked = next(_questions(left, right), None)
    if asked is None:
        return None
    found: list[Equal] = []
    for pair, more in _cases(asked, left, right):
        verdict = prove(*pair, (*facts, *more), questions - 1)
        if not isinstance(verdict, Equal):
            return None
        found.append(verdict)
    scopes = {verdict.scope for verdict in found} - {EVERYWHERE}
    return Equal(found[0].by, *scopes) if len(scopes) <= 1 else None


def asks(left: Tensor, right: Tensor) -> bool:
    """Whether two indices of an entry are compared; at given sizes, whether two pairs are, as of images
    behind two axes: one pair is told sooner in one formula."""
    pairs = {frozenset(asked.args) for asked in _questions(left, right)}
    return len(pairs) > (0 if left.sizes is None else 1)


def _questions(left: Tensor, right: Tensor) -> Iterator[Apply]:
    """The equations of two indices of the entry in the values."""
    sizes = dict(zip(left.indices, left.shape, strict=True))
    nodes = [node for t in (left, right) for node in _outside(t.value)]
    for node in nodes:
        if isinstance(node, Apply) and node.head in ("delta", "eq"):
            i, k = node.args
            if i != k and i in sizes and k in sizes and sizes[i] == sizes[k]:  # type: ignore[index]
                yield Apply("eq", (i, k))


def _outside(value: Expr) -> Iterator[Expr]:
    """The nodes that no index of a sum may stand in, or that have none of its index."""
    bound = {node.variable for node in walk(value) if isinstance(node, Binder)}
    return (node for node in walk(value) if bound.isdisjoint(contents(node).free))


Case = tuple[tuple[Tensor, Tensor], tuple[Expr, ...]]


def _cases(asked: Apply, left: Tensor, right: Tensor) -> Iterator[Case]:
    """Both arrays where it holds, and where it doesn't, with what is known there."""
    i, k = asked.args
    assert isinstance(i, Variable) and isinstance(k, Variable)
    yield (_diagonal(left, i, k), _diagonal(right, i, k)), ()
    no: Put = {Apply("eq", pair): FALSE for pair in ((i, k), (k, i))}
    no |= {Apply("ne", pair): TRUE for pair in ((i, k), (k, i))}
    no |= {Apply("delta", pair): ZERO for pair in ((i, k), (k, i))}
    yield (_with(left, no), _with(right, no)), (compare("ne", i, k),)


def _diagonal(t: Tensor, i: Variable, k: Variable) -> Tensor:
    """The entries at which two indices are one."""
    put: dict[Variable, Expr] = {k: i}
    kept = [(index, size) for index, size in zip(t.indices, t.shape, strict=True) if index != k]
    return Tensor(
        tuple(size for _, size in kept),
        tuple(index for index, _ in kept),
        instantiate(t.value, put),
        instantiate(t.defined, put),
    )


def _with(t: Tensor, put: Put) -> Tensor:
    return Tensor(t.shape, t.indices, _put_in(t.value, put), _put_in(t.defined, put))


def _put_in(expr: Expr, put: Put) -> Expr:
    """The expression with truths in the place of conditions, folded."""
    if expr in put:
        return put[expr]
    if not expr.children:
        return expr
    changed = tuple(_put_in(child, put) for child in expr.children)
    if all(new is old for new, old in zip(changed, expr.children, strict=True)):
        return expr
    return refold(expr, changed)
