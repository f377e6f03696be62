"""Two returned values as formulas in numbers: an instance in which they may differ.

A number is a matrix with one entry, so what differs for numbers differs for some matrices.
"""

from __future__ import annotations

import time

from symderiv.derivation import meaning
from symderiv.equality import decide
from symderiv.equality.verdict import Different, Equal, Undecided
from symderiv.errors import SymderivError
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Call, Expr

SECONDS = 5.0


def as_numbers(found: Expr, right: Expr, numbers: frozenset[Expr]) -> bool | Undecided:
    """False where they differ for numbers; True where they are equal, and all names are ``numbers``.

    >>> from symderiv.language import Scope, read
    >>> def tree(text): return read(text, Scope(strict=False))
    >>> as_numbers(tree("(f(x + h) - f(x))/h"), tree("(f(x) - f(x - h))/h"), frozenset())
    False
    >>> x, h = tree("x"), tree("h")
    >>> as_numbers(tree("x^2/h"), tree("x*x/h"), frozenset((x, h)))
    True
    >>> as_numbers(tree("x^2/h"), tree("x*x/h"), frozenset((h,))).verdict
    'undecided'
    """
    try:
        deadline = time.thread_time() + SECONDS
        left, asked = (meaning(_of_numbers(side)) for side in (found, right))
        verdict = decide(left, asked, deadline=deadline)
    except SymderivError:
        return Undecided(("no formula in numbers",))
    if isinstance(verdict, Different):
        return False
    names = {name for side in (found, right) for name in free_variables(side)}
    if isinstance(verdict, Equal) and names <= numbers:
        return True
    return Undecided(("more than sums and products of matrices",))


def _of_numbers(tree: Expr) -> Expr:
    """The tree with every product a product of numbers, and nothing to transpose."""
    if isinstance(tree, Apply) and tree.head == "transpose":
        return _of_numbers(tree.args[0])
    inside = tuple(map(_of_numbers, tree.children))
    if isinstance(tree, Apply) and tree.head in ("matmul", "dot"):
        return Apply("mul", inside)
    return tree.rebuild(inside) if inside and isinstance(tree, Apply | Call) else tree
