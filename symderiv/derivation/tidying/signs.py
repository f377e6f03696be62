"""Where a minus sign stands: -(-a) is a, -(a - b) is b - a, and in front of what is left."""

from __future__ import annotations

from symderiv.derivation.meaning.shapes import shape_of
from symderiv.expression.tree import ONE, Apply, Expr, Number, Variable


def is_negative(term: Expr) -> bool:
    return (isinstance(term, Apply) and term.head == "neg") or (isinstance(term, Number) and term.value < 0)


def opposite(term: Expr) -> Expr:
    if isinstance(term, Number):
        return Number(-term.value)
    if isinstance(term, Apply) and term.head == "neg":
        return term.args[0]
    return Apply("neg", (term,))


def negative(node: Apply) -> Expr:
    """-(-a) as a, -(a - b) as b - a."""
    inner = node.args[0]
    match inner:
        case Apply(head="sub"):
            return Apply("sub", inner.args[::-1])
        case Apply(head="sum", args=(Apply(head="sub") as difference,), options=()):
            return Apply("sum", (Apply("sub", difference.args[::-1]),))
    return opposite(inner) if is_negative(inner) else turned_round(inner)


def turned_round(product: Expr) -> Expr:
    """-(u (a - b)) as u (b - a), over a denominator too."""
    if isinstance(product, Apply) and product.head == "div":
        above, below = product.args
        plain = isinstance(below, (Number, Variable)) and not is_array_over_number(below, ONE)
        above = negative(Apply("neg", (above,))) if plain else turned_round(above)
        if not is_negative(above):
            return Apply("div", (above, product.args[1]))
    if isinstance(product, Apply) and product.head == "mul":
        for k, factor in enumerate(product.args):
            flipped = _flipped(factor)
            if flipped is not None:
                return Apply("mul", (*product.args[:k], flipped, *product.args[k + 1 :]))
    return Apply("neg", (product,))


def _flipped(factor: Expr) -> Expr | None:
    """b - a for a - b, and for a difference of matrices transposed."""
    match factor:
        case Apply(head="sub", args=(a, b)):
            return Apply("sub", (b, a))
        case Apply(head="transpose", args=(Apply(head="sub", args=(a, b)),)) if len(shape_of(a)) == 2:
            return Apply("transpose", (Apply("sub", (b, a)),))
    return None


def is_array_over_number(above: Expr, below: Expr) -> bool:
    return bool(shape_of(above)) and not shape_of(below)
