"""|u|, max and min in an inequality, cell by cell: which of them is taken, and what it is there."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.build import compare, negative
from symderiv.expression.tree import ZERO, Apply, Expr, walk

Facts = tuple[Expr, ...]


def first_switch(expr: Expr) -> Apply | None:
    """A switch in an expression, should there be one."""
    for node in walk(expr):
        if isinstance(node, Apply) and node.head in ("abs", "max", "min"):
            return node
    return None


def switch_cells(switch: Apply) -> Iterator[tuple[Facts, Expr]]:
    """What holds in each cell, and the value that the switch has there.

    >>> from symderiv.expression.tree import Variable
    >>> for cell, value in switch_cells(Apply("abs", (Variable("u"),))):
    ...     print(*cell, "gives", value)
    0 <= u gives u
    u <= 0 gives -1*u
    """
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
