"""Does an infinite sum converge? Its terms are compared with 1/i and 1/i²."""

from __future__ import annotations

from symderiv.equality.existence.integrals import growth, is_small
from symderiv.expression.build import mul
from symderiv.expression.tree import INFINITY, Binder, Expr, Number


def infinite(series: Binder) -> Expr | None:
    """``oo`` or ``-oo`` where the sum, each term of which exists, grows without bound."""
    sign = growth(series.body, series.variable, INFINITY, "", ())
    return mul(Number(sign), INFINITY) if sign else None


def series_converges(series: Binder, facts: tuple[Expr, ...] = ()) -> bool | None:
    """Whether ``Σ_{i≥a} f(i)`` is a number: proved, refuted, or not known (each term is taken to exist).

    >>> from symderiv.expression.build import power
    >>> from symderiv.expression.tree import ONE, Number, index_variable
    >>> i = index_variable("i")
    >>> terms = (power(i, Number(k)) for k in (-2, -1))
    >>> [series_converges(Binder("sum", term, i, ONE, INFINITY)) for term in terms]
    [True, False]
    """
    i = series.variable
    if is_small(series.body, i, INFINITY, facts):
        return True
    return False if growth(series.body, i, INFINITY, "", facts) else None
