"""A line without what says nothing: ``t + 0``, ``1*t``, ``t/1``, ``t^1`` and ``-(-t)`` are t again.

What cancels stays: to insert a term and to take it away again is a step.
"""

from __future__ import annotations

from symderiv.expression.tree import ONE, ZERO, Apply, Binder, Expr
from symderiv.grading.diagnosis.alike import canonical


def without_padding(tree: Expr) -> Expr:
    """The line in one order of terms and factors, without zeros, ones and double signs.

    >>> from symderiv.language import Scope, read
    >>> def tree(text): return read(text, Scope(strict=False))
    >>> without_padding(tree("1*f(x + 0)/1")) == without_padding(tree("-(-f(x))^1"))
    True
    >>> without_padding(tree("x + y - y")) == without_padding(tree("x"))
    False
    """
    return canonical(_bare(tree))


def _bare(tree: Expr) -> Expr:
    if not tree.children or isinstance(tree, Binder):
        return tree
    tree = tree.rebuild(tuple(map(_bare, tree.children)))
    if not isinstance(tree, Apply) or tree.options:
        return tree
    match tree.head:
        case "add":
            return _without(tree, ZERO)
        case "mul":
            return _without(tree, ONE)
        case "pos":
            return tree.args[0]
        case "neg" if isinstance(tree.args[0], Apply) and tree.args[0].head == "neg":
            return tree.args[0].args[0]
        case "sub" if len(tree.args) == 2 and tree.args[1] == ZERO:
            return tree.args[0]
        case "div" | "pow" if tree.args[1] == ONE:
            return tree.args[0]
    return tree


def _without(tree: Apply, neutral: Expr) -> Expr:
    rest = tuple(each for each in tree.args if each != neutral)
    if not rest:
        return neutral
    return rest[0] if len(rest) == 1 else tree.rebuild(rest)
