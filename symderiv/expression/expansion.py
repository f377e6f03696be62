"""How long an entry is once its sums are written out: asked before that is tried."""

from __future__ import annotations

from symderiv.expression.tree import Binder, Expr, Number


def terms(entry: Expr) -> int:
    """The leaves of an entry whose sums, maxima and quantifiers of numeric length are written out.

    >>> from symderiv.expression.tree import index_variable
    >>> i, j = index_variable("i"), index_variable("j")
    >>> inner = Binder("sum", j, j, Number(0), Number(9))
    >>> terms(Binder("sum", inner, i, Number(0), Number(9))) >= 100
    True
    """
    below = sum(map(terms, entry.children)) or 1
    match entry:
        case Binder(lower=Number(value=low), upper=Number(value=high)):
            return below * max(1, int(high - low) + 1)
    return below
