"""Small change that nobody writes down: factors 1 and unit matrices, zeros in sums, brackets in products."""

from __future__ import annotations

from symderiv.expression.tree import ONE, ZERO, Apply, Expr, transform


def tidy(tree: Expr) -> Expr:
    """The tree without what changes nothing; its meaning and its domain stay.

    >>> from symderiv.expression.tree import Variable
    >>> x = Variable("x")
    >>> tidy(Apply("mul", (ONE, Apply("mul", (x, x))))) == Apply("mul", (x, x))
    True
    """
    return transform(tree, _tidy_node)


def _tidy_node(node: Expr) -> Expr:
    if not isinstance(node, Apply) or node.options:
        return node
    if node.head == "mul":
        return _product(node)
    if node.head == "add":
        kept = tuple(term for term in node.args if term != ZERO)
        return node if len(kept) == len(node.args) else _one_or("add", kept, ZERO)
    if node.head == "transpose" and _is_unit(node.args[0]):
        return node.args[0]
    if node.head == "div" and node.args[1] == ONE:
        return node.args[0]
    return node


def _product(node: Apply) -> Expr:
    flat: list[Expr] = []
    for factor in node.args:
        flat.extend(factor.args if isinstance(factor, Apply) and factor.head == "mul" else (factor,))
    kept = tuple(factor for factor in flat if factor != ONE)
    others = tuple(factor for factor in kept if not _is_unit(factor))
    if others and len(others) < len(kept) and _keeps_shape(others):
        kept = others
    return node if kept == node.args else _one_or("mul", kept, ONE)


def _keeps_shape(others: tuple[Expr, ...]) -> bool:
    """A unit matrix may go where a matrix or vector stays; beside numbers alone it is the shape."""
    from symderiv.derivation.rules.problem import shape

    return any(shape(factor) for factor in others)


def _is_unit(factor: Expr) -> bool:
    return isinstance(factor, Apply) and factor.head == "eye" and len(factor.args) == 1


def _one_or(head: str, kept: tuple[Expr, ...], neutral: Expr) -> Expr:
    return neutral if not kept else kept[0] if len(kept) == 1 else Apply(head, kept)
