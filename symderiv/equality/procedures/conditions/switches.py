"""|u|, max, min and a choice in an inequality, cell by cell: which of them is taken, and what it is there."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.build import compare, negation, negative
from symderiv.expression.tree import ZERO, Apply, Binder, Cases, Expr

Facts = tuple[Expr, ...]


def first_switch(expr: Expr) -> Apply | Cases | None:
    """A switch in an expression, should there be one: not one that speaks of a bound name."""
    for node in _outside_of_binders(expr):
        if isinstance(node, Apply) and node.head in ("abs", "max", "min"):
            return node
        if isinstance(node, Cases) and len(node.branches) == 1 and node.otherwise is not None:
            return node
    return None


def _outside_of_binders(expr: Expr) -> Iterator[Expr]:
    yield expr
    if not isinstance(expr, Binder):
        for child in expr.children:
            yield from _outside_of_binders(child)


def switch_cells(switch: Apply | Cases) -> Iterator[tuple[Facts, Expr]]:
    """What holds in each cell, and the value that the switch has there.

    >>> from symderiv.expression.tree import Variable
    >>> for cell, value in switch_cells(Apply("abs", (Variable("u"),))):
    ...     print(*cell, "gives", value)
    0 <= u gives u
    u <= 0 gives -1*u
    """
    if isinstance(switch, Cases):
        ((condition, value),) = switch.branches
        yield (condition,), value
        if switch.otherwise is not None:
            yield (negation(condition),), switch.otherwise
        return
    if switch.head == "abs":
        (u,) = switch.args
        yield (compare("le", ZERO, u),), u
        yield (compare("le", u, ZERO),), negative(u)
        return
    for best in switch.args:
        others = (other for other in switch.args if other is not best)
        yield (
            tuple(compare("le", *((o, best) if switch.head == "max" else (best, o))) for o in others),
            best,
        )
