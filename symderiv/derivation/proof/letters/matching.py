"""Patterns with letters in them: which arguments stand in the place of ``·u`` in ``softmax(·u)[k]``."""

from __future__ import annotations

from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.expression.tree import Apply, Expr, Variable

Places = dict[Expr, Expr]
"""The letters of a pattern, each with what stands in its place."""


def matched(pattern: Expr, tree: Expr) -> Places | None:
    """What stands in the place of each letter if the tree is the pattern; each has its letter's shape.

    >>> from symderiv.expression.tree import Apply
    >>> u, x = Variable("·u"), Variable("x")
    >>> matched(Apply("exp", (u,)), Apply("exp", (x,))) == {u: x}
    True
    """
    places: Places = {}
    return places if _matches(pattern, tree, places) and all(map(_fits, places.items())) else None


def is_letter(name: Expr) -> bool:
    """Whether a name is one that no teacher can write, in whose place anything of its shape may stand."""
    return isinstance(name, Variable) and name.name.startswith("·")


def _matches(pattern: Expr, tree: Expr, places: Places) -> bool:
    if is_letter(pattern):
        return places.setdefault(pattern, tree) == tree
    if pattern == tree:
        return True
    tree = _in_as_many_factors(tree, pattern)
    if type(pattern) is not type(tree) or len(pattern.children) != len(tree.children) or not tree.children:
        return False
    if tree.rebuild(pattern.children) != pattern:
        return False
    pairs = zip(pattern.children, tree.children, strict=True)
    return all(_matches(part, other, places) for part, other in pairs)


def _in_as_many_factors(tree: Expr, pattern: Expr) -> Expr:
    """A (B C) for A B C where the pattern has two factors, the last of them a letter."""
    match tree, pattern:
        case Apply(head="mul" | "matmul", args=factors), Apply(args=(*first, last)) if (
            tree.head == pattern.head and is_letter(last) and 1 <= len(first) < len(factors) - 1
        ):
            rest = Apply(tree.head, factors[len(first) :])
            return Apply(tree.head, (*factors[: len(first)], rest))
    return tree


def _fits(pair: tuple[Expr, Expr]) -> bool:
    letter, tree = pair
    return isinstance(letter, Variable) and tuple(letter.kind.shape) == tuple(tensor_of(tree).shape)
