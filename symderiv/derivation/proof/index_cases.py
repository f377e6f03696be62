"""Entries that ask something of their indices, such as δ_ik: proved where it holds, and where it doesn't.

    t[i, k] = δ_ik f(i)      at k = i one axis less, at k ≠ i with 0 for δ_ik

A fact about indices and sizes alone holds or doesn't at each entry, so that the two cases are all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symderiv.equality.verdict import EVERYWHERE, Equal, Verdict
from symderiv.expression.build import compare, negation
from symderiv.expression.contents import contents
from symderiv.expression.instantiation import instantiate, refold
from symderiv.expression.parts import conjuncts
from symderiv.expression.tree import FALSE, TRUE, ZERO, Apply, Binder, Cases, Expr, Variable, walk
from symderiv.tensor import Tensor

MAX_QUESTIONS = 4

Prove = Callable[[Tensor, Tensor, tuple[Expr, ...], int], Verdict]
"""The verdict on two arrays under facts, with so many questions left."""

Put = dict[Expr, Expr]


def by_index_cases(
    left: Tensor, right: Tensor, facts: tuple[Expr, ...], questions: int, prove: Prove
) -> Equal | None:
    """left = right, if each of two cases is proved, with an exception in one of them at most."""
    if not questions or left.shape != right.shape or left.sizes is not None:
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


def _questions(left: Tensor, right: Tensor) -> Iterator[Expr]:
    """What the values ask of the indices of the entry alone, equations of two of them first."""
    names = set(left.indices) | {name for size in left.shape for name in contents(size).free}
    sizes = dict(zip(left.indices, left.shape, strict=True))
    nodes = [node for t in (left, right) for node in _outside(t.value)]
    for node in nodes:
        if isinstance(node, Apply) and node.head in ("delta", "eq"):
            i, k = node.args
            if i != k and i in sizes and k in sizes and sizes[i] == sizes[k]:  # type: ignore[index]
                yield Apply("eq", (i, k))
    for node in nodes:
        for condition, _ in node.branches if isinstance(node, Cases) else ():
            free = contents(condition).free
            if free <= names and not free.isdisjoint(left.indices) and not _is_flat(condition):
                yield condition


def _is_flat(condition: Expr) -> bool:
    """Whether it speaks of places in a flattened array, ⌊i/m⌋."""
    return any(isinstance(node, Apply) and node.head == "floor" for node in walk(condition))


def _outside(value: Expr) -> Iterator[Expr]:
    """The nodes that no index of a sum may stand in, or that have none of its index."""
    bound = {node.variable for node in walk(value) if isinstance(node, Binder)}
    return (node for node in walk(value) if bound.isdisjoint(contents(node).free))


Case = tuple[tuple[Tensor, Tensor], tuple[Expr, ...]]


def _cases(asked: Expr, left: Tensor, right: Tensor) -> Iterator[Case]:
    """Both arrays where it holds, and where it doesn't, with what is known there."""
    match asked:
        case Apply(head="eq", args=(Variable() as i, Variable() as k)):
            yield (_diagonal(left, i, k), _diagonal(right, i, k)), ()
            swapped = Apply("eq", (k, i))
            no: Put = {asked: FALSE, swapped: FALSE, Apply("ne", (i, k)): TRUE, Apply("ne", (k, i)): TRUE}
            no |= {Apply("delta", (i, k)): ZERO, Apply("delta", (k, i)): ZERO}
            yield (_with(left, no), _with(right, no)), (compare("ne", i, k),)
        case _:
            held = tuple(conjuncts(asked))
            yes: Put = {asked: TRUE, negation(asked): FALSE, **dict.fromkeys(held, TRUE)}
            yield (_with(left, yes), _with(right, yes)), held
            no = {asked: FALSE, negation(asked): TRUE}
            yield (_with(left, no), _with(right, no)), (negation(asked),)


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
