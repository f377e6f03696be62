"""Values put in for sizes: in formulas, and in the shapes of the arrays that they speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from symderiv.expression.contents import contents
from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import Expr, Variable


def with_sizes(expr: Expr, values: Mapping[Variable, Expr]) -> Expr:
    """The formula with values for names; an array of n entries has as many as n is then.

    >>> from symderiv.expression.kinds import Kind
    >>> from symderiv.expression.tree import Index, Number
    >>> n = Variable("n")
    >>> x = Variable("x", Kind(shape=(n,)))
    >>> [entry] = [with_sizes(Index(x, (Number(0),)), {n: Number(2)})]
    >>> entry.base.kind.shape[0].value
    2
    """
    arrays = {name: _resized(name, values) for name in contents(expr).free if name.kind.shape}
    return instantiate(expr, {**values, **arrays})


def _resized(array: Variable, values: Mapping[Variable, Expr]) -> Variable:
    shape = tuple(None if size is None else instantiate(size, values) for size in array.kind.shape)
    return array if shape == array.kind.shape else Variable(array.name, replace(array.kind, shape=shape))
