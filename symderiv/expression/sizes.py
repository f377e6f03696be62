"""Sizes as they are written (``d - k + 1``, ``n // 2``), as entry expressions."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.build import add, divide, function, mul, negative, power, subtract
from symderiv.expression.tree import Apply, Expr

_ARITHMETIC: dict[str, Callable[..., Expr]] = {
    "add": add,
    "sub": subtract,
    "mul": mul,
    "neg": negative,
    "pos": lambda a: a,
    "div": divide,
    "pow": power,
    "floordiv": lambda a, b: function("floor", divide(a, b)),
    "floor": lambda a: function("floor", a),
}


def arithmetic(tree: Expr) -> Expr:
    """A written size (``d - k + 1``, ``n // 2``) as an entry expression.

    >>> from symderiv.expression.tree import Number, Variable
    >>> n = Variable("n")
    >>> arithmetic(Apply("sub", (n, Number(1)))) == add(n, Number(-1))
    True
    """
    children = tuple(arithmetic(child) for child in tree.children)
    if isinstance(tree, Apply) and not tree.options and tree.head in _ARITHMETIC:
        return _ARITHMETIC[tree.head](*children)
    return tree.rebuild(children) if children else tree
