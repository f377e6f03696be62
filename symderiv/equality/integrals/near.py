"""Where a number nearly is: to guess at places, which are then proved."""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import INFINITY, Expr, walk


def nearly(end: Expr) -> float | None:
    """A float beside a number; none for what has letters or is infinite.

    >>> from symderiv.expression.tree import PI
    >>> nearly(PI), nearly(INFINITY)
    (3.141592653589793, None)
    """
    value = None if free_variables(end) or INFINITY in walk(end) else evaluate(end, {})
    return float(value) if isinstance(value, (Fraction, arb)) else None
