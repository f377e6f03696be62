"""Values count their entries from 0; a sheet of an exercise that counts from 1 shows them so.

``Σ_{i=0}^{n-1} x_i`` becomes ``Σ_{i=1}^{n} x_i``, ``x_0`` becomes ``x_1``.
"""

from __future__ import annotations

from dataclasses import replace

from symderiv.derivation.steps import Derivation, Step
from symderiv.expression.tree import (
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
    walk,
)

_OVER_INDICES = frozenset(("sum", "prod", "max", "min", "array"))

_OF_TWO = frozenset("delta eq ne lt le gt ge".split())


def counted_from_one(tree: Expr) -> Expr | None:
    """The same with entries counted from 1; None where a letter counts something else, too.

    >>> from symderiv.expression.tree import index_variable
    >>> i, x = index_variable("i"), Variable("x")
    >>> total = Binder("sum", Index(x, (i,)), i, ZERO, Apply("sub", (Variable("n"), ONE)))
    >>> counted_from_one(total) == Binder("sum", Index(x, (i,), 1), i, ONE, Variable("n"))
    True
    """
    try:
        return _counted(tree, frozenset())
    except _CountsMore:
        return None


def steps_counted_from_one(derivation: Derivation) -> Derivation:
    """Each line so, but for those that would have to be written in another way."""

    def steps(step: Step) -> Step:
        where = tuple((name, counted_from_one(tree) or tree) for name, tree in step.where)
        return replace(step, after=counted_from_one(step.after) or step.after, where=where)

    goal = counted_from_one(derivation.goal) or derivation.goal
    return replace(derivation, goal=goal, steps=tuple(map(steps, derivation.steps)))


class _CountsMore(Exception):
    pass


def _counted(node: Expr, moved: frozenset[Variable]) -> Expr:
    if (
        isinstance(node, Binder)
        and node.kind in _OVER_INDICES
        and node.lower == ZERO
        and node.upper is not None
    ):
        return _shifted(node, moved)
    if isinstance(node, Index) and not node.origin and not isinstance(node.base, Sequence):
        return Index(_counted(node.base, moved), tuple(_index(each, moved) for each in node.indices), 1)
    if node in moved:
        raise _CountsMore
    if isinstance(node, Apply) and node.head in _OF_TWO and all(arg in moved for arg in node.args):
        return node  # i = j, whichever number the first has
    children = tuple(_counted(child, moved) for child in node.children)
    return node.rebuild(children) if children else node


def _shifted(node: Binder, moved: frozenset[Variable]) -> Binder:
    if node.condition != TRUE or node.upper is None:
        raise _CountsMore
    body = _counted(node.body, moved | {node.variable})
    upper = node.upper if node.kind == "array" else _one_more(_counted(node.upper, moved))
    return Binder(node.kind, body, node.variable, ZERO if node.kind == "array" else ONE, upper)


def _index(index: Expr, moved: frozenset[Variable]) -> Expr:
    """One more, unless a letter in it is one more already."""
    inside = [each for each in walk(index) if each in moved]
    if not inside:
        return _one_more(index)
    terms = index.children if isinstance(index, Apply) and index.head in ("add", "sub") else (index,)
    is_plain = len(inside) == 1 and inside[0] in (terms[:1] if _is(index, "sub") else terms)
    if not is_plain:
        raise _CountsMore
    return index


def _one_more(size: Expr) -> Expr:
    if isinstance(size, Number):
        return Number(size.value + 1)
    if isinstance(size, Apply) and _is(size, "sub") and size.args[1] == ONE:
        return size.args[0]
    return Apply("add", (size, ONE))


def _is(tree: Expr, head: str) -> bool:
    return isinstance(tree, Apply) and tree.head == head
