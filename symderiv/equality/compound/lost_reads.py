"""Sums written out, unless an entry is lost with them that may not exist: ``0 · x[n]`` has no value.

Where a range is empty, or its terms cancel, a product folds to 0 and no longer asks for its other factors.
"""

from __future__ import annotations

from symderiv.expression.contents import contents
from symderiv.expression.instantiation import expand
from symderiv.expression.tree import Binder, Cases, Expr, Index, Variable, walk


def written_out(side: Expr) -> Expr:
    """The side with its sums between numbers written out, where it still reads what it read.

    >>> from symderiv.expression.build import add, mul
    >>> from symderiv.expression.kinds import SIZE, Kind
    >>> from symderiv.expression.tree import ONE, ZERO, index_variable
    >>> n, i = Variable("n", SIZE), index_variable("i")
    >>> empty = Binder("sum", i, i, ONE, ZERO)
    >>> entry = Index(Variable("x", Kind(shape=(n,))), (n,))
    >>> written_out(mul(empty, entry)) == mul(empty, entry), written_out(mul(empty, n)) == ZERO
    (True, True)
    """
    written = expand(side)
    if written == side or Cases in contents(side).classes:
        return written
    return side if _arrays(side) - _arrays(written) else written


def _arrays(expr: Expr) -> set[Expr]:
    """The arrays that are read, and the entries that no binder's variable stands in."""
    if Index not in contents(expr).classes:
        return set()
    nodes = list(walk(expr))
    bound = {node.variable for node in nodes if isinstance(node, Binder)}
    reads = [node for node in nodes if isinstance(node, Index) and isinstance(node.base, Variable)]
    fixed = {read for read in reads if not bound & contents(read).free}
    return {read.base for read in reads} | fixed
