"""How many terms a range has."""

from __future__ import annotations

from symderiv.expression.tree import ONE, Binder, Expr
from symderiv.index.normal import normalise


def size_of(binder: Binder, facts: tuple[Expr, ...] = ()) -> Expr:
    """The number of integers over which a binder runs: ``Σ 1``.

    >>> from symderiv.expression.kinds import SIZE
    >>> from symderiv.expression.tree import Number, Variable, index_variable
    >>> n = Variable("n", SIZE)
    >>> size_of(Binder("sum", n, index_variable("i"), Number(1), n)) == n
    True
    """
    ones = Binder("sum", ONE, binder.variable, binder.lower, binder.upper, binder.condition)
    return normalise((ones,), facts)[0]
