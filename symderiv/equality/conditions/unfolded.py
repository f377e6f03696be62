"""Comparisons with extrema and absolute values, in comparisons of what stands in them."""

from __future__ import annotations

from symderiv.equality.facts import without_abs
from symderiv.expression.build import compare, conjunction, disjunction
from symderiv.expression.tree import Apply, Expr


def unfolded(condition: Expr) -> Expr:
    """``max(u, v) ≤ c`` as ``u ≤ c and v ≤ c``, ``c < max(u, v)`` as ``c < u or c < v``.

    >>> from symderiv.expression.tree import ONE, Variable
    >>> u, v = Variable("u"), Variable("v")
    >>> unfolded(compare("le", Apply("max", (u, v)), ONE)) == conjunction(
    ...     compare("le", u, ONE), compare("le", v, ONE)
    ... )
    True
    """
    match condition:
        case Apply(head="lt" | "le" as head, args=(Apply(head="max" | "min" as kind, args=several), c)):
            join = conjunction if kind == "max" else disjunction
            return join(*(unfolded(compare(head, each, c)) for each in several))
        case Apply(head="lt" | "le" as head, args=(c, Apply(head="max" | "min" as kind, args=several))):
            join = disjunction if kind == "max" else conjunction
            return join(*(unfolded(compare(head, c, each)) for each in several))
    return without_abs(condition)
